"""The tables of docs/data-commons.md are made from the register, so that neither says what the other does not."""

from pathlib import Path

from laag.cycle.algorithms import ALGORITHMS
from laag.foundation.data import GROUNDS, PURPOSE_WORDS, Ground, Kind, Purpose, Scale
from laag.foundation.register import REGISTER, least

DOC = Path(__file__).parents[2] / "docs" / "data-commons.md"
BEGINS, ENDS = "<!-- made from the register -->", "<!-- end -->"


def purposes():
    yield "| purpose | by what it is allowed | at the device | at the home | at the street | at the community |"
    yield "|---|---|---|---|---|---|"
    for purpose in Purpose:
        cells = [
            ", ".join(dict.fromkeys(f"`{one.group}`" for one in least(purpose, scale))) or "nothing"
            for scale in Scale
        ]
        if GROUNDS[purpose] is Ground.NEVER:
            cells = ["**nothing, ever**"] * len(cells)
        yield f"| {purpose.value}: {PURPOSE_WORDS[purpose].en} | {GROUNDS[purpose].value} | {' | '.join(cells)} |"


def groups():
    yield "| message or answer | kind | scale | goes to | kept, days | fields | why nothing less would do |"
    yield "|---|---|---|---|---|---|---|"
    for name in dict.fromkeys(one.group for one in REGISTER.values()):
        some = [one for one in REGISTER.values() if one.group == name]
        first = some[0]
        keeps = "as the books" if first.keeps is None else str(first.keeps)
        fields = ", ".join(f"`{one.name.partition('.')[2]}`" for one in some)
        yield (
            f"| `{name}` | {first.kind.value} | {first.scale.value} | {first.to.value} | {keeps} | {fields} | {first.least.en} |"
        )


def algorithms():
    yield "| algorithm | decides | from | chosen by | where |"
    yield "|---|---|---|---|---|"
    for one in ALGORITHMS:
        inputs = ", ".join(f"`{name}`" for name in one.inputs)
        chosen = f"the charter, `{one.article}`" if one.article else "the home, or the law"
        yield f"| {one.called.en} | {one.decides.en} | {inputs} | {chosen} | `{one.code}` |"


def made():
    """The three tables, in the order of the page."""
    return ["\n".join(table()) for table in (purposes, groups, algorithms)]


def test_the_tables_are_those_of_the_register():
    parts = DOC.read_text("utf-8").split(BEGINS)[1:]
    assert [part.split(ENDS)[0].strip() for part in parts] == made(), (
        "the register has changed: python -m tests.foundation.test_data_commons_doc"
    )


def test_all_five_kinds_and_all_scales_are_in_the_register():
    assert {one.kind for one in REGISTER.values()} == set(Kind)
    assert {one.scale for one in REGISTER.values()} == set(Scale)


def write():
    """Make them anew: ``python -m tests.foundation.test_data_commons_doc``."""
    begun, *parts = DOC.read_text("utf-8").split(BEGINS)
    told = [
        f"{BEGINS}\n{table}\n{ENDS}{part.split(ENDS, 1)[1]}"
        for table, part in zip(made(), parts, strict=True)
    ]
    DOC.write_text(begun + "".join(told), "utf-8")


if __name__ == "__main__":
    write()
