"""What is usual, learnt as ``backend.domain.usual.learn`` does it, but in whole arrays: a year is simulated in minutes.

Not a second rule: ``bench/rising.py`` compares it with what is learnt at work in the first night of each year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from backend.domain.usual import (
    ALL,
    HALF_LIFE,
    HOURS,
    KINDS,
    NARROW,
    OUT,
    PRIOR,
    SMOOTH,
    WIDE,
    Cell,
    Level,
    Usual,
    above,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

Numbers = np.ndarray[Any, Any]


def learnt(past: Numbers, cells: Sequence[Cell], kinds: list[int]) -> Usual:
    """From the counts of days × cells × hours, oldest first; the last cells are the categories in order."""
    names = sorted({cell.category for cell in cells})
    own = np.array([names.index(cell.category) for cell in cells])
    row = {cell: n for n, cell in enumerate(cells)}
    profile = _profiles(past[:, -len(names) :], np.array(kinds))
    masses = profile.reshape(len(names), KINDS, HOURS).sum(axis=2)[:, kinds][own]
    told = past.sum(axis=2).T
    raw, _ = _levels(told, masses, np.zeros(len(cells)))
    places = sorted({cell.place for cell in cells})
    place = np.array([places.index(cell.place) for cell in cells])
    shares = np.bincount(place, weights=raw)
    wider = [above(cell.place)[1] if cell.place else "" for cell in cells]
    up = np.array([row[Cell(cell.category, one)] for cell, one in zip(cells, wider, strict=True)])
    guess = raw[up] * shares[place] / shares[[places.index(one) for one in wider]]
    rates, known = _levels(told, masses, np.where(place > 0, guess, 0.0))
    depth = np.array([cell.depth for cell in cells])
    widths = _widths(past, rates, profile.reshape(len(names), KINDS, HOURS), own, depth, kinds)
    there = told.sum(axis=1) > 0
    levels = {cell: Level(float(rates[n]), float(widths[n] + 1 / known[n])) for n, cell in enumerate(cells) if there[n]}
    return Usual(levels, {name: profile[n].tolist() for n, name in enumerate(names)})


def _profiles(past: Numbers, kinds: Numbers) -> Numbers:
    slots = np.stack([past[kinds == kind].sum(axis=0) for kind in range(KINDS)], axis=1).reshape(past.shape[1], -1)
    times = np.repeat([(kinds == kind).sum() for kind in range(KINDS)], HOURS)
    every, flat = slots.sum(axis=0), np.ones(KINDS * HOURS)
    days, whole = _by_hour(every, times, flat), _profile(every, times, flat)
    return np.stack([_profile(one, times, _by_hour(one, times, days) * whole / days) for one in slots])


def _by_hour(told: Numbers, times: Numbers, like: Numbers) -> Numbers:
    hours = [each.reshape(KINDS, HOURS).sum(axis=0) for each in (told, times)]
    return np.tile(_profile(hours[0], hours[1], like[:HOURS]), KINDS)


def _profile(told: Numbers, times: Numbers, like: Numbers) -> Numbers:
    found: Numbers = (told + SMOOTH * like) / (told.sum() / times.sum() * times + SMOOTH)
    return found


def _levels(told: Numbers, masses: Numbers, guess: Numbers) -> tuple[Numbers, Numbers]:
    plain = told.sum(axis=1) / masses.sum(axis=1)
    weights = 0.5 ** (np.arange(told.shape[1])[::-1] / HALF_LIFE)
    mean = plain[:, None] * masses
    capped = np.minimum(told, mean + 1 + OUT * np.sqrt(mean + 0.1 * mean * mean))
    cases, hours = capped @ weights, masses @ weights
    guess = np.where(guess > 0, guess, plain)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(plain > 0, (cases + PRIOR) / (hours + PRIOR / guess), 0.0)
    return rate, cases * weights.sum() / (weights * weights).sum() + PRIOR


def _widths(  # noqa: PLR0917 - six arrays of the same cells
    past: Numbers, rates: Numbers, profile: Numbers, own: Numbers, depth: Numbers, kinds: list[int]
) -> Numbers:
    keys = own * 3 + depth
    missed, squares = np.zeros(keys.max() + 1), np.zeros(keys.max() + 1)
    whole = rates[-len(profile) :][own]
    mine = past[:, -len(profile) :].sum(axis=(1, 2))
    usual = (rates[-len(profile) :, None] * profile.sum(axis=2)).sum(axis=0)[kinds]
    for counts, kind, every in zip(past, kinds, (mine + ALL) / (usual + ALL), strict=True):
        left = 1 - rates / (whole * kinds.count(kind) + SMOOTH)
        mean = rates[:, None] * profile[own, kind] * every
        n = np.minimum(counts, 4 * mean + 4)
        miss = np.where(counts > 0, n * (n - 2 * mean) - left[:, None] * counts, 0.0)
        square = (mean * mean).sum(axis=1)
        squares += np.bincount(keys, weights=left * square)
        missed += np.bincount(keys, weights=square + miss.sum(axis=1))
    found: Numbers = np.clip(missed / squares, NARROW, WIDE)[keys]
    return found
