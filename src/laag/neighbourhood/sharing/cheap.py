"""Shapley's shares guessed cheaply; each is right for members who are alike, and can be far off for the one who is not.

All three keep what is easy - what somebody would pay alone - and guess what the sum of the others does to it. They are
scaled to the value of all.
"""

from __future__ import annotations

from math import comb, prod

import numpy as np

from laag.foundation.errors import BadInput
from laag.neighbourhood.sharing.trading import Floats, Trading

COALITIONS_MOST = 200_000
_ROUNDS = 50


def last_marginal(game: Trading) -> Floats:
    """What each adds as the last to join. Where two do the same work, neither seems to be needed."""
    n = game.players
    all_but_one = game.windows(np.arange(n), (n - 1,))[0]
    return scaled(game.whole() - np.roll(all_but_one, -1), game.whole())


def stratified_expected(game: Trading) -> Floats:
    """What each adds to a coalition of every size made of the average of the others (Cremers and others, 2023).

    The average of the others has a little of the only roof in the street, whoever is in the coalition: with one producer that is
    a street that does not exist.
    """
    net, gap, alone = game.net
    n = game.players
    if n == 1:
        return scaled(np.zeros(1), game.whole())
    total, found = net.sum(axis=0), np.empty(n)
    count = np.arange(n)[:, None]
    for i in range(n):
        others = count * ((total - net[i]) / (n - 1))
        adds = (np.abs(others + net[i]) - np.abs(others)) @ gap
        found[i] = (alone[i] - adds.mean()) / 2
    return scaled(found, game.whole())


def by_classes(game: Trading, classes: int = 3) -> Floats:
    """Exact as if all of a class were its average; classes are found by k-means on what is taken and given."""
    net, gap, alone = game.net
    which = kinds(net * np.sqrt(gap), classes)
    sizes = np.bincount(which)
    if prod(int(size) + 1 for size in sizes) > COALITIONS_MOST:
        raise BadInput(
            f"{classes} classes of {sizes.tolist()} members make too many coalitions; ask for fewer classes"
        )
    mean = np.stack([net[which == kind].mean(axis=0) for kind in range(len(sizes))])
    counts = np.indices([size + 1 for size in sizes]).reshape(len(sizes), -1).T
    together = np.concatenate(
        [np.abs(part @ mean) @ gap for part in np.array_split(counts, max(len(counts) // 4096, 1))]
    ).reshape([size + 1 for size in sizes])
    adds = np.array([_mean_step(together, sizes.tolist(), kind) for kind in range(len(sizes))])
    return scaled((alone - adds[which]) / 2, game.whole())


def _mean_step(together: Floats, sizes: list[int], kind: int) -> float:
    """What one more of a kind adds to ``together``, over every coalition of the others by how often it comes first."""
    n = sum(sizes)
    others = [size - (k == kind) for k, size in enumerate(sizes)]
    weight = np.ones(())
    for other in others:
        weight = np.multiply.outer(weight, np.array([float(comb(other, c)) for c in range(other + 1)]))
    size = np.indices([other + 1 for other in others]).sum(axis=0)
    by_size = np.array([float(1 / (comb(n - 1, s) * n)) for s in range(n)])
    cut = tuple(slice(0, other + 1) for other in others)
    after = tuple(slice(1, other + 2) if k == kind else slice(0, other + 1) for k, other in enumerate(others))
    return float((weight * by_size[size] * (together[after] - together[cut])).sum())


def kinds(rows: Floats, classes: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Each row's class, from zero without gaps: k-means that begins with the largest row and goes on with the farthest."""
    centres = [int(np.argmax((rows * rows).sum(axis=1)))]
    near = ((rows - rows[centres[0]]) ** 2).sum(axis=1)
    while len(centres) < classes and near.max() > 0:
        centres.append(int(np.argmax(near)))
        near = np.minimum(near, ((rows - rows[centres[-1]]) ** 2).sum(axis=1))
    middle = rows[centres].copy()
    which = np.full(len(rows), -1)
    for _ in range(_ROUNDS):
        found = np.argmin(((rows[:, None] - middle[None]) ** 2).sum(axis=2), axis=1)
        if np.array_equal(found, which):
            break
        which = found
        for kind in range(len(middle)):
            if np.any(which == kind):
                middle[kind] = rows[which == kind].mean(axis=0)
    return np.unique(which, return_inverse=True)[1]


def scaled(guess: Floats, whole: int) -> Floats:
    """To the value of all; where nobody seems to add anything, the same for everybody."""
    positive = np.maximum(guess, 0.0)
    total = positive.sum()
    return positive * (whole / total) if total > 0 else np.full(len(guess), whole / len(guess))
