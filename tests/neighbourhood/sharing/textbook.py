"""Shapley's formula as textbooks have it, without any of the code that it checks: slow, in fractions."""

from fractions import Fraction
from itertools import combinations, permutations
from math import factorial


def bill(net, buy, sell):
    """What one meter with this net pays."""
    return sum(int(n) * int(b if n > 0 else s) for n, b, s in zip(net, buy, sell, strict=True))


def value(net, buy, sell, who):
    """What some save by paying one bill together."""
    rows = [net[i] for i in who]
    together = [sum(int(row[t]) for row in rows) for t in range(len(buy))]
    return sum(bill(row, buy, sell) for row in rows) - bill(together, buy, sell)


def by_subsets(n, worth):
    """Over all coalitions without each."""
    shares = []
    for i in range(n):
        others = [j for j in range(n) if j != i]
        share = Fraction(0)
        for size in range(n):
            weight = Fraction(factorial(size) * factorial(n - size - 1), factorial(n))
            for some in combinations(others, size):
                share += weight * (worth(frozenset(some) | {i}) - worth(frozenset(some)))
        shares.append(share)
    return shares


def by_orders(n, worth):
    """Over every order of joining."""
    shares = [Fraction(0)] * n
    for order in permutations(range(n)):
        inside = frozenset()
        for i in order:
            shares[i] += worth(inside | {i}) - worth(inside)
            inside |= {i}
    return [share / factorial(n) for share in shares]
