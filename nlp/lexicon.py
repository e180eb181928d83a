"""Finding an institution's words in a text: words, short patterns, and what does not count where it stands.

A word that lies in a longer one is none; so is one that straddles two words
of the language (卫生 in 门卫生病). A pattern (拖欠*工资) is a word with a gap: what
lies in its parts does not count besides, what lies in its gap does, and a
longer word over all of it takes its place. Texts in ``segment.normal`` form and
small letters; linear in their length. What the words speak for is
``classify``'s business.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, compress, count
from math import log
from operator import add
from typing import TYPE_CHECKING

from institutions.words import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

HEAD, HEAD_CHARACTERS = 2.0, 30
"""What a word at the beginning of a longer text without subject says besides: the matter tends to come first."""

PLACE = 0.4
"""What a word says that only tells where: in 小学旁边的烧烤店 it is not the school that is spoken of."""

BESIDE = re.compile(
    r"(?:的|那里?|这里?)?(?:(?:正|斜)?对面|旁边?|边上|附近|周[边围]|隔壁|门[口前]|[东南西北左右]侧|[后前]面|背后|后门|入口|出口)"
    r"(?!的?(?:问题|情况|环境|治理|卫生))|\s?(?:next door|across the)"
)
DENIAL = re.compile(r"不是|并非|不属于|不涉及|无关|not about")
NOT_ABOUT = re.compile(
    r"(?<![是不])(?:不是|并非|不属于|不涉及|无关|not about)\s?"
    r"(?:说|因为|关于|投诉|反映|举报|咨询|想说|要说|要投诉|the\s)?$"
)
RHETORICAL = re.compile(r"[^,。!;\n]{0,12}(?:[吗么嘛?]|就是)")
"""After 不是: "这不是噪音吗", "不是停水就是停电" speak of the matter all the same."""

POLITE = re.compile(
    r"(?:麻烦|打扰|请|想|我想|想要|需要)?(?:帮忙)?(?:咨询|请教|问|投诉|反映|举报|建议)(?:一下|下|个(?:事|问题)|件事)+"
)
"""How a message begins whatever it is about: 麻烦咨询一下 asks for nobody's advice desk."""

ASKING = re.compile(r"(?:咨询|请教|问|投诉|反映|举报|建议)(?:一下|下|个(?:事|问题)|件事)")
"""What there is in any of these: quicker to look for than the whole."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of ours found in a text; a pattern's reaches from its first part to its last."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Begun:
    """What begins with some two characters: words of these lengths, the longest first, and patterns by number."""

    lengths: tuple[int, ...]
    patterns: tuple[int, ...]


class Spans:
    """Stretches of a text; asking whether one of them holds another takes no longer with many."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        begun = sorted(spans)
        self._starts = [start for start, _ in begun]
        self._ends = list(accumulate((end for _, end in begun), max))

    def hold(self, start: int, end: int) -> bool:
        """Whether one of them reaches from *start* or before to *end* or beyond."""
        at = bisect_right(self._starts, start) - 1
        return at >= 0 and self._ends[at] >= end


class Lexicon:
    """Words and patterns to be found in texts, the longest at each place."""

    def __init__(self, words: Iterable[str]) -> None:
        every = sorted(set(words), key=lambda word: (-len(word), word))
        self._patterns = tuple(word for word in every if "*" in word)
        self._words = frozenset(word for word in every if "*" not in word)
        self._checked = {word: found for word in every if (found := compiled(word))}  # letters at an edge: whole only
        self._single = tuple(word for word in every if len(word) == 1)
        self._begun = _beginnings(self._words, self._patterns)
        self._short_begun = tuple(
            (first, number) for number, word in enumerate(self._patterns) if len(first := word.partition("*")[0]) == 1
        )

    @property
    def plain(self) -> tuple[str, ...]:
        """All but the patterns and what has a space in it: what text may be cut by."""
        return tuple(sorted(word for word in self._words if len(word) > 1 and " " not in word))

    def find(self, text: str, bounds: bytearray) -> list[Hit]:
        """Every word and pattern in *text*; *bounds* marks where its words begin and end."""
        starts = self._starts(text)
        hits = list(self._hits(text, starts, bounds))
        gapped = [(name, match) for name in self._likely(text, starts) for match in self._checked[name].finditer(text)]
        if not gapped:
            return hits
        words = Spans((hit.start, hit.end) for hit in hits)
        gapped = [(name, match) for name, match in gapped if not words.hold(*match.span())]
        parts = Spans(match.span(number + 1) for _, match in gapped for number in range(len(match.groups())))
        hits = [hit for hit in hits if not parts.hold(hit.start, hit.end)]
        return hits + [Hit(name, *match.span()) for name, match in gapped]

    def _starts(self, text: str) -> list[int]:
        """Where two characters stand that some word or pattern begins with, and where a word of one character does."""
        starts = list(compress(count(), map(self._begun.__contains__, map(add, text, text[1:]))))
        alone = [start for word in self._single for start in _places(text, word)]
        return sorted({*starts, *alone}) if alone else starts

    def _likely(self, text: str, starts: Iterable[int]) -> Iterator[str]:
        """The patterns whose first part may be in the text: looking for that is much quicker."""
        likely = {number for first, number in self._short_begun if first in text}
        for two in {text[start : start + 2] for start in starts}:
            likely.update(self._begun[two].patterns if two in self._begun else ())
        return (self._patterns[number] for number in sorted(likely))

    def _hits(self, text: str, starts: Iterable[int], bounds: bytearray) -> Iterator[Hit]:
        reached = 0
        for start in starts:
            end = self._end(text, start, reached)
            if end > reached and (bounds[start] or bounds[end] or bounds.find(1, start, end) < 0):
                reached = end
                yield Hit(text[start:end], start, end)

    def _end(self, text: str, start: int, reached: int) -> int:
        """Where the longest word from *start* ends; 0 where there is none, or none that goes beyond *reached*."""
        begun = self._begun.get(text[start : start + 2])
        for length in begun.lengths if begun else ():
            end = start + length
            if end <= reached:
                return 0
            word = text[start:end]
            if word in self._words and end <= len(text) and self._is_whole(word, text, start):
                return end
        alone = text[start]
        return start + 1 if alone in self._single and self._is_whole(alone, text, start) else 0

    def _is_whole(self, word: str, text: str, start: int) -> bool:
        found = self._checked.get(word)
        return found is None or found.match(text, start) is not None


def strengths(hits: Iterable[Hit], text: str, *, head: int) -> dict[str, float]:
    """How strongly each word is said: 1 for once, then less each time; more within the first *head* characters.

    What is denied does not count, what only tells where counts little.
    """
    polite = Spans(match.span() for match in POLITE.finditer(text)) if ASKING.search(text) else None
    denied = DENIAL.search(text) is not None
    said: dict[str, float] = {}
    bonus: dict[str, float] = {}
    for hit in hits:
        if (denied and _negated(text, hit)) or (polite and polite.hold(hit.start, hit.end)):
            continue
        counts = PLACE if BESIDE.match(text, hit.end) else 1.0
        said[hit.word] = said.get(hit.word, 0.0) + counts
        if hit.start < head:
            bonus[hit.word] = max(bonus.get(hit.word, 0.0), HEAD * counts)
    return {word: (1.0 + log(count) if count > 1 else count) + bonus.get(word, 0.0) for word, count in said.items()}


def _beginnings(words: Iterable[str], patterns: Sequence[str]) -> dict[str, Begun]:
    lengths: dict[str, set[int]] = {}
    opened: dict[str, list[int]] = {}
    for word in words:
        if len(word) > 1:
            lengths.setdefault(word[:2], set()).add(len(word))
    for number, pattern in enumerate(patterns):
        if len(first := pattern.partition("*")[0]) > 1:
            opened.setdefault(first[:2], []).append(number)
    return {
        two: Begun(tuple(sorted(lengths.get(two, ()), reverse=True)), tuple(opened.get(two, ())))
        for two in lengths.keys() | opened.keys()
    }


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _negated(text: str, hit: Hit) -> bool:
    before = NOT_ABOUT.search(text[max(0, hit.start - 10) : hit.start])
    return before is not None and not RHETORICAL.match(text, hit.end)


def merged(detail: Mapping[str, float], subject: Mapping[str, float], *, weight: float) -> dict[str, float]:
    """Strengths of a detail and its subject together: a word in the subject says *weight* times as much."""
    together = dict(detail)
    for word, strength in subject.items():
        together[word] = together.get(word, 0.0) + weight * strength
    return together
