"""What a text holds of a model's features: found, counted and added up part by part of the text.

Words are looked for once, whichever blocks count them. What is a feature is
features.py's, how weights are added packed.py's, what comes of it model.py's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nlp.training.features import KINDS, Kind, finds
from nlp.training.packed import Packed, finish

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nlp.training.features import Reading
    from nlp.training.packed import Block, Sum


class Bag:
    """Finds features in one part of a text and adds them up, for all blocks that count them."""

    def __init__(
        self, kind: Kind, blocks: Mapping[int, Block], *, more: bool = False, ahead: bool, quick: bool
    ) -> None:
        self.kind, self.feeds = kind, tuple(blocks)
        self.more = more  # these words come on top of those of the detail
        self.packed = Packed(tuple(blocks.values()), ahead=ahead)
        known = self.packed if self.packed.whole else frozenset().union(*(block.index for block in blocks.values()))
        self.find = finds(kind, known, quick=quick)


class Told:
    """What was found in a text: for each block its features and how often each is there, and what they say."""

    def __init__(self, blocks: Sequence[Block], bags: Sequence[Bag], reading: Reading) -> None:
        self.counts: list[Mapping[str, int]] = [{} for _ in blocks]
        parts: list[list[Sum]] = [[] for _ in blocks]
        for bag in bags:
            found = bag.find(reading)
            before = self.counts[bag.feeds[0]] if bag.more else {}
            sums = bag.packed.add_more(found, before) if before else bag.packed.add_up(found)
            for number, one in zip(bag.feeds, sums, strict=True):
                self.counts[number] = _together(before, found) if before else found
                parts[number].append(one)
        finished = [finish(block, each) for block, each in zip(blocks, parts, strict=True)]
        self.scores = [scores for scores, _ in finished]
        self.factors = [factor for _, factor in finished]


def bags(blocks: Sequence[Block], *, ahead: bool, quick: bool) -> Iterator[Bag]:
    """The words of a detail are looked for once, and those of a subject added for blocks that count words of both."""
    kinds = {number: KINDS[block.kind] for number, block in enumerate(blocks)}
    of = {kind.part: {number: blocks[number]} for number, kind in kinds.items() if kind.unit == "words"}
    whole = of.get("whole", {})
    if both := {**whole, **of.get("detail", {})}:
        yield Bag(Kind("detail", "words"), both, ahead=ahead, quick=quick)
    if whole:
        yield Bag(Kind("subject", "words"), whole, more=True, ahead=ahead, quick=quick)
    for number, kind in kinds.items():
        if kind.unit != "words" or kind.part == "subject":
            yield Bag(kind, {number: blocks[number]}, ahead=ahead, quick=quick)


def _together(some: Mapping[str, int], others: Mapping[str, int]) -> dict[str, int]:
    return {**some, **{name: some.get(name, 0) + count for name, count in others.items()}}
