"""Which category a text speaks of, with the words that say so.

A linear scorer over the words an institution's file gives its categories and
matters. Nothing is learnt here and nothing is fitted; understanding a text
changes nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import exp, log, sqrt
from typing import TYPE_CHECKING

from nlp.facts import Candidate, Proposal, Reason
from nlp.segment import UNDERSTOOD, Segmenter, frequency, normal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from institutions.model import Institution, Matter

SUBJECT = 2.5
"""How much more a word says in the subject, where the citizen was short, than in the detail."""

HEAD, HEAD_CHARACTERS = 2.0, 30
"""What a word at the beginning of a longer text without subject says besides: the matter tends to come first."""

NAME, NAME_PART = 2.0, 1.0
"""Weight of a category's own name as a word, and of the words in that name where the file gives few others."""

FEW = 3

SHARPNESS = 2.2
"""Turns differences of score into shares: divided by the root of all that is said, for long texts hold stray words."""

DECIDED_SHARE, DECIDED_MARGIN = 0.6, 0.25
"""A proposal this clear needs no question: the share of the first, and its lead over the second."""

SHOWN, REASONS = 5, 8

LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
TOO_GENERAL = re.compile("其[他它]|问题|管理|服务|[相有]关|投诉|举报|咨询|建议|工作|方面|情况|政策|业务|以及")
"""Words of category names that say nothing by themselves."""

NOT_ABOUT = re.compile(
    r"(?<![是不])(?:不是|并非|不属于|不涉及|无关|not about)\s?"
    r"(?:说|因为|关于|投诉|反映|举报|咨询|想说|要说|要投诉|the\s)?$"
)
RHETORICAL = re.compile(r"[^,。!;\n]{0,12}(?:[吗么嘛?]|就是)")
"""After 不是: "这不是噪音吗", "不是停水就是停电" speak of the matter all the same."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of ours found in a text."""

    word: str
    start: int


class Lexicon:
    """Words to be found in texts, the longest at each place."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_first: dict[str, dict[str, tuple[str, ...]]] = {}  # first character -> first two -> the longest first
        for word in sorted(set(words), key=lambda w: (-len(w), w)):
            begun = self._by_first.setdefault(word[0], {})
            begun[word[:2]] = (*begun.get(word[:2], ()), word)

    def find(self, text: str, bounds: bytearray) -> Iterator[Hit]:
        """Every word in *text* that lies in no longer one and does not straddle two words of the language.

        卫生 in 门卫生病 begins and ends in the middle of a word, and is none.
        """
        reached, by_first = 0, self._by_first
        for start, char in enumerate(text):
            if char not in by_first:
                continue
            word = _longest(by_first[char], text, start)
            end = start + len(word)
            if end > reached and word and (bounds[start] or bounds[end] or not any(bounds[start:end])):
                reached = end
                yield Hit(word, start)


def _longest(begun: Mapping[str, tuple[str, ...]], text: str, start: int) -> str:
    for key in (text[start : start + 2], text[start]):
        for word in begun.get(key, ()):
            if text.startswith(word, start):
                return word
    return ""


@dataclass(frozen=True, slots=True)
class Score:
    """What a text's words add up to: for each category, and for each (category, matter)."""

    categories: tuple[float, ...]
    matters: Mapping[tuple[int, int], float]


class Classifier:
    """Proposes categories of one institution. Build it once: its words are sorted out here."""

    def __init__(self, institution: Institution) -> None:
        self.institution = institution
        self._speaks: dict[str, dict[int, float]] = {}  # word -> category -> weight
        self._details: dict[str, dict[tuple[int, int], float]] = {}  # word -> (category, matter) -> weight
        for index, category in enumerate(institution.categories):
            self._learn(index, _words(category))
            for number, matter in enumerate(category.matters):
                words = _words(matter)
                self._learn(index, words)
                for word, weight in words.items():
                    self._details.setdefault(word, {})[index, number] = weight
        self._lexicon = Lexicon(self._speaks)
        self._segmenter = Segmenter(self._speaks)

    def propose(self, text: str, *, subject: str = "") -> Proposal:
        """Propose the likely categories of *text*, best first; the first 4,000 characters are read.

        Where no word speaks for any, every category is a candidate, the first
        one with the institution's default department, and nothing is decided.
        """
        headed = not subject.strip() and len(text) > HEAD_CHARACTERS
        evidence = self._evidence(text, head=HEAD_CHARACTERS if headed else 0)
        for word in self._evidence(subject, head=0):
            evidence[word] = evidence.get(word, 0.0) + SUBJECT
        score = self._add_up(evidence)
        if max(score.categories) <= 0:
            return self._nothing_said()
        shares = _shares(score.categories)
        order = sorted(range(len(shares)), key=lambda index: (-shares[index], index))
        told = normal(f"{subject}\n{text[:UNDERSTOOD]}")
        top = tuple(self._candidate(index, shares[index], score, told) for index in order[:SHOWN])
        margin = top[0].score - (top[1].score if len(top) > 1 else 0.0)
        return Proposal(
            top=top,
            why=self._reasons(evidence, order[:2]),
            confidence=top[0].score,
            decided=top[0].score >= DECIDED_SHARE and margin >= DECIDED_MARGIN,
        )

    def _learn(self, category: int, words: Mapping[str, float]) -> None:
        """A matter's word speaks for its category as well: once, as strongly as the strongest says."""
        for word, weight in words.items():
            known = self._speaks.setdefault(word, {})
            known[category] = max(known.get(category, weight), weight, key=abs)

    def _evidence(self, text: str, *, head: int) -> dict[str, float]:
        """How strongly each word is said: 1 for once, then less each time; more within the first *head* characters."""
        plain = normal(text[:UNDERSTOOD]).translate(LOWER)
        counts: dict[str, int] = {}
        first: dict[str, int] = {}
        for hit in self._lexicon.find(plain, self._segmenter.bounds(plain)):
            if not _negated(plain, hit):
                counts[hit.word] = counts.get(hit.word, 0) + 1
                first.setdefault(hit.word, hit.start)
        return {word: 1.0 + log(count) + (HEAD if first[word] < head else 0.0) for word, count in counts.items()}

    def _add_up(self, evidence: Mapping[str, float]) -> Score:
        categories = [0.0] * len(self.institution.categories)
        matters: dict[tuple[int, int], float] = {}
        for word, strength in evidence.items():
            for category, weight in self._speaks[word].items():
                categories[category] += weight * strength
            for key, weight in self._details.get(word, {}).items():
                matters[key] = matters.get(key, 0.0) + weight * strength
        return Score(tuple(categories), matters)

    def _candidate(self, index: int, share: float, score: Score, text: str) -> Candidate:
        category = self.institution.categories[index]
        told = [(-value, number) for (of, number), value in score.matters.items() if of == index and value > 0]
        matter = category.matters[min(told)[1]] if told else None
        path = f"{category.id}/{matter.id}" if matter else None
        department = self.institution.department_for(category.id, path, text=text)
        return Candidate(
            category=category.name,
            category_id=category.id,
            matter=matter.name if matter else None,
            matter_id=path,
            department=department.name,
            department_id=department.id,
            score=share,
        )

    def _reasons(self, evidence: Mapping[str, float], best: list[int]) -> tuple[Reason, ...]:
        """The words that spoke for the first category and its runner-up, the strongest first."""
        found = [
            Reason(word, self.institution.categories[index].name, round(weight * strength, 3))
            for index in best
            for word, strength in evidence.items()
            if (weight := self._speaks[word].get(index, 0.0)) > 0
        ]
        first = self.institution.categories[best[0]].name
        return tuple(sorted(found, key=lambda why: (why.category != first, -why.weight, why.word))[:REASONS])

    def _nothing_said(self) -> Proposal:
        """Every category, those of the default department first, none likelier than another."""
        default = self.institution.department(self.institution.default_department)
        count = len(self.institution.categories)
        every = [self._candidate(index, 1.0 / count, Score((), {}), "") for index in range(count)]
        every.sort(key=lambda candidate: candidate.department_id != default.id)
        first = replace(every[0], department=default.name, department_id=default.id)
        return Proposal(top=(first, *every[1:]), why=(), confidence=0.0, decided=False)


class Classifiers:
    """One classifier for each institution that texts come for."""

    def __init__(self) -> None:
        self._built: dict[str, Classifier] = {}

    def of(self, institution: Institution) -> Classifier:
        """Its classifier; built anew when another institution comes under the same id."""
        built = self._built.get(institution.id)
        if built is None or built.institution is not institution:
            built = self._built[institution.id] = Classifier(institution)
        return built


def _words(item: Matter) -> dict[str, float]:
    """Give a category's or matter's words with their weights; ``-word`` speaks against it.

    Its name is a word too; where the file gives few, so are the words in the name.
    """
    words: dict[str, float] = {}
    for word, weight in item.words.items():
        bare = normal(word).translate(LOWER)
        if bare.strip("-"):
            words[bare.removeprefix("-")] = -weight if bare.startswith("-") else weight
    name = normal(item.name).translate(LOWER)
    if not TOO_GENERAL.fullmatch(name):
        words.setdefault(name, NAME)
    if len(item.words) < FEW:
        for part in _parts(name):
            words.setdefault(part, NAME_PART)
    return words


def _parts(name: str) -> Iterator[str]:
    """The words in a name, and the shorter ones in a long one: 物流配送 holds 物流 and 配送."""
    for word in Segmenter().cut(name):
        inner = [word[at : at + 2] for at in range(len(word) - 1)] if len(word) > 3 else []
        for part in (word, *(pair for pair in inner if frequency(pair))):
            if len(part) > 1 and not TOO_GENERAL.fullmatch(part):
                yield part


def _negated(text: str, hit: Hit) -> bool:
    before = NOT_ABOUT.search(text[max(0, hit.start - 10) : hit.start])
    return before is not None and not RHETORICAL.match(text, hit.start + len(hit.word))


def _shares(scores: tuple[float, ...]) -> list[float]:
    """Turn scores into shares that add up to 1."""
    said = sum(score for score in scores if score > 0)
    highest = max(scores)
    raised = [exp(SHARPNESS * (score - highest) / sqrt(1.0 + said)) for score in scores]
    return [one / sum(raised) for one in raised]
