"""One entry: the tree made again beside the leaves that were kept and the root that is on the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from laag.apps.audit.bundle import Tree
from laag.apps.audit.findings import Finding, Row, What, finding
from laag.cycle.commit import STREET, Commit
from laag.cycle.commit.sealed import named
from laag.foundation.words import Said
from laag.ledger.canonical import encode
from laag.ledger.entries import Book, Clear, Lined, Settle
from laag.ledger.fields import FEWEST_TOLD
from laag.ledger.lines import LineTree, filled, filler, leaf, salt

_NONE = Tree(None, {})


def compared(
    commit: Commit, at: tuple[int, Lined] | None, tree: Tree | None, street: bytes
) -> tuple[Row, list[Finding]]:
    """What comes out beside what is on the ledger."""
    tree = tree or _NONE
    lines = {whose: _leaf(commit, whose, tree, street) for whose in commit.lines}
    erased = sum(one is None for one in lines.values())
    if at is None:
        return Row(commit.key, None, "", "", len(lines), erased), [_missing(commit)]
    index, entry = at
    found = [*_roots(commit, entry, tree, lines, street), *_terms(commit, entry)]
    return Row(commit.key, index, entry.root, entry.by, len(lines), erased), found


def _leaf(commit: Commit, whose: str, tree: Tree, street: bytes) -> bytes | None:
    salted = salt(street, commit.key) if whose.startswith(STREET) else tree.salts.get(whose)
    return None if salted is None else leaf(salted, encode(dict(commit.lines[whose])))


def _roots(
    commit: Commit, entry: Lined, tree: Tree, lines: Mapping[str, bytes | None], street: bytes
) -> Iterator[Finding]:
    if tree.leaves is None:
        yield from _without_leaves(commit, entry, lines, street)
        return
    root = LineTree.of(tree.leaves, lambda _: b"").root.hex()
    if (root, len(tree.leaves)) != (entry.root, entry.leaves):
        yield _root(commit, entry, root)
    fill = {filler(street, commit.key, number) for number in range(filled(len(lines)) - len(lines))}
    left = Counter(tree.leaves)
    for whose, one in lines.items():
        if one is not None and left[one] == 0:
            yield _line(commit, whose, one)
        elif one is not None:
            left[one] -= 1
    changed = sum(one is not None and one not in tree.leaves for one in lines.values())
    erased = sum(one is None for one in lines.values())
    untold = sum(count for one, count in left.items() if one not in fill)
    if untold != changed + erased:
        yield _untold(commit, untold - changed - erased)


def _without_leaves(
    commit: Commit, entry: Lined, lines: Mapping[str, bytes | None], street: bytes
) -> Iterator[Finding]:
    known = [one for one in lines.values() if one is not None]
    if len(known) < len(lines):
        yield finding(
            What.LEAVES,
            Said(
                f"Van {commit.key} zijn de bladeren niet bewaard en kregen huizen hun geheim gewist: hij is niet meer na te rekenen.",
                f"The leaves of {commit.key} were not kept and homes had their secret erased: it cannot be computed again.",
            ),
            commit.key,
        )
        return
    root = LineTree.of(known, lambda number: filler(street, commit.key, number)).root.hex()
    if (root, filled(len(known))) != (entry.root, entry.leaves):
        yield _root(commit, entry, root)


def _root(commit: Commit, entry: Lined, root: str) -> Finding:
    return finding(
        What.ROOT,
        Said(
            f"Op het grootboek staat onder {commit.key} de wortel {entry.root[:12]}…; wat de straat bewaarde komt op {root[:12]}… uit.",
            f"The ledger has the root {entry.root[:12]}… under {commit.key}; what the street kept comes to {root[:12]}….",
        ),
        commit.key,
        committed=entry.root,
        comes_out=root,
    )


def _line(commit: Commit, whose: str, one: bytes) -> Finding:
    return finding(
        What.LINE,
        Said(
            f"De regel van {whose} in {commit.key} is niet de regel die werd vastgelegd: wat nu uitkomt ({one.hex()[:12]}…) staat er niet onder.",
            f"The line of {whose} in {commit.key} is not the one that was committed: what comes out now ({one.hex()[:12]}…) is not under it.",
        ),
        commit.key,
        whose=whose,
        committed="another line",
        comes_out=one.hex(),
    )


def _untold(commit: Commit, count: int) -> Finding:
    return finding(
        What.UNTOLD,
        Said(
            f"Onder {commit.key} klopt het aantal regels niet ({count:+d}): er ligt iets vast dat het logboek niet noemt, of er ontbreekt iets.",
            f"The number of lines under {commit.key} is not right ({count:+d}): something is committed that the log does not tell, or something is lacking.",
        ),
        commit.key,
        committed=f"{count:+d} lines",
    )


def _missing(commit: Commit) -> Finding:
    return finding(
        What.MISSING,
        Said(
            f"{commit.key} staat niet op het grootboek, en de dag legt het wel vast.",
            f"{commit.key} is not on the ledger, and the day has it to commit.",
        ),
        commit.key,
    )


def _terms(commit: Commit, entry: Lined) -> Iterator[Finding]:
    """What an entry says beside its root: by which rule, from which readings, of how many homes."""
    for what, said, right in _said(commit, entry):
        if said != right:
            yield finding(
                What.TERMS,
                Said(
                    f"{commit.key} noemt bij {what} {said}, en het logboek {right}.",
                    f"{commit.key} names {said} as its {what}, and the log {right}.",
                ),
                commit.key,
                committed=str(said),
                comes_out=str(right),
            )


def _said(commit: Commit, entry: Lined) -> Iterator[tuple[str, object, object]]:
    if isinstance(entry, Clear | Settle):
        yield "rule", entry.rule, named(commit.rule)
    if isinstance(entry, Settle):
        yield "meter", entry.meter, commit.meter
    if isinstance(entry, Book):
        yield "count", entry.count, commit.homes if commit.homes >= FEWEST_TOLD else 0
