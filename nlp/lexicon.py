"""Finding an institution's words in a text: words, short patterns, and what does not count where it stands.

A word that lies in a longer one is none; so is one that straddles two words
of the language (卫生 in 门卫生病). A pattern (拖欠*工资) is a word with a gap: what
lies in its parts does not count besides (nor another pattern that shares one), what lies in its gap does, and a
longer word over all of it takes its place. Texts in ``segment.normal`` form and
small letters; linear in their length. What the words speak for is
``classify``'s business.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from math import log
from typing import TYPE_CHECKING, NamedTuple

from institutions.words import compiled, opening
from nlp.finder import Finder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

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


class Hit(NamedTuple):
    """A word of ours found in a text; a pattern's reaches from its first part to its last."""

    word: str
    start: int
    end: int


class Special(NamedTuple):
    """Something to be found that is no plain word: it is one where ``whole`` matches; these patterns begin with it."""

    whole: re.Pattern[str] | None
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
    """Words and patterns to be found in texts, the longest at each place. ``quick=False``: as Finder's."""

    def __init__(self, words: Iterable[str], *, quick: bool = True) -> None:
        every = sorted(set(words), key=lambda word: (-len(word), word))
        self._plain = tuple(word for word in every if "*" not in word)
        self._patterns = tuple(word for word in every if "*" in word)
        self._checked = {word: found for word in every if (found := compiled(word))}
        self._finder = Finder((*self._plain, *(opening(pattern) for pattern in self._patterns)), quick=quick)
        self._special = self._specials()

    @property
    def plain(self) -> tuple[str, ...]:
        """All but the patterns and what has a space in it: what text may be cut by."""
        return tuple(word for word in self._plain if len(word) > 1 and " " not in word)

    def find(self, text: str, bounds: bytearray) -> list[Hit]:
        """Every word and pattern in *text*; *bounds* marks where its words begin and end."""
        ends, likely = self._ends(text)
        hits = list(_longest(text, ends, bounds))
        gapped = [(name, match) for name in likely for match in self._checked[name].finditer(text)]
        if not gapped:
            return hits
        words = Spans((hit.start, hit.end) for hit in hits)
        gapped = _apart((name, match) for name, match in gapped if not words.hold(*match.span()))
        parts = Spans(match.span(number + 1) for _, match in gapped for number in range(len(match.groups())))
        hits = [hit for hit in hits if not parts.hold(hit.start, hit.end)]
        return hits + [Hit(name, *match.span()) for name, match in gapped]

    def _ends(self, text: str) -> tuple[dict[int, int], list[str]]:
        """Where the longest word from each start ends, and the patterns whose first part is there."""
        ends: dict[int, int] = {}
        likely: set[int] = set()
        for number, start, end in self._finder.places(text):
            if (special := self._special.get(number)) is None:
                ends[start] = end
            else:
                likely.update(special.patterns)
                if special.whole and special.whole.match(text, start):
                    ends[start] = end
        return ends, [self._patterns[number] for number in sorted(likely)]

    def _specials(self) -> dict[int, Special]:
        """The finder's strings that are no plain words, or more than that."""
        opened: dict[str, list[int]] = {}
        for number, pattern in enumerate(self._patterns):
            opened.setdefault(opening(pattern), []).append(number)
        plain = set(self._plain)
        return {
            number: Special(
                self._checked.get(string, re.compile(re.escape(string))) if string in plain else None,
                tuple(opened.get(string, ())),
            )
            for number, string in enumerate(self._finder.strings)
            if string in opened or string in self._checked
        }


def _apart(found: Iterable[tuple[str, re.Match[str]]]) -> list[tuple[str, re.Match[str]]]:
    """The patterns that share no part: of two that do (拖欠*工资, 工人*工资) the one that says more, else the earlier."""
    taken: set[int] = set()
    apart = []
    for name, match in sorted(found, key=lambda pair: (-len(pair[0]), pair[1].start())):
        parts = [at for number in range(1, len(match.groups()) + 1) for at in range(*match.span(number))]
        if taken.isdisjoint(parts):
            taken.update(parts)
            apart.append((name, match))
    return apart


def _longest(text: str, ends: Mapping[int, int], bounds: bytearray) -> Iterator[Hit]:
    """The words that lie in no earlier one and do not straddle two words of the language."""
    reached = 0
    for start in sorted(ends):
        end = ends[start]
        if end > reached and (bounds[start] or bounds[end] or bounds.find(1, start, end) < 0):
            reached = end
            yield Hit(text[start:end], start, end)


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


def _negated(text: str, hit: Hit) -> bool:
    before = NOT_ABOUT.search(text[max(0, hit.start - 10) : hit.start])
    return before is not None and not RHETORICAL.match(text, hit.end)


def merged(detail: Mapping[str, float], subject: Mapping[str, float], *, weight: float) -> dict[str, float]:
    """Strengths of a detail and its subject together: a word in the subject says *weight* times as much."""
    together = dict(detail)
    for word, strength in subject.items():
        together[word] = together.get(word, 0.0) + weight * strength
    return together
