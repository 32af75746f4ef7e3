"""`laag catalogue`: configurations of homes and communities that others can start from."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from laag.adapters.catalogue import Community, Entry, Home
    from laag.foundation.words import Lang, Said

FOLDER = Path("examples/catalogue")
LICENCE = "CC0-1.0"


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Hang it under the main command."""
    catalogue = subparsers.add_parser(
        "catalogue",
        help="share a configuration of a home or a community, without anything personal, and use another's",
        description="Signed files to start from (docs/charter.md).",
    )
    what = catalogue.add_subparsers(metavar="WHAT", required=True)
    _export(what.add_parser("export", help="make an entry of a home's or a community's settings"))
    used = what.add_parser("import", help="see what an entry would change, and use it where you say yes")
    used.add_argument("file", type=Path)
    used.add_argument("--home", type=Path, metavar="HOME.toml", help="whose wishes to add to")
    used.add_argument("--charter", type=Path, metavar="CHARTER.toml", help="which charter to change or make")
    used.add_argument("--yes", action="store_true", help="do not ask")
    used.set_defaults(run=_import)
    listed = what.add_parser("list", help="the entries in a folder")
    listed.add_argument("folder", type=Path, nargs="?", default=FOLDER, help=f"({FOLDER})")
    listed.set_defaults(run=_list)
    checked = what.add_parser("verify", help="whether an entry is as it was signed, and by whom")
    checked.add_argument("file", type=Path)
    checked.add_argument("--key", help="the public key that has to have signed it")
    checked.set_defaults(run=_verify)
    for one in (used, listed, checked):
        one.add_argument("--nl", action="store_true", help="in Dutch")


def _export(made: argparse.ArgumentParser) -> None:
    whose = made.add_mutually_exclusive_group(required=True)
    whose.add_argument("--home", type=Path, metavar="HOME.toml", help="a home's settings")
    whose.add_argument(
        "--community", type=Path, metavar="STREET.toml", help="a neighbourhood server's settings"
    )
    made.add_argument("--title", required=True)
    made.add_argument("--nl", required=True, metavar="TEXT", help="what it is, in Dutch")
    made.add_argument("--en", required=True, metavar="TEXT", help="what it is, in English")
    made.add_argument("--licence", default=LICENCE, help=f"SPDX name ({LICENCE})")
    made.add_argument("--key", type=Path, required=True, help="to sign with; made where there is none")
    made.add_argument("--out", type=Path, required=True)
    made.set_defaults(run=_make)


def _make(args: argparse.Namespace) -> int:
    from laag.adapters.catalogue import Words, shareable, signed
    from laag.adapters.keys import Key
    from laag.foundation.errors import BadInput

    body, own = _of_home(args.home) if args.home else _of_community(args.community)
    if args.out.exists():
        raise BadInput(f"{args.out} is there already; give another --out")
    key = Key.load(args.key) if args.key.exists() else Key.new()
    data = shareable(signed(key, args.title, Words(nl=args.nl, en=args.en), args.licence, body), own)
    if not args.key.exists():
        key.save(args.key)
    args.out.write_bytes(data)
    print(data.decode(), end="")
    print(f"\n{args.out}: this is all of it; read it before you give it away")
    return 0


def _of_home(path: Path) -> tuple[Home, list[str]]:
    from laag.adapters.catalogue import home_of
    from laag.adapters.homestore import HomeStore
    from laag.apps.agent.config import read
    from laag.apps.agent.wiring import STORE
    from laag.apps.agent.wishing import FIRST
    from laag.home.preferences import parse

    config = read(path)
    wishes, first = [], None
    if (config.store_folder / STORE).exists():
        with HomeStore(config.store_folder / STORE) as store:
            wishes = [parse(line) for _, line in store.wishes()]
            first = store.kept(FIRST)
    own = [config.name, *([config.neighbourhood.url] if config.neighbourhood else [])]
    return home_of(config.devices, config.household, config.defaults, wishes, first), own


def _of_community(path: Path) -> tuple[Community, list[str]]:
    from laag.adapters.catalogue import community_of
    from laag.apps.street.config import PricesWire, read

    config = read(path)
    place = config.place
    body = community_of(
        place.terms.charter,
        place.terms.policy.name,
        cables=len(place.cables),
        import_max_kw=place.import_max_kw,
        wires=config.wire.wires is not None,
        sources=("file" if isinstance(one, PricesWire) else one for one in config.wire.sources),  # type: ignore[misc]  # checked to be one of the two words
    )
    return body, [place.name, place.terms.charter.name, config.wire.public_url]


def _import(args: argparse.Namespace) -> int:
    from laag.adapters.catalogue import Home, read
    from laag.foundation.errors import BadInput
    from laag.foundation.words import Lang

    entry, lang = read(args.file), Lang.NL if args.nl else Lang.EN
    _tell(entry, lang)
    if isinstance(entry.body, Home):
        if args.home is None:
            raise BadInput("this entry is of a home; say with --home which home's settings to add it to")
        return _into_home(entry.body, args, lang)
    if args.charter is None:
        raise BadInput("this entry is of a community; say with --charter which charter to change or make")
    return _into_charter(entry, args, lang)


def _into_home(body: Home, args: argparse.Namespace, lang: Lang) -> int:
    from laag.adapters.homestore import HomeStore
    from laag.apps.agent.config import read
    from laag.apps.agent.wiring import STORE
    from laag.apps.agent.wishing import FIRST
    from laag.foundation.words import Said
    from laag.home.preferences import of_plain, say

    config = read(args.home)
    config.store_folder.mkdir(parents=True, exist_ok=True)
    with HomeStore(config.store_folder / STORE) as store:
        there = {line for _, line in store.wishes()}
        new = [wish for wish in map(of_plain, body.wishes) if say(wish) not in there]
        for wish in new:
            print(f"  + {say(wish, lang)}")
        first = body.first if body.first != store.kept(FIRST) else None
        if first:
            print(Said(f"  + op de ladder eerst: {first}", f"  + first on the ladder: {first}").to(lang))
        for line in _by_hand(body, config.household, config.defaults):
            print(f"    {line.to(lang)}")
        if not (new or first):
            print(Said("Er verandert niets.", "Nothing changes.").to(lang))
            return 0
        if not _yes(args, lang):
            return 1
        for wish in new:
            store.wish(say(wish))
        if first:
            store.keep(FIRST, first)
    print(
        Said(
            "Gedaan; een draaiend huis plant er na een herstart mee.",
            "Done; a home that runs plans with it after a restart.",
        ).to(lang)
    )
    return 0


def _by_hand(body: Home, household: str | None, defaults: str) -> Iterator[Said]:
    """What stands in the file of the home, which is its owner's to change."""
    from laag.foundation.words import Said

    for name, here, there in (
        ("household", household, body.household),
        ("defaults", defaults, body.defaults),
    ):
        if there is not None and here != there:
            yield Said(
                f'({name} is {here or "niet gezegd"}; het voorbeeld heeft {name} = "{there}")',
                f'({name} is {here or "not said"}; the entry has {name} = "{there}")',
            )


def _into_charter(entry: Entry, args: argparse.Namespace, lang: Lang) -> int:
    from laag.adapters import charterfile
    from laag.adapters.catalogue import Community
    from laag.apps import whole
    from laag.foundation.words import Said
    from laag.neighbourhood.charter import ARTICLES, Charter, differences

    assert isinstance(entry.body, Community)
    before = charterfile.read(args.charter) if args.charter.exists() else Charter("Our street")
    after = before
    for one in ARTICLES:
        if one.fixed is None:
            text = entry.body.articles.get(one.name, one.text(Charter("")))
            after = one.put(after, one.read(text))
    found = differences(before, after)
    for differs in found:
        print(f"  {differs.article}: {differs.before or '-'} -> {differs.after or '-'}")
        print(f"    {differs.said_after.to(lang)}")
    if not found and args.charter.exists():
        print(Said("Er verandert niets.", "Nothing changes.").to(lang))
        return 0
    print(
        Said(
            "Een buurt die al loopt, verandert haar reglement alleen door een voorstel en een stemming.",
            "A neighbourhood that runs already changes its charter by a proposal and a vote and in no other way.",
        ).to(lang)
    )
    if not _yes(args, lang):
        return 1
    whole.write(args.charter, charterfile.text(after, lang))
    print(args.charter)
    return 0


def _yes(args: argparse.Namespace, lang: Lang) -> bool:
    from laag.foundation.words import Said

    if args.yes:
        return True
    asked = Said("Zo overnemen? [j/N] ", "Use it like this? [y/N] ").to(lang)
    try:
        return input(asked).strip().lower() in {"j", "ja", "y", "yes"}
    except EOFError:
        return False


def _list(args: argparse.Namespace) -> int:
    from laag.adapters.catalogue import read
    from laag.foundation.errors import BadInput
    from laag.foundation.words import Lang

    if not args.folder.is_dir():
        raise BadInput(f"there is no folder {args.folder}; name the one that holds your catalogue")
    for path in sorted(args.folder.glob("*.json")):
        print(path.name)
        try:
            _tell(read(path), Lang.NL if args.nl else Lang.EN, "  ")
        except BadInput as odd:
            print(f"  {odd}")
    return 0


def _verify(args: argparse.Namespace) -> int:
    from laag.adapters.catalogue import read
    from laag.foundation.errors import BadInput
    from laag.foundation.words import Lang

    entry = read(args.file)
    if args.key is not None and entry.key != args.key:
        raise BadInput(f"{args.file} was signed by {entry.key}, and not by {args.key}; ask whose key that is")
    _tell(entry, Lang.NL if args.nl else Lang.EN)
    return 0


def _tell(entry: Entry, lang: Lang, indent: str = "") -> None:
    from laag.foundation.words import Said

    words = Said(entry.description.nl, entry.description.en).to(lang)
    by = (
        Said(
            "ondertekend als voorbeeld, met een sleutel die iedereen heeft",
            "signed as an example, with a key that everybody has",
        )
        if entry.example
        else Said(f"ondertekend met {entry.key}", f"signed with {entry.key}")
    )
    kind = Said("huis", "home") if entry.body.kind == "home" else Said("buurt", "community")
    print(f"{indent}{entry.title} ({kind.to(lang)}): {words}")
    print(f"{indent}{entry.licence}, {by.to(lang)}")
