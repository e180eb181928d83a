"""Groups out of likenesses of pairs: average linkage, without distances of pairs that nobody found alike.

Two groups become one while the mean likeness over all pairs between them, 0
for a pair that is not given, is high enough. So a chain of neighbours, each
like the next, is not one group, which a noisy matter would otherwise make of
half a city.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ROUNDING = 1e-12


def average(count: int, likeness: Mapping[tuple[int, int], float], *, least: float) -> list[list[int]]:
    """Groups of the things 0 … *count* - 1; one that is like no other is a group of its own.

    *likeness* is by pair, the smaller first. Of two merges that are equally
    good the one of the smaller numbers comes first: the same input, the same groups.
    """
    near: list[dict[int, float]] = [{} for _ in range(count)]  # the sum of likenesses between two groups
    for (one, other), value in likeness.items():
        near[one][other] = near[other][one] = value
    groups = [[thing] for thing in range(count)]
    waiting = [(-value, *pair) for pair, value in likeness.items() if value >= least]
    heapq.heapify(waiting)
    while waiting:
        value, one, other = heapq.heappop(waiting)
        pairs = len(groups[one]) * len(groups[other])
        if not pairs or abs(near[one].get(other, 0.0) / pairs + value) > ROUNDING:
            continue  # one of the two has become another group since
        groups[one] += groups[other]
        groups[other] = []
        _join(near, one, other)
        for third, total in near[one].items():
            mean = total / (len(groups[one]) * len(groups[third]))
            if mean >= least:
                heapq.heappush(waiting, (-mean, min(one, third), max(one, third)))
    return [group for group in groups if group]


def _join(near: list[dict[int, float]], one: int, other: int) -> None:
    del near[one][other], near[other][one]
    for third, total in near[other].items():
        del near[third][other]
        near[one][third] = near[third][one] = near[one].get(third, 0.0) + total
    near[other] = {}
