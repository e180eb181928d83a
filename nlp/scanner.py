"""Patterns found in a text without trying each of them at each place.

At a place only those are tried that can begin with the character that stands
there; the result is that of one regular expression with all of them as
alternatives, in their order, only many times sooner. Which characters a
pattern can begin with is read from the pattern. What the patterns mean is the
caller's business.
"""

from __future__ import annotations

import re
from itertools import compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Found = re.Match[str]

DIGITS = frozenset("0123456789")
NUMERALS = frozenset("三四五六七八九")
BLANKS = frozenset(" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000") | frozenset(
    map(chr, range(0x2000, 0x200B))
)
ALIKE = (frozenset("3456789"), NUMERALS)
"""Characters that begin nearly the same patterns; they are given the same, which so are made but once."""

CLASSES = {"\\d": DIGITS, "\\s": BLANKS}
WRITTEN = {"\\n": "\n", "\\t": "\t", "\\r": "\r"}

ATOM = re.compile(
    r"(?P<zero>\(\?(?:[=!]|<[=!])|[\^$]|\\[bB])|(?P<group>\((?:\?:|\?P<\w+>|\?i:)?)|(?P<set>\[\^?\]?(?:\\.|[^\\\]])*\])|(?P<one>\\.|.)",
    re.DOTALL,
)
MEMBER = re.compile(r"(?P<first>\\.|[^\\])-(?P<last>\\.|[^\\])|(?P<one>\\.|[^\\])", re.DOTALL)
TIMES = re.compile(r"(?:(?P<maybe>[?*]|\{0?,\d*\}|\{0\})|\+|\{\d+(?:,\d*)?\})[?+]?")


class TooOpen(ValueError):
    """A pattern may begin with nearly anything, so that its first character tells nothing."""

    def __init__(self, pattern: str) -> None:
        super().__init__(f"the pattern {pattern!r} does not say what it begins with")


class Scanner:
    r"""Finds the first of named patterns in texts; a match's ``lastgroup`` is the pattern's name.

    No pattern may match nothing, nor begin with anything but characters, classes of them, ``\d`` (0 to 9)
    and ``\s``. Raises: TooOpen.
    """

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._begins: dict[str, dict[str, list[str]]] = {}  # a character -> name -> the patterns that it may begin
        for name, pattern in rows:
            for one in alternatives(pattern):
                for character in _with_alike(openings(one)):
                    self._begins.setdefault(character, {}).setdefault(name, []).append(one)
        self._tries: dict[str, Callable[[str, int, int], Found | None]] = {}
        self._apart: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        self._made: dict[str, re.Pattern[str]] = {}

    def over(self, text: str, start: int = 0, end: int | None = None) -> Callable[[int], Found | None]:
        """What finds the first match from an offset on; it may only be asked for one beyond the match before.

        As with a pattern's own methods, what stands before *start* may be looked at, what stands from *end* on not.
        """
        stop = len(text) if end is None else end
        part, tries = text[start:stop], self._tries
        places = compress(enumerate(part, start), map(self._begins.__contains__, part))

        def first(at: int) -> Found | None:
            for place, character in places:
                if place >= at:
                    match = tries.get(character) or self._compiled(character)
                    if found := match(text, place, stop):
                        return found
            return None

        return first

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Found]:
        """Every match, from left to right, without overlap."""
        first, at = self.over(text, start, end), start
        while found := first(at):
            yield found
            at = found.end()

    def search(self, text: str, start: int = 0, end: int | None = None) -> Found | None:
        """The first match."""
        return self.over(text, start, end)(start)

    def held(self, text: str) -> set[str]:
        """The names of the patterns that *text* holds."""
        found: set[str] = set()
        for place, character in compress(enumerate(text), map(self._begins.__contains__, text)):
            for name, pattern in self._apart.get(character) or self._each(character):
                if name not in found and pattern.match(text, place):
                    found.add(name)
        return found

    def every(self, text: str) -> dict[str, list[Found]]:
        """By name what each pattern finds by itself: what one finds does not hide what another does."""
        found: dict[str, list[Found]] = {}
        for place, character in compress(enumerate(text), map(self._begins.__contains__, text)):
            for name, pattern in self._apart.get(character) or self._each(character):
                if match := pattern.match(text, place):
                    so_far = found.setdefault(name, [])
                    if not so_far or so_far[-1].end() <= place:
                        so_far.append(match)
        return found

    def sub(self, other: Callable[[Found], str], text: str) -> str:
        """*text* with something else for each match."""
        pieces, at = [], 0
        for found in self.finditer(text):
            pieces += [text[at : found.start()], other(found)]
            at = found.end()
        return "".join((*pieces, text[at:])) if pieces else text

    def _compiled(self, character: str) -> Callable[[str, int, int], Found | None]:
        """Made when it is first needed: most characters are not met for long."""
        whole = "|".join(f"(?P<{name}>{'|'.join(some)})" for name, some in self._begins[character].items())
        match = self._tries[character] = self._pattern(whole).match
        return match

    def _each(self, character: str) -> list[tuple[str, re.Pattern[str]]]:
        """Those that *character* may begin, by name; two characters that begin the same of one share what is made."""
        each = self._apart[character] = []
        for name, some in self._begins[character].items():
            each.append((name, self._pattern("|".join(some))))
        return each

    def _pattern(self, whole: str) -> re.Pattern[str]:
        return self._made.get(whole) or self._made.setdefault(whole, re.compile(whole))


def alternatives(pattern: str) -> list[str]:
    """The patterns that ``|`` parts at the top level of *pattern*."""
    found, depth, begin = [], 0, 0
    for atom in ATOM.finditer(pattern):
        if atom["group"] or (atom["zero"] or "").startswith("("):
            depth += 1
        elif atom[0] == ")":
            depth -= 1
        elif atom[0] == "|" and depth == 0:
            found.append(pattern[begin : atom.start()])
            begin = atom.end()
    return [*found, pattern[begin:]]


def openings(pattern: str) -> frozenset[str]:
    """The characters that a match of *pattern* can begin with; some of them may be ruled out by what is looked at."""
    every: frozenset[str] = frozenset()
    for one in alternatives(pattern):
        begins, empty = _begins(one)
        if empty:
            raise TooOpen(pattern)
        every |= begins
    return every


def _with_alike(characters: frozenset[str]) -> frozenset[str]:
    return characters.union(*(alike for alike in ALIKE if not alike.isdisjoint(characters)))


def _begins(pattern: str) -> tuple[frozenset[str], bool]:
    """The characters that one alternative can begin with, and whether it can match nothing."""
    begins: frozenset[str] = frozenset()
    at = 0
    while at < len(pattern):
        atom = ATOM.match(pattern, at)
        if atom is None:
            raise TooOpen(pattern)
        end, some, empty = _atom(pattern, atom)
        times = TIMES.match(pattern, end)
        at = times.end() if times else end
        begins |= some
        if not (empty or (times and times["maybe"])):
            return begins, False
    return begins, True


def _atom(pattern: str, atom: Found) -> tuple[int, frozenset[str], bool]:
    """Where an atom ends, what it can begin with, and whether it can match nothing."""
    if atom["zero"]:
        return _closed(pattern, atom.end()) if atom[0].startswith("(") else atom.end(), frozenset(), True
    if atom["group"]:
        end = _closed(pattern, atom.end())
        parts = [_begins(one) for one in alternatives(pattern[atom.end() : end - 1])]
        some: frozenset[str] = frozenset().union(*(begins for begins, _ in parts))
        if "i" in atom["group"]:
            some |= {other for one in some for other in (one.lower(), one.upper())}
        return end, some, any(empty for _, empty in parts)
    if atom[0] == ".":
        raise TooOpen(pattern)
    return atom.end(), _set(pattern, atom[0]) if atom["set"] else _one(pattern, atom[0]), False


def _closed(pattern: str, at: int) -> int:
    """Where the group ends whose inside begins at *at*."""
    depth = 1
    for atom in ATOM.finditer(pattern, at):
        if atom["group"] or (atom["zero"] or "").startswith("("):
            depth += 1
        elif atom[0] == ")":
            depth -= 1
        if depth == 0:
            return atom.end()
    raise TooOpen(pattern)


def _set(pattern: str, written: str) -> frozenset[str]:
    if written[1] == "^":
        raise TooOpen(pattern)
    every: frozenset[str] = frozenset()
    for member in MEMBER.finditer(written[1:-1]):
        if member["one"]:
            every |= _one(pattern, member[0])
        else:
            (first,), (last,) = _one(pattern, member["first"]), _one(pattern, member["last"])
            every |= frozenset(map(chr, range(ord(first), ord(last) + 1)))
    return every


def _one(pattern: str, written: str) -> frozenset[str]:
    if written in CLASSES:
        return CLASSES[written]
    if len(written) > 1 and written[1].isalpha() and written not in WRITTEN:
        raise TooOpen(pattern)
    return frozenset(WRITTEN.get(written) or written[-1])
