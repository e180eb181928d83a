"""Which category a text speaks of, which department, and the words that say so.

A linear scorer over the words an institution's file gives its categories and
matters. Nothing is learnt here and nothing is fitted; understanding a text
changes nothing. Finding the words is ``lexicon``'s work, choosing among
departments ``departments``'s, saying what would change the result ``reasons``'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from math import exp
from typing import TYPE_CHECKING, TypeVar

from institutions.routing import Asked
from nlp.category import departments, kinds, lexicon, reasons
from nlp.category.departments import Departments, Likely
from nlp.category.lexicon import HEAD_CHARACTERS, Hit, Lexicon
from nlp.category.reasons import Contribution
from nlp.facts import Candidate, Proposal, Reason
from nlp.segment import UNDERSTOOD, Segmenter, frequency, normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from institutions.model import Department, Institution, Matter

K = TypeVar("K")

SUBJECT = 4.0
"""How much more a word says in the subject, where the citizen was short, than in the detail."""

NAME, NAME_PART = 2.0, 1.0
"""Weight of a category's own name as a word, and of the words in that name where the file gives few others."""

FEW = 3

SHARPNESS, DOUBT = 7.0, 1.5
"""Turn scores into shares: the lead, for all that is said of the first two, and for a word and a half that speaks for none.

Chosen so that a share says how often the category is the right one.
"""

DECIDED, DECIDED_HEADED, DECIDED_BRIEF, ENOUGH = 0.923, 0.905, 0.948, 2.0
"""The share of the first that needs no question: of a story, of one with a subject, of a brief text; and its least score.

Set so that what is decided is right 0.975 of the time: ``python -m scripts.evaluation.decided`` prints the curve.
A hint (孩子) decides nothing.
"""

SHOWN, REASONS = 5, 8

CAPITALS = re.compile("[A-Z]+")
TOO_GENERAL = re.compile("其[他它]|问题|管理|服务|[相有]关|投诉|举报|咨询|建议|工作|方面|情况|政策|业务|以及")
"""Words of category names that say nothing by themselves."""

READ = ("categories", "departments", "default_department", "routes", "kinds")
"""All that a classifier reads of an institution."""
OF_NAMES = Segmenter(quick=False)


@dataclass(frozen=True, slots=True)
class Score:
    """What a text's words add up to: for each category, and for each (category, matter)."""

    categories: tuple[float, ...]
    matters: Mapping[tuple[int, int], float]

    def likeliest(self) -> dict[int, list[tuple[float, int]]]:
        """For each category its matters that something speaks for, the most first."""
        said: dict[int, list[tuple[float, int]]] = {}
        for (category, number), value in self.matters.items():
            if value > 0:
                said.setdefault(category, []).append((value, number))
        for matters in said.values():
            matters.sort(key=lambda pair: (-pair[0], pair[1]))
        return said


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
        self._typical = _lightest_first(self._speaks)
        self._paths = {
            (index, number): f"{category.id}/{matter.id}"
            for index, category in enumerate(institution.categories)
            for number, matter in enumerate(category.matters)
        }
        self._typical_of_matter = {self._paths[key]: words for key, words in _lightest_first(self._details).items()}
        self._departments = Departments(institution)
        self._by_kind = _routes_by_kind(institution)
        also = self._departments.directory.openings() | self._departments.names.keys()
        self._lexicon = Lexicon(self._speaks, also=also)
        self._segmenter = Segmenter(self._lexicon.plain)
        self._silent = self._nothing_said()

    def propose(
        self, text: str, *, subject: str = "", place: str = "", kind: str | None = None, explain: bool = True
    ) -> Proposal:
        """Propose the likely categories of *text*, best first; the first 4,000 characters are read.

        *place* and *kind*, where they were read already, are for the routes; else both are looked for in the text.
        Without *explain* nothing is said of the words; the rest is the same, a sixth sooner.
        Where no word speaks for any, every category is a candidate, the first
        one with the institution's default department, and nothing is decided.
        """
        head, plain, said = _parted(text, subject)
        evidence, called = self._evidence(said, len(head))
        score = self._add_up(evidence)
        if max(score.categories) <= 0:
            return self._silent
        shares, order = _ordered(score)
        if kind is None and self._by_kind:
            kind = kinds.kind(plain, subject=head, among=self.institution.kinds)
        asked = Asked(
            self._departments.directory,
            said,
            place=normal(place) if place else "",
            kind=kind,
            among={word for word, _, _ in called},
        )
        likely = self._likely(order, shares, score)
        referred = self._departments.refer(likely, asked, called)
        first = self._departments.directory.departments[referred[0].department_id]
        others = (asked.routing(one.category, one.likeliest).department for one in likely[1:])
        top = tuple(map(self._candidate, likely, (first, *others)))
        needed = DECIDED_HEADED if head else DECIDED_BRIEF if len(plain) <= HEAD_CHARACTERS else DECIDED
        decided = top[0].score >= needed and max(score.categories) >= ENOUGH
        proposed = Proposal(top=top, why=(), confidence=top[0].score, decided=decided, departments=referred)
        if not explain:
            return proposed
        return replace(
            proposed,
            why=self._reasons(evidence, order[:2]),
            would_change=reasons.would_change(self._said(evidence, order)),
            would_tip=self._would_tip(evidence, order, score, likely),
        )

    def glance(self, text: str) -> Proposal:
        """As ``propose`` in a third of the time: with each category's own department, and no reasons."""
        head, _, said = _parted(text, "")
        score = self._add_up(self._evidence(said, len(head))[0])
        if max(score.categories) <= 0:
            return self._silent
        shares, order = _ordered(score)
        offices = self._departments.directory.departments
        chosen = [self.institution.categories[index] for index in order]
        top = [
            self._candidate(Likely(one.id, shares[index], ()), offices[one.department])
            for index, one in zip(order, chosen, strict=True)
        ]
        return Proposal(top=tuple(top), why=(), confidence=top[0].score, decided=False)

    def _learn(self, category: int, words: Mapping[str, float]) -> None:
        """A matter's word speaks for its category as well: once, as strongly as the strongest says."""
        for word, weight in words.items():
            known = self._speaks.setdefault(word, {})
            known[category] = max(known.get(category, weight), weight, key=abs)

    def _evidence(self, text: str, subject: int) -> tuple[dict[str, float], list[Hit]]:
        """How strongly each word is said, the first *subject* characters being one; and what routes ask about."""
        found = self._lexicon.find(text, self._segmenter.bounds(text))
        head = HEAD_CHARACTERS if not subject and len(text) > HEAD_CHARACTERS else 0
        return lexicon.strengths(found.hits, text, head=head, subject=subject, weight=SUBJECT), found.also

    def _add_up(self, evidence: Mapping[str, float]) -> Score:
        categories = [0.0] * len(self.institution.categories)
        matters: dict[tuple[int, int], float] = {}
        for word, strength in evidence.items():
            for category, weight in self._speaks[word].items():
                categories[category] += weight * strength
            if word in self._details:
                for key, weight in self._details[word].items():
                    matters[key] = matters.get(key, 0.0) + weight * strength
        return Score(tuple(categories), matters)

    def _likely(self, order: Sequence[int], shares: Sequence[float], score: Score) -> list[Likely]:
        said, paths = score.likeliest(), self._paths
        return [
            Likely(
                self.institution.categories[index].id,
                shares[index],
                tuple((weight, paths[index, number]) for weight, number in said.get(index, ())),
            )
            for index in order
        ]

    def _candidate(self, one: Likely, department: Department) -> Candidate:
        items, path = self._departments.directory.items, one.likeliest
        category = items[one.category]
        return Candidate(
            category=category.name,
            category_id=category.id,
            matter=items[path].name if path else None,
            matter_id=path,
            department=department.name,
            department_id=department.id,
            score=one.share,
        )

    def _reasons(self, evidence: Mapping[str, float], best: Sequence[int]) -> tuple[Reason, ...]:
        """The words that spoke for the first category and its runner-up, the strongest first."""
        found: list[Reason] = []
        for index in best:
            name = self.institution.categories[index].name
            said = [
                (-round(weight * strength, 3), word)
                for word, strength in evidence.items()
                if (weight := self._speaks[word].get(index, 0.0)) > 0
            ]
            found += [Reason(word, name, -weight) for weight, word in sorted(said)[: REASONS - len(found)]]
            if len(found) == REASONS:
                break
        return tuple(found)

    def _said(self, evidence: Mapping[str, float], order: Sequence[int]) -> list[Contribution]:
        """What each word adds to the first category and to its runner-up."""
        first, second = (*order, -1)[:2]
        return [
            Contribution(word, speaks.get(first, 0.0) * strength, speaks.get(second, 0.0) * strength)
            for word, strength in evidence.items()
            if (speaks := self._speaks[word]).get(first) or speaks.get(second)
        ]

    def _would_tip(
        self, evidence: Mapping[str, float], order: Sequence[int], score: Score, likely: Sequence[Likely]
    ) -> str | None:
        """A word of the runner-up's matter, else of the runner-up; one in the script of what was said."""
        if len(order) < 2:
            return None
        first, second = order[:2]
        lead = score.categories[first] - score.categories[second]
        latin = all(word.isascii() for word in evidence)
        matters = [self._typical_of_matter.get(likely[1].likeliest or "", ())]
        for words in (*matters, self._typical.get(second, ())):
            tip = reasons.would_tip(
                words,
                lead,
                taken=lambda word: word in evidence or word.isascii() != latin,
                other=lambda word: self._speaks[word].get(first, 0.0),
            )
            if tip is not None:
                return tip
        return None

    def _nothing_said(self) -> Proposal:
        """Every category, those of the default department first, none likelier than another."""
        default = self.institution.department(self.institution.default_department)
        count = len(self.institution.categories)
        offices = self._departments.directory.departments
        every = [
            self._candidate(Likely(one.id, 1.0 / count, ()), offices[one.department])
            for one in self.institution.categories
        ]
        every.sort(key=lambda candidate: candidate.department_id != default.id)
        first = replace(every[0], department=default.name, department_id=default.id)
        referred = departments.unclear(self.institution)
        return Proposal(top=(first, *every[1:]), why=(), confidence=0.0, decided=False, departments=referred)


class Classifiers:
    """One classifier for each institution that texts come for."""

    def __init__(self) -> None:
        self._built: dict[str, Classifier] = {}

    def of(self, institution: Institution) -> Classifier:
        """Its classifier; built anew when another institution comes under the same id, but not for other sentences."""
        built = self._built.get(institution.id)
        if built is None or not _reads_alike(built.institution, institution):
            built = self._built[institution.id] = Classifier(institution)
        return built


def _reads_alike(one: Institution, other: Institution) -> bool:
    """Whether a classifier of the one does for the other: nothing but what they say differs."""
    return one is other or all(getattr(one, name) is getattr(other, name) for name in READ)


def _lightest_first(speaks: Mapping[str, Mapping[K, float]]) -> dict[K, list[tuple[float, str]]]:
    """The words of each by weight, in the file's order where they weigh the same: typical ones stand first."""
    found: dict[K, list[tuple[float, str]]] = {}
    for word, weights in speaks.items():
        for key, weight in weights.items():
            if weight > 0 and "*" not in word:
                found.setdefault(key, []).append((weight * lexicon.precise(word), word))
    return {key: sorted(words, key=lambda pair: pair[0]) for key, words in found.items()}


def _words(item: Matter) -> dict[str, float]:
    """Give a category's or matter's words with their weights; ``-word`` speaks against it.

    Its name is a word too; where the file gives few, so are the words in the name.
    """
    words: dict[str, float] = {}
    for word, weight in item.words.items():
        bare = _small(word)
        if bare.strip("-"):
            words[bare.removeprefix("-")] = -weight if bare.startswith("-") else weight
    name = _small(item.name)
    if not TOO_GENERAL.fullmatch(name):
        words.setdefault(name, NAME)
    if len(item.words) < FEW:
        for part in _parts(name):
            words.setdefault(part, NAME_PART)
    return words


def _parted(text: str, subject: str) -> tuple[str, str, str]:
    """Subject, text and both together, as they are looked through; a subject alone is a short text."""
    head, plain = (_small(each[:UNDERSTOOD]) for each in (subject, text))
    if not (head.strip() and plain.strip()):
        head, plain = "", plain if plain.strip() else head
    return head, plain, f"{head}。{plain}" if head else plain


def _ordered(score: Score) -> tuple[list[float], list[int]]:
    """Every category's share, and the first few by it."""
    shares = _shares(score.categories)
    return shares, sorted(range(len(shares)), key=lambda index: (-shares[index], index))[:SHOWN]


def _small(text: str) -> str:
    """Normal form in small letters; character n stays character n, which not every alphabet's small letters do."""
    plain = normal(text)
    small = plain.lower()
    return small if len(small) == len(plain) else CAPITALS.sub(lambda run: run[0].lower(), plain)


def _parts(name: str) -> Iterator[str]:
    """The words in a name, and the shorter ones in a long one: 物流配送 holds 物流 and 配送."""
    for word in OF_NAMES.cut(name):
        inner = [word[at : at + 2] for at in range(len(word) - 1)] if len(word) > 3 else []
        for part in (word, *(pair for pair in inner if frequency(pair))):
            if len(part) > 1 and not TOO_GENERAL.fullmatch(part):
                yield part


def _routes_by_kind(institution: Institution) -> bool:
    items = [*institution.categories, *(matter for category in institution.categories for matter in category.matters)]
    return any(route.kinds for routes in (institution.routes, *(item.routes for item in items)) for route in routes)


def _shares(scores: tuple[float, ...]) -> list[float]:
    """Turn scores into shares that add up to 1."""
    highest, second = sorted((0.0, 0.0, *scores))[:-3:-1]
    raised = [exp(SHARPNESS * (score - highest) / (DOUBT + highest + second)) for score in scores]
    total = sum(raised)
    return [one / total for one in raised]
