"""What would change a proposal: pure arithmetic over what each word says for the first and for its runner-up."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


class Contribution(NamedTuple):
    """What one said word adds to the first and to its runner-up."""

    word: str
    first: float
    second: float


def would_change(said: Iterable[Contribution]) -> tuple[str, ...]:
    """The fewest said words without which the runner-up is ahead; none where nothing speaks for the runner-up."""
    rows = list(said)
    if sum(row.second for row in rows) <= 0:
        return ()
    rows.sort(key=lambda row: (row.second - row.first, row.word))
    lead = sum(row.first - row.second for row in rows)
    without: list[str] = []
    for row in rows:
        if lead < 0 or row.first <= row.second:
            break
        lead -= row.first - row.second
        without.append(row.word)
    return tuple(without)


def would_tip(
    words: Sequence[tuple[float, str]], lead: float, *, taken: Callable[[str], bool], other: Callable[[str], float]
) -> str | None:
    """The lightest of the runner-up's *words*, lightest first, that said once would make up for *lead*; None: no single one.

    *taken*: whether the word was said already; *other*: what it says for the first.
    """
    for weight, word in words[bisect_right(words, lead, key=lambda pair: pair[0]) :]:
        if weight - other(word) > lead and not taken(word):
            return word
    return None
