"""A letter as weighted terms, apart for what it is about and for where: the ground of likeness and of hot topics.

A term is a pair of neighbouring 汉字, a Latin word, or a short number with
what it counts (58车, 7号). Pairs need no dictionary, so estates and firms
that none knows weigh as rightly as common words do. Greetings, forms of
address and the words every petition is made of are no terms.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import fsum, log, sqrt
from typing import TYPE_CHECKING

from nlp.segment import frequency, normal
from nlp.where import places as where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

READ = 600
"""Characters of a letter's text that are compared; what comes later rarely tells another matter."""

SUBJECT = 2.0
"""How much more a term of the subject says."""

PLACES = 3
"""Places of the text that tell where it happened, the most exact ones; those of the subject all count."""

PRIOR = 100.0
"""Letters' worth of common language that stand behind a collection's own counts, so that a small one has rarities too."""

UNKNOWN = 0.004
"""In what share of letters a pair that is no word of the language may be expected."""

WORDS_OF_A_LETTER = 120
NAMED = ("compound", "road", "village", "street")
KINDS_ONLY = frozenset({"poi", "floor"})
"""搅拌站, 学校: what a letter is about as often as where it happened."""

FORMULA = re.compile(
    r"(?:尊敬|敬爱|亲爱)的|各?位?(?:领导|书记|市长|县长|区长|省长|局长|厅长|主任)[们好]*|(?:您|你|大家)们?好|谢谢|感谢|多谢|辛苦|麻烦|打扰|百忙之中|抽空"
    r"|此致|敬礼|盼复|急盼|期盼|恳请|恳求|请求|请问|请教|咨询|询问|反映|反应|投诉|举报|建议|求助|诉求|呼吁|强烈|坚决|再次|多次|希望|盼望|期待|要求|关于|关注"
    r"|督促|重视|进一步|加快|加大|加强|步伐|力度|刻不容缓|尽快|尽早|及时|早日|什么时候|何时|为什么|为何|怎么|如何|能否|可否|是否|可以|合理|合法|究竟|到底"
    r"|问题|情况|事情|相关|有关|部门|政府|单位|解决|处理|回复|答复|给予|一个|我们|你们|他们|我是|本人|一名|市民|百姓|居民|业主|群众|现在|目前|至今|一直|每天|非常|严重|影响"
    r"|有何|具体|行动|大?背景|市委|省委|大力|打造|推进|推动|落实|措施|建设|发展|战略|全面|作用|工作|不作为|置之不理|天理何在|强烈要求|给个说法"
    r"|\b(?:dear|hello|please|thanks?|thank you|regards|the|and|for|with|that|this|there|have|has|are|was|were|not|you|our|your|from|they)\b",
    re.IGNORECASE,
)
"""Said in any letter, whatever it is about."""

CODE = re.compile(r"[A-Z]\d{0,2}(?:市|县|区|州)")
"""A place whose name was withheld when the letters were made public."""

TERM = re.compile(r"[\u4e00-\u9fff]+|[A-Za-z]{3,}|(?<![\d.])[A-Za-z]?\d{1,3}(?=[\u4e00-\u9fff])")
DATED = re.compile(
    r"\d{2,4}年(?:\d{1,2}月)?(?:\d{1,2}[日号])?|\d{1,2}月(?:\d{1,2}[日号])?|\d{1,2}[日点时分]|\d+(?:\.\d+)?[多余]?(?:个?月|天|年|万|元|块|户|人|米|平|次|期|栋|岁)"
)
GENERIC_END = re.compile(r"(?:居民区|住宅区|小区|社区|楼盘|街道|项目)$")
LEAST_NAME, LONGEST_NAME = 3, 12
LEAST_OWN = 5
"""Characters of a public place that has a name of its own."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter tells: counts by term, the subject's raised; ``place`` is empty where none is named."""

    whole: Mapping[str, float]
    matter: Mapping[str, float]  # what stands outside of the names of places
    place: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter made ready: its two texts in their normal form, and the places that stand in them."""

    subject: str
    text: str
    spots: tuple[tuple[str, ...], tuple[str, ...]]  # the names in the subject, in the text
    spans: tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]


def prepare(text: str, subject: str = "", *, place: str = "") -> Letter:
    """Make a letter ready. *place*, told apart from the text, counts as said in the subject."""
    head, plain = normal(f"{subject[:READ]}\n{place[:READ]}"), normal(text.strip()[:READ])
    named_head, spans_head = _places(head, len(head))
    if place and (own := _own_name(head, head.rfind("\n") + 1)) is not None:
        named_head, spans_head = (*named_head, own[0]), (*spans_head, own[1])
    named, spans = _places(plain, PLACES)
    return Letter(head, plain, (named_head, named), (spans_head, spans))


def _own_name(head: str, begins: int) -> tuple[str, tuple[int, int]] | None:
    """What a place that was asked for is called where no road or estate is told: 滨河生活广场, but not 学校."""
    found = where.find(head[begins:])
    if any(kind in NAMED for place, _, _ in found for kind in place.pieces):
        return None
    name = next((place.pieces["poi"] for place, _, _ in found if "poi" in place.pieces), "")
    start = head.find(name, begins)
    return (name, (start, start + len(name))) if start >= 0 and len(name) >= LEAST_OWN else None


def _places(text: str, most: int) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    found = where.find(text)
    names = [
        CODE.sub("", piece) for place, _, _ in found[:most] for kind, piece in place.pieces.items() if kind in NAMED
    ]
    spans = tuple((start, end) for place, start, end in found if not place.pieces.keys() <= KINDS_ONLY)
    return tuple(name for name in names if len(name) > 1), spans


def core(name: str) -> str:
    """A place's name without what kind it is: 幸福里小区 and 幸福里 are one."""
    return GENERIC_END.sub("", name)


class Names:
    """The names of places that letters tell, to be found where the grammar alone does not see them.

    One letter says "幸福里小区 3 栋", the next "幸福里商铺": what is a name in two letters is one in all.
    """

    def __init__(self, letters: Iterable[Letter]) -> None:
        told: Counter[str] = Counter()
        for letter in letters:
            told.update({core(name) for names in letter.spots for name in names})
        self._by_start: dict[str, list[str]] = {}
        for name, count in sorted(told.items(), key=lambda item: (-len(item[0]), item[0])):
            if count > 1 and LEAST_NAME <= len(name) <= LONGEST_NAME:
                self._by_start.setdefault(name[:2], []).append(name)

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The names in *text*, the longest at each place, with their offsets."""
        reached = 0
        for start in range(len(text) - 1):
            if start < reached:
                continue
            for name in self._by_start.get(text[start : start + 2], ()):
                if text.startswith(name, start):
                    reached = start + len(name)
                    yield name, start, reached
                    break


NO_NAMES = Names(())


def tell(letter: Letter, names: Names = NO_NAMES) -> Told:
    """The letter's terms; *names* are those of the collection it belongs to."""
    whole: dict[str, float] = {}
    matter: dict[str, float] = {}
    place: dict[str, float] = {}
    for text, spots, spans, strength in zip(
        (letter.text, letter.subject),
        (letter.spots[1], letter.spots[0]),
        reversed(letter.spans),
        (1.0, SUBJECT),
        strict=True,
    ):
        known = list(names.find(text))
        for name in (*spots, *(name for name, _, _ in known)):
            for term in terms(core(name)):
                place[term] = max(place.get(term, 0.0), strength)
        _add(whole, _plain(text), strength)
        _add(matter, _plain(_without(text, (*spans, *((start, end) for _, start, end in known)))), strength)
    return Told(_damped(whole), _damped(matter), place)


def terms(text: str) -> Iterator[str]:
    """The terms of *text* in order."""
    for match in TERM.finditer(text):
        run, end = match[0], match.end()
        if "\u4e00" <= run[0] <= "\u9fff":
            for at in range(len(run) - 1):
                yield run[at : at + 2]
        elif run[-1].isdigit():
            yield run.lower() + text[end]
        else:
            yield run.lower()


def _plain(text: str) -> str:
    return FORMULA.sub(" ", DATED.sub(" ", CODE.sub(" ", text)))


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _add(counts: dict[str, float], text: str, strength: float) -> None:
    for term in terms(text):
        counts[term] = counts.get(term, 0.0) + strength


def _damped(counts: Mapping[str, float]) -> dict[str, float]:
    """A term said ten times says little more than one said three times."""
    return {term: 1.0 + log(count) for term, count in counts.items()}


class Rarity:
    """How much each term tells two letters apart, from how many letters of a collection hold it."""

    def __init__(self, collection: Iterable[Told] = ()) -> None:
        held: Counter[str] = Counter()
        self.letters = 0
        for told in collection:
            self.letters += 1
            held.update(told.whole.keys() | told.place.keys())
        self._held = held
        self._weights: dict[str, float] = {}

    def weight(self, term: str) -> float:
        """The logarithm of one in how many letters hold it, common language counted in."""
        known = self._weights.get(term)
        if known is None:
            common = min(0.5, _share(term))
            known = log((self.letters + PRIOR) / (self._held[term] + 0.5 + PRIOR * common))
            self._weights[term] = known = max(known, 0.01)
        return known

    def vector(self, counts: Mapping[str, float]) -> dict[str, float]:
        """*counts* by rarity, of length 1; empty where there are none."""
        weighed = {term: count * self.weight(term) for term, count in counts.items()}
        length = sqrt(sum(value * value for value in weighed.values())) or 1.0
        return {term: value / length for term, value in weighed.items()}


def _share(term: str) -> float:
    """In what share of letters common language leads to expect *term*."""
    count = frequency(term)
    return WORDS_OF_A_LETTER * count / 6e7 if count else UNKNOWN


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The likeness of two vectors of length 1: 0 where they share no term, 1 where they are the same."""
    if len(other) < len(one):
        one, other = other, one
    return fsum(value * other[term] for term, value in one.items() if term in other)  # exact: in any order the same


def ramp(value: float, full: float, least: float) -> float:
    """A factor that grows from *least* at 0 to 1 at *full*."""
    return least + (1.0 - least) * min(1.0, max(0.0, value) / full)
