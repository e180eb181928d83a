"""Words learnt at work: what handlers' corrections say about the words of each category.

Pure. A labelled example is the text of a case with the category that it had in
the end. What is learnt are single words of the dictionary with small weights,
never a sentence, a name, a number or a place. Whether they may be used is for
``nlp.category.verdict`` to say, on cases that nothing was learnt from; who keeps them,
and since when they are used, is the backend's affair.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from typing import TYPE_CHECKING

from institutions.taught import own_words, taught
from nlp.category.classify import Classifier
from nlp.segment import UNDERSTOOD, Segmenter, common_words, normal
from nlp.where import gazetteer
from nlp.where import places as where
from nlp.who import people as who

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from institutions.model import Institution

MOST = 200
"""Words of one institution: so many a person can still look through."""

SUPPORT = 3
"""Different citizens in whose corrected cases a word stands, before it is worth a thought."""

OTHERS = 20
"""Citizens with cases of other categories, without whom nobody can say what a word is worth."""

TIMES, SURE = log(3), 3.0
"""A word stands at least three times as likely in its category, by at least three standard errors: thousands of words are looked at."""

PART, LIGHTEST, HEAVIEST = 0.6, 0.5, 2.5
"""The weight is this part of the log-odds, within bounds: words that a person wrote weigh 1 to 3."""

HARM = 5
"""A word that turns one right proposal wrong must put more than so many wrong ones right."""

ROUNDS = 4

LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
CHINESE = re.compile(r"[\u4e00-\u9fff]{2,6}")
GENERAL = frozenset(
    "问题 情况 投诉 举报 反映 咨询 建议 希望 要求 解决 处理 领导 部门 相关 有关 政府 市长 书记 市民 居民 群众 百姓 单位 工作 人员 工作人员 电话 回复 答复 "
    "谢谢 感谢 帮助 帮忙 联系 拨打 严重 影响 一直 多次 长期 附近 地方 时间 需要 进行 没有 是否 能够 知道 请问".split()
)
"""Said in complaints of every kind; that they gather in one category is chance."""


@dataclass(frozen=True, slots=True)
class Example:
    """A case whose category somebody has settled."""

    number: str  # the case's
    person: str  # who told it: the same citizen counts once
    text: str
    category: str  # id
    corrected: bool  # a handler gave it another category than was proposed
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Learned:
    """A word that speaks for a category, and what says so. Shares are from 0 to 1."""

    category: str  # id
    word: str
    weight: float
    support: int  # different citizens in whose corrected cases it stands
    inside: float  # of the citizens with cases of this category, how many said it
    outside: float  # of those with cases of others


@dataclass(frozen=True, slots=True)
class Told:
    """What one citizen's cases of one category say."""

    category: str
    words: frozenset[str]
    corrected: frozenset[str]  # of them, those in corrected cases


def propose_words(
    examples: Iterable[Example], classifier: Classifier, *, barred: Collection[tuple[str, str]] = ()
) -> tuple[Learned, ...]:
    """Propose words for the categories of the classifier's institution, by category and word.

    The order of *examples* does not matter. No corrections: no words. A word
    must stand in corrected cases of three citizens, be clearly commoner in its
    category than elsewhere, and do hardly any harm among the examples
    themselves. *barred*: (category id, word) that a person took back.
    """
    institution = classifier.institution
    known = {category.id for category in institution.categories}
    sound = sorted((e for e in examples if e.category in known), key=lambda example: (example.number, example.text))
    if not any(example.corrected for example in sound):
        return ()
    reader = Reader(institution)
    read = [(example, reader.words(example)) for example in sound]
    found = _marking(_told(read), institution, frozenset(barred))
    strongest = sorted(found, key=lambda pair: (-pair[0], pair[1].category, pair[1].word))[:MOST]
    harmless = _harmless([learned for _, learned in strongest], read, classifier)
    return tuple(sorted(harmless, key=lambda learned: (learned.category, learned.word)))


class Reader:
    """Finds the words of a text that may be learnt."""

    def __init__(self, institution: Institution) -> None:
        own = {word for category in institution.categories for word in own_words(category) if CHINESE.fullmatch(word)}
        self._places, self._city = gazetteer.of(institution), institution.city
        self._segmenter = Segmenter(own)
        self._allowed = (_common() | own) - GENERAL

    def words(self, example: Example) -> frozenset[str]:
        """The dictionary's common words, and the institution's own, outside names of people and places."""
        plain = normal(f"{example.subject}\n{example.text[:UNDERSTOOD]}").translate(LOWER)
        for start, end in self._names(plain):
            plain = plain[:start] + "," * (end - start) + plain[end:]
        said = set(self._segmenter.cut(plain))
        return frozenset(word for word in said & self._allowed if CHINESE.fullmatch(word))

    def _names(self, plain: str) -> Iterator[tuple[int, int]]:
        """Where people and places are named: 阳光小区 would give away 阳光."""
        if name := who.find_name(plain):
            yield name.start, name.end
        yield from ((start, end) for _, start, end in where.find(plain, self._places, city=self._city))


@cache
def _common() -> frozenset[str]:
    return common_words()


def _told(read: Iterable[tuple[Example, frozenset[str]]]) -> list[Told]:
    words: dict[tuple[str, str], set[str]] = {}
    corrected: dict[tuple[str, str], set[str]] = {}
    for example, said in read:
        key = (example.person, example.category)
        words.setdefault(key, set()).update(said)
        corrected.setdefault(key, set()).update(said if example.corrected else ())
    return [Told(key[1], frozenset(said), frozenset(corrected[key])) for key, said in words.items()]


def _marking(
    told: Sequence[Told], institution: Institution, barred: frozenset[tuple[str, str]]
) -> Iterator[tuple[float, Learned]]:
    """The words that mark a category, each with how sure that is."""
    people = Counter(one.category for one in told)
    said = Counter((one.category, word) for one in told for word in one.words)
    everywhere = Counter(word for one in told for word in one.words)
    support = Counter((one.category, word) for one in told for word in one.corrected)
    own = {category.id: frozenset(own_words(category)) for category in institution.categories}
    for (category, word), supporters in support.items():
        if supporters < SUPPORT or (category, word) in barred or _says_nothing_new(word, own[category]):
            continue
        inside, outside = said[category, word], everywhere[word] - said[category, word]
        among, others = people[category], people.total() - people[category]
        if others < OTHERS:
            continue
        odds, sure = (measure(inside, among, outside, others) for measure in (_log_odds, _sureness))
        if odds >= TIMES and sure >= SURE:
            weight = round(min(HEAVIEST, max(LIGHTEST, PART * odds)), 1)
            share, elsewhere = round(inside / among, 3), round(outside / others, 3)
            yield sure, Learned(category, word, weight, supporters, share, elsewhere)


def _says_nothing_new(word: str, own: frozenset[str]) -> bool:
    """A known word stands in it: that one speaks already, and would be hidden by the longer."""
    return any(word[start:end] in own for start in range(len(word)) for end in range(start + 1, len(word) + 1))


def _log_odds(inside: int, among: int, outside: int, others: int) -> float:
    """How much likelier inside than outside, on a log scale; a half is added to each count."""
    return log((inside + 0.5) * (others - outside + 0.5) / ((among - inside + 0.5) * (outside + 0.5)))


def _sureness(inside: int, among: int, outside: int, others: int) -> float:
    """In standard errors, by the likelihood ratio (Dunning 1993), which holds for rare words as well."""
    said, people = inside + outside, among + others
    seen = ((inside, among), (among - inside, among), (outside, others), (others - outside, others))
    expected = (said, people - said, said, people - said)
    terms = (
        count * log(count * people / (of * every)) for (count, of), every in zip(seen, expected, strict=True) if count
    )
    return sqrt(max(0.0, 2 * sum(terms)))


def _harmless(
    found: list[Learned], read: Sequence[tuple[Example, frozenset[str]]], classifier: Classifier
) -> list[Learned]:
    """Those that put proposals right, and hardly turn any wrong, among the examples themselves."""
    before: dict[str, str] = {}
    for _ in range(ROUNDS):
        if not found:
            break
        right, wrong = _effects(found, read, classifier, before)
        kept = [one for one in found if right[_key(one)] > HARM * wrong[_key(one)]]
        if len(kept) == len(found):
            break
        found = kept
    return found


def _effects(
    found: Sequence[Learned],
    read: Sequence[tuple[Example, frozenset[str]]],
    classifier: Classifier,
    before: dict[str, str],
) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """How many proposals each word puts right, and turns wrong. *before* remembers what the classifier proposes."""
    after = Classifier(taught(classifier.institution, triples(found), version=1))
    right: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    by_word: dict[str, list[Learned]] = {}
    for one in found:
        by_word.setdefault(one.word, []).append(one)
    for example, said in read:
        speaking = [one for word in said & by_word.keys() for one in by_word[word]]
        if not speaking:
            continue
        if example.number not in before:
            before[example.number] = best(classifier, example)
        was, now = before[example.number], best(after, example)
        counted = right if now == example.category != was else wrong if was == example.category != now else None
        if counted is not None:
            counted.update(_key(one) for one in speaking if one.category == now)
    return right, wrong


def best(classifier: Classifier, example: Example) -> str:
    """The category that it would be given."""
    return classifier.propose(example.text, subject=example.subject).best.category_id


def triples(found: Iterable[Learned]) -> tuple[tuple[str, str, float], ...]:
    """As ``institutions.taught`` takes them."""
    return tuple((one.category, one.word, one.weight) for one in found)


def _key(one: Learned) -> tuple[str, str]:
    return one.category, one.word
