"""Cutting Chinese text into words, and the normal form that everything else reads.

The only importer of jieba, and of rjieba (the extra ``fast``), which cuts the
same some fifteen times faster where it is installed. It never touches jieba's shared tokenizer nor its
predictable file in the shared temp folder: the dictionary is read here, once a
process, and each segmenter lays its own words over it.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
import threading
import warnings
from collections import ChainMap
from contextlib import suppress
from itertools import accumulate
from math import log
from typing import TYPE_CHECKING

import opencc

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # jieba 0.42.1 holds old escapes and asks for pkg_resources
    import jieba

try:
    import rjieba
except ImportError:
    rjieba = None  # type: ignore[assignment] # the extra is not installed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

UNDERSTOOD = 4000
"""Characters of a message that are understood; the rest is kept, not read (architecture, decision 5)."""

WIDTHS = {0x3000: " "} | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
LONE = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
"""Half of a surrogate pair is no character; the converter refuses it."""

STRANGE, PLAIN = re.compile("[\u3000\uff01-\uff5e\ud800-\udfff]+"), WIDTHS | LONE
"""Runs of both, and what they become: translating them alone is ten times quicker than the whole text."""

USUAL = tuple((one, chr(ord(one) - 0xFEE0)) for one in "，：；？！（）")
"""The marks that every letter has: replaced one after the other they take a third of the time."""

LONGEST_PART, NEAR = 500, 50
STOP = re.compile(r"[,。!?;:、\s]")

QUICK_FROM = 5000
"""Characters after which rjieba is used: it takes 0.1 s and 15 MB to build, for one message too much."""

REPEATED = re.compile(r"([\u4e00-\u9fd5])\1\1")
"""好好好 can be cut in two ways that are exactly as likely; jieba and rjieba choose differently.

Not so 000: no such word is in the dictionary. One's own may be one.
"""

_TO_SIMPLIFIED = opencc.OpenCC("t2s")
_CACHE_NAME = f"jieba-0.42.1-{sys.implementation.cache_tag}.marshal"


def normal(text: str) -> str:
    """Full-width to half-width, traditional to simplified; character n stays character n."""
    plain = text
    for wide, narrow in USUAL:
        plain = plain.replace(wide, narrow)
    plain = STRANGE.sub(lambda run: run[0].translate(PLAIN), plain)
    simple = str(_TO_SIMPLIFIED.convert(plain))
    if len(simple) == len(plain):
        return simple
    return "".join(one if len(one := str(_TO_SIMPLIFIED.convert(char))) == 1 else char for char in plain)


def _parts(text: str) -> Iterator[str]:
    """Pieces that jieba may be given: its time grows with the square of a run without punctuation."""
    start = 0
    while len(text) - start > LONGEST_PART:
        end = _last_stop(text, start + LONGEST_PART - NEAR, start + LONGEST_PART)
        end = end or _last_stop(text, start, start + LONGEST_PART) or start + LONGEST_PART
        yield text[start:end]
        start = end
    yield text[start:]


def _last_stop(text: str, start: int, end: int) -> int:
    """Where the last punctuation between ends; 0 where there is none."""
    return max((match.end() for match in STOP.finditer(text, start, end)), default=0)


class Dictionary:
    """jieba's words with their frequencies: read at first use, then shared and never changed.

    ``folder``, when given before that, keeps a form that loads three times
    faster (0.18 s against 0.55 s). It must be private to the process's user.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._loaded: tuple[dict[str, int], int] | None = None

    def words(self) -> tuple[dict[str, int], int]:
        """Each word's frequency (0 for the mere beginning of a word), and their sum."""
        with self._lock:
            if self._loaded is None:
                self._loaded = self._kept() or self._read()
            return self._loaded

    def _read(self) -> tuple[dict[str, int], int]:
        reader = jieba.Tokenizer()
        source = reader.get_dict_file()
        try:
            loaded: tuple[dict[str, int], int] = reader.gen_pfdict(source)
        finally:
            source.close()
        self._keep(loaded)
        return loaded

    def _kept(self) -> tuple[dict[str, int], int] | None:
        if self.folder is None:
            return None
        try:
            frequencies, total = marshal.loads((self.folder / _CACHE_NAME).read_bytes())  # noqa: S302 our own file
        except (OSError, ValueError, EOFError, TypeError):
            return None  # missing or broken: read the dictionary itself
        return frequencies, total

    def _keep(self, loaded: tuple[dict[str, int], int]) -> None:
        if self.folder is None:
            return
        fresh = self.folder / f".{_CACHE_NAME}.{os.getpid()}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh.write_bytes(marshal.dumps(loaded))
            fresh.replace(self.folder / _CACHE_NAME)
        except OSError:  # a full or read-only disk costs half a second at each start, no more
            with suppress(OSError):
                fresh.unlink()


DICTIONARY = Dictionary()


def prepare(folder: Path) -> None:
    """Load the dictionary now, from *folder* where it was kept there, keeping it there where not.

    For the composition root; without it the first text takes half a second longer.
    """
    DICTIONARY.folder = folder
    DICTIONARY.words()


def frequency(word: str) -> int:
    """How common *word* is in the dictionary; 0 for what is no word."""
    return DICTIONARY.words()[0].get(word, 0)


COMMON = frozenset("n v vn a an i j l b".split())
"""The dictionary's tags of nouns, verbs, adjectives and set phrases that are nobody's and no place's name."""


def common_words() -> frozenset[str]:
    """The dictionary's words that are no proper name, number, time or particle. Reads it anew: half a second."""
    source = jieba.Tokenizer().get_dict_file()
    try:
        rows = (line.decode("utf-8").split() for line in source)
        return frozenset(row[0] for row in rows if len(row) == 3 and row[2] in COMMON)
    finally:
        source.close()


class _Layered(jieba.Tokenizer):  # type: ignore[misc]
    """A tokenizer whose own words lie over a dictionary it shares with others.

    A copy for each institution would cost 15 MB and more each.
    """

    def __init__(self, shared: dict[str, int], total: int) -> None:
        super().__init__()
        self._shared = shared
        self._own: dict[str, int] = {}
        self.FREQ = ChainMap(self._own, shared)  # add_word writes to the first
        self.total = total
        self.initialized = True  # keeps jieba from reading, caching and logging by itself

    def words(self, text: str) -> list[str]:
        """Cut with the dictionaries alone."""
        return list(self.cut(text, HMM=False))

    def quick_cutter(self) -> Callable[[str], list[str]]:
        """Cut as ``words`` does, with the same dictionary and the same own words in rjieba."""
        quick = rjieba.Jieba()
        for word, known in self._own.items():
            if known:  # 0: the mere beginning of a word
                quick.add_word(word, known, None)
        unclear = (
            re.compile(r"(.)\1\1")
            if any(known and len(set(word)) == 1 for word, known in self._own.items())
            else REPEATED
        )

        def cut(text: str) -> list[str]:
            return self.words(text) if unclear.search(text) else quick.cut(text, hmm=False)

        return cut

    def get_DAG(self, sentence: str) -> dict[int, list[int]]:  # noqa: N802 jieba's name
        """Nothing: ``calc`` looks the words up itself, in one pass with choosing among them."""
        return {}

    def calc(self, sentence: str, DAG: object, route: dict[int, tuple[float, int]]) -> None:  # noqa: N803
        """Fill *route* with the likeliest way to the end from each character, as jieba's own does."""
        shared, own, length, total = self._shared, self._own, len(sentence), log(self.total)
        route[length] = (0.0, 0)
        for start in range(length - 1, -1, -1):
            best, last, stop = None, start, start + 1
            piece = sentence[start]
            while True:
                known = own.get(piece) if piece in own else shared.get(piece)
                if known is None:
                    break
                if known:
                    ways = (log(known) - total + route[stop][0], stop - 1)
                    if best is None or ways > (best, last):
                        best, last = ways
                stop += 1
                if stop > length:
                    break
                piece = sentence[start:stop]
            route[start] = (route[start + 1][0] - total, start) if best is None else (best, last)


class Segmenter:
    """Cuts text with jieba's dictionary and *words* of one's own. Reads the dictionary at first use.

    Words are those of the dictionaries only: jieba's guesses at unknown words
    cost a third of its time and made no proposal better (docs/measurements.md).
    ``quick=False`` keeps from using rjieba where it is installed.
    """

    def __init__(self, words: Iterable[str] = (), *, quick: bool = True) -> None:
        self._words = tuple(words)
        self._quick = quick and rjieba is not None
        self._lock = threading.Lock()
        self._tokenizer: _Layered | None = None
        self._cutter: Callable[[str], list[str]] | None = None
        self._read = 0

    def cut(self, text: str) -> list[str]:
        """Give the words of *text* in order; joined they are *text* again. Linear in its length."""
        cutter = self._ready(len(text))
        if len(text) <= LONGEST_PART:
            return cutter(text)
        return [word for part in _parts(text) for word in cutter(part)]

    def bounds(self, text: str) -> bytearray:
        """Mark with 1 each offset where a word of *text* begins or ends; one longer than *text*."""
        marks = bytearray(len(text) + 1)
        marks[0] = 1
        for at in accumulate(map(len, self.cut(text))):
            marks[at] = 1
        return marks

    def _ready(self, more: int) -> Callable[[str], list[str]]:
        """What cuts; the quick way once it has paid to build it."""
        with self._lock:
            self._read += more
            if self._tokenizer is None:
                self._tokenizer = self._build()
            if self._quick and self._read > QUICK_FROM:
                self._cutter, self._quick = self._tokenizer.quick_cutter(), False
            return self._cutter or self._tokenizer.words

    def _build(self) -> _Layered:
        shared, total = DICTIONARY.words()
        tokenizer = _Layered(shared, total)
        for word in self._words:
            if len(word) > 1 and not shared.get(word):
                tokenizer.add_word(word)
        return tokenizer
