"""Telegrams as a bad cable, a half read and a wicked neighbour would make them: seeded, so that a find can be found again."""

import random

from tests.adapters.dsmr.telegrams import STANDARDS, signed, telegram


def flipped(rng, raw, _):
    spoiled = bytearray(raw)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        spoiled[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
    return bytes(spoiled)


def cut(rng, raw, _):
    a, b = sorted(rng.choices(range(len(raw) + 1), k=2))
    return rng.choice((raw[:a], raw[b:], raw[:a] + raw[b:]))


def joined(rng, raw, other):
    return raw[: rng.randrange(len(raw))] + other[rng.randrange(len(other)) :]


def swapped(rng, raw, _):
    digits = [i for i in range(len(raw) - 1) if raw[i : i + 2].isdigit() and raw[i] != raw[i + 1]]
    i = rng.choice(digits or [0])
    return raw[:i] + raw[i + 1 : i + 2] + raw[i : i + 1] + raw[i + 2 :]


def doubled(rng, raw, _):
    lines = raw.splitlines(keepends=True)
    i = rng.randrange(len(lines))
    return b"".join(lines[: i + 1] + lines[rng.choice((i, rng.randrange(len(lines)))) :])


def dropped(rng, raw, _):
    lines = raw.splitlines(keepends=True)
    del lines[rng.randrange(len(lines))]
    return b"".join(lines)


def stuffed(rng, raw, _):
    i = rng.randrange(len(raw))
    return (
        raw[:i]
        + rng.choice((rng.randbytes(4), b"(", b")", b"*", b"!", b"/", b"\r\n", b"9" * 40, b"e9"))
        + raw[i:]
    )


def unsigned(_, raw, __):
    return raw[: raw.rindex(b"!") + 1] + b"\r\n" if b"!" in raw else raw


KINDS = (flipped, flipped, cut, joined, swapped, doubled, dropped, stuffed, unsigned)


def originals(rng, standards=tuple(STANDARDS)):
    """Some telegrams of each standard."""
    return [
        telegram(standard, import_1_wh=rng.randrange(10**8), export_1_wh=rng.randrange(10**8))
        for standard in standards
        for _ in range(8)
    ]


def mutated(seed, count, given):
    """What arrives instead, and whether a CRC was made to vouch for the damage: so it is with one in ten."""
    rng = random.Random(seed)
    for _ in range(count):
        raw = rng.choice(given)
        for _ in range(rng.choice((1, 1, 1, 2, 4))):
            spoiled = rng.choice(KINDS)(rng, raw, rng.choice(given))
            raw = spoiled if len(spoiled) > 200 else raw
        vouched = rng.random() < 0.1 and b"!" in raw
        yield signed(raw[: raw.rindex(b"!") + 1]) if vouched else raw, vouched
