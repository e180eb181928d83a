"""Which of many strings a text holds, and where: every place of each, in one pass over the text.

With ahocorasick_rs, of the extra ``fast``, some ten times quicker than
without, and the same. What the strings mean is the caller's business.
"""

from __future__ import annotations

from itertools import compress, count
from operator import add
from typing import TYPE_CHECKING

try:
    import ahocorasick_rs
except ImportError:
    ahocorasick_rs = None  # type: ignore[assignment] # the extra is not installed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Place = tuple[int, int, int]


QUICK = ahocorasick_rs is not None
"""Whether the extra is installed."""


class Finder:
    """Finds *strings*, none of them empty, in texts without halves of surrogate pairs (``segment.normal``).

    ``quick=False`` keeps from using ahocorasick_rs where it is installed.
    """

    def __init__(self, strings: Iterable[str], *, quick: bool = True) -> None:
        self.strings = tuple(dict.fromkeys(strings))
        self._find = self._automaton() if quick and QUICK else self._dictionary()

    def places(self, text: str) -> Iterable[Place]:
        """Each place as (number of the string, start, end); of those with one start, the longest comes last."""
        return self._find(text)

    def held(self, text: str) -> list[str]:
        """The strings that *text* holds, in the order in which they were given."""
        return [self.strings[number] for number in sorted({place[0] for place in self._find(text)})]

    def _automaton(self) -> Callable[[str], list[Place]]:
        chosen = ahocorasick_rs.Implementation.ContiguousNFA
        automaton = ahocorasick_rs.AhoCorasick(self.strings, implementation=chosen)
        return lambda text: automaton.find_matches_as_indexes(text, overlapping=True)

    def _dictionary(self) -> Callable[[str], Iterator[Place]]:
        numbers = {string: number for number, string in enumerate(self.strings)}
        single = [string for string in self.strings if len(string) == 1]
        lengths: dict[str, tuple[int, ...]] = {}  # first two characters -> the lengths there are, the shortest first
        for string in sorted(self.strings, key=len):
            if len(string) > 1 and len(string) not in (known := lengths.get(string[:2], ())):
                lengths[string[:2]] = (*known, len(string))

        def find(text: str) -> Iterator[Place]:
            for string in single:
                yield from ((numbers[string], start, start + 1) for start in _occurrences(text, string))
            for start in compress(count(), map(lengths.__contains__, map(add, text, text[1:]))):
                for length in lengths[text[start : start + 2]]:
                    number = numbers.get(text[start : start + length])
                    if number is not None and start + length <= len(text):
                        yield number, start, start + length

        return find


def quick_finder(strings: Iterable[str]) -> Callable[[str], list[str]]:
    """What gives of *strings* those that a text holds, each as often as it does. Only where ``QUICK``."""
    chosen = ahocorasick_rs.Implementation.ContiguousNFA
    automaton = ahocorasick_rs.AhoCorasick(tuple(strings), store_patterns=True, implementation=chosen)
    return lambda text: automaton.find_matches_as_strings(text, overlapping=True)


def _occurrences(text: str, character: str) -> Iterator[int]:
    at = text.find(character)
    while at >= 0:
        yield at
        at = text.find(character, at + 1)
