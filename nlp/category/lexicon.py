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
    from collections.abc import Container, Iterable, Mapping

HEAD, HEAD_CHARACTERS = 2.0, 30
"""What a word at the beginning of a longer text without subject says besides: the matter tends to come first."""

WISH = 1.0
"""What a word says besides where the citizen says what they want: demands name the matter."""

AGAIN = 0.5
"""What saying a word *e* times as often adds: stories repeat what they are about, and much else."""

PRECISE, WHOLE = 0.2, 6
"""What each character of a word beyond two adds to what it says, and the length from which nothing is added."""

PLACE = 0.4
"""What a word says that only tells where: in 小学旁边的烧烤店 it is not the school that is spoken of."""

BESIDE = re.compile(
    r"(?:的|那里?|这里?)?(?:(?:正|斜)?对面|旁边?|边上|附近|周[边围]|隔壁|门[口前]|[东南西北左右]侧|[后前]面|背后|后门|入口|出口)"
    r"(?!的?(?:问题|情况|环境|治理|卫生))|\s?(?:next door|across the)"
)
HOME = re.compile(
    r"(?:家住|住在|[我们俺]住|家在)[^,。!?;\s]{0,12}?"
    r"(?:宿舍|公寓|家属[院区楼房]|小区|大院|新村|花园|(?<!大)楼|附近|旁边?|对面|\d+[栋号幢])"
)
"""Where one lives: whoever has no water in 师范学院宿舍 does not speak of teachers."""
BESIDE_BEGINS = frozenset("的那这正斜对旁边附周隔门东南西北左右后前背入出na \t\r\n\xa0")
"""What any of these begins with: most words are followed by something else."""

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

WISHES = re.compile(r"(?:希望|请求|恳请|要求|请问|建议|盼|能否|是否)[^。!?;\n]{2,60}")
"""From the word that asks to the end of the clause, 60 characters at most."""

ASKING = re.compile(r"(?:咨询|请教|问|投诉|反映|举报|建议)(?:一下|下|个(?:事|问题)|件事)")
"""What there is in any of these: quicker to look for than the whole."""


class Hit(NamedTuple):
    """A word of ours found in a text; a pattern's reaches from its first part to its last."""

    word: str
    start: int
    end: int


_new = tuple.__new__
"""Makes a named tuple in half the time."""


class Special(NamedTuple):
    """Something to be found that is not, or not only, a plain word."""

    string: str
    word: bool
    whole: re.Pattern[str] | None  # where a word must match to be a whole one
    patterns: tuple[int, ...]  # those that begin with it
    also: bool  # somebody else asked for it


class Found(NamedTuple):
    """What is in a text: words and patterns, and each place of what was to be looked for besides."""

    hits: list[Hit]
    also: list[Hit]


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
    """Words and patterns to be found in texts, the longest at each place; and *also* strings at every place.

    ``quick=False``: as Finder's.
    """

    def __init__(self, words: Iterable[str], *, also: Iterable[str] = (), quick: bool = True) -> None:
        every, besides = sorted(set(words), key=lambda word: (-len(word), word)), set(also)
        self.words = tuple(word for word in every if "*" not in word)
        self._patterns = tuple(word for word in every if "*" in word)
        self._others = tuple(tuple(pattern.split("*")[1:]) for pattern in self._patterns)  # quicker to look for
        self._checked = {word: found for word in every if (found := compiled(word))}
        openings = {opening(pattern) for pattern in self._patterns}
        special = sorted(openings | besides | {word for word in self.words if word in self._checked})
        plain = set(self.words).difference(special)
        self._finder = Finder((*sorted(plain), *special), quick=quick)
        self._plain_until = len(plain)
        self._special = [self._as_special(string, besides) for string in special]

    @property
    def plain(self) -> tuple[str, ...]:
        """All but the patterns and what has a space in it: what text may be cut by."""
        return tuple(word for word in self.words if len(word) > 1 and " " not in word)

    def find(self, text: str, bounds: bytearray) -> Found:
        """Every word and pattern in *text*; *bounds* marks where its words begin and end."""
        ends, likely, also = self._ends(text)
        hits = _longest(text, ends, bounds)
        gapped = [(name, match) for name in likely for match in self._checked[name].finditer(text)]
        if not gapped:
            return Found(hits, also)
        words = Spans((start, end) for _, start, end in hits)
        gapped = _apart((name, match) for name, match in gapped if not words.hold(*match.span()))
        parts = Spans(match.span(number + 1) for _, match in gapped for number in range(len(match.groups())))
        hits = [hit for hit in hits if not parts.hold(hit.start, hit.end)]
        return Found(hits + [Hit(name, *match.span()) for name, match in gapped], also)

    def _ends(self, text: str) -> tuple[dict[int, int], list[str], list[Hit]]:
        """Where the longest word from each start ends, the patterns whose first part is there, and what is besides."""
        ends: dict[int, int] = {}
        likely: set[int] = set()
        also: list[Hit] = []
        until = self._plain_until
        for number, start, end in self._finder.places(text):
            if number < until:
                ends[start] = end
                continue
            string, word, whole, patterns, asked = self._special[number - until]
            if word and (whole is None or whole.match(text, start)):
                ends[start] = end
            if patterns:
                likely.update(patterns)
            if asked:
                also.append(_new(Hit, (string, start, end)))
        held = sorted(number for number in likely if all(part in text for part in self._others[number]))
        return ends, [self._patterns[number] for number in held], also

    def _as_special(self, string: str, also: Container[str]) -> Special:
        patterns = tuple(number for number, pattern in enumerate(self._patterns) if opening(pattern) == string)
        return Special(string, string in self.words, self._checked.get(string), patterns, string in also)


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


def _longest(text: str, ends: Mapping[int, int], bounds: bytearray) -> list[Hit]:
    """The words that lie in no earlier one and do not straddle two words of the language."""
    reached = 0
    hits = []
    for start in sorted(ends):
        end = ends[start]
        if end > reached and (bounds[start] or bounds[end] or bounds.find(1, start, end) < 0):
            reached = end
            hits.append(_new(Hit, (text[start:end], start, end)))
    return hits


def strengths(
    hits: Iterable[Hit], text: str, *, head: int = 0, subject: int = 0, weight: float = 1.0
) -> dict[str, float]:
    """How strongly each word is said: 1 for once, then less each time; more within the first *head* characters.

    What is denied does not count, what only tells where counts little, what is asked for and what is precise count
    more. The first *subject* characters are a subject: words are counted there apart, and say *weight* times as much.
    """
    wished = _marked(text, WISHES, subject)
    polite = Spans(match.span() for match in POLITE.finditer(text)) if ASKING.search(text) else None
    denied = DENIAL.search(text) is not None
    home = Spans(match.span() for match in HOME.finditer(text)) if "住" in text or "家在" in text else None
    beside = BESIDE.match
    detail: dict[str, float] = {}
    headed: dict[str, float] = {}
    bonus: dict[str, float] = {}
    for hit in hits:
        word, start, end = hit
        if (denied and _negated(text, hit)) or (polite and polite.hold(start, end)):
            continue
        placed = (text[end : end + 1] in BESIDE_BEGINS and beside(text, end)) or (home and home.hold(start, end))
        counts = PLACE if placed else 1.0
        said = headed if start < subject else detail
        said[word] = said.get(word, 0.0) + counts
        more = HEAD if start < head else WISH if wished[start] and wished[end - 1] else 0.0
        if more:
            bonus[word] = max(bonus.get(word, 0.0), more * counts)
    strong = {word: _often(count) + bonus.get(word, 0.0) for word, count in detail.items()}
    for word, count in headed.items():
        strong[word] = strong.get(word, 0.0) + weight * _often(count)
    return {word: strength * precise(word) for word, strength in strong.items()}


def _marked(text: str, pattern: re.Pattern[str], start: int) -> bytearray:
    """Mark with 1 each character of *text* that lies in a match of *pattern* from *start* on."""
    marks = bytearray(len(text))
    for match in pattern.finditer(text, start):
        begin, end = match.span()
        marks[begin:end] = b"\1" * (end - begin)
    return marks


def _often(count: float) -> float:
    """What it says to be said so often."""
    return 1.0 + AGAIN * log(count) if count > 1 else count


def precise(word: str) -> float:
    """How much a word of this length says: 拖欠工资 more than 工资."""
    return 1.0 + PRECISE * (min(len(word) - word.count("*"), WHOLE) - 2)


def _negated(text: str, hit: Hit) -> bool:
    before = NOT_ABOUT.search(text[max(0, hit.start - 10) : hit.start])
    return before is not None and not RHETORICAL.match(text, hit.end)
