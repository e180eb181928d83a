"""What a survey campaign asks: its questions in order, where an answer leads elsewhere, and what is no answer.

Pure. How a question is shown and heard in the chat, dialogs/filed/poll.py knows.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

END = "end"
"""Where a rule leads that ends the questionnaire."""
CHOICE, SEVERAL, FIVE, TEN, TEXT, PHOTO = "choice", "several", "scale5", "scale10", "text", "photo"
KINDS = (CHOICE, SEVERAL, FIVE, TEN, TEXT, PHOTO)
SCALES = {FIVE: tuple(str(n) for n in range(1, 6)), TEN: tuple(str(n) for n in range(11))}
OPTIONS = range(2, 11)
"""So many options a question may have: more than ten fit on no phone."""
MOST_QUESTIONS = 30
MOST_RULES = 5
LONGEST_QUESTION = 300  # characters
LONGEST_OPTION = 40  # characters; a button holds no more
LONGEST_ANSWER = 2000  # characters
MOST_PHOTOS = 9


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; its id is short, since it travels in a button."""

    id: str
    zh: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """If any of these answers was given, go to that question (or ``END``) instead of the next one."""

    answers: tuple[str, ...]
    to: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``options`` are a choice's alone; a scale has its points."""

    id: str
    kind: str
    zh: str
    en: str = ""
    required: bool = True
    options: tuple[Option, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """What can be chosen; empty: words or photos are sent."""
        return SCALES.get(self.kind) or tuple(option.id for option in self.options)

    def text(self, language: str) -> str:
        """The question in that language, else in Chinese."""
        return self.en if language == "en" and self.en else self.zh

    def label(self, value: str, language: str) -> str:
        """What a value is called. Raises: KeyError."""
        if self.kind in SCALES:
            return value
        option = {option.id: option for option in self.options}[value]
        return option.en if language == "en" and option.en else option.zh


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The words before the first question, and the questions."""

    zh: str = ""
    en: str = ""
    questions: tuple[Question, ...] = ()

    def get(self, key: str) -> Question | None:
        """The question of that id."""
        return next((question for question in self.questions if question.id == key), None)

    def intro(self, language: str) -> str:
        """The words before, in that language, else in Chinese."""
        return self.en if language == "en" and self.en else self.zh

    def to_json(self) -> dict[str, Any]:
        """Plain values for the store."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> Questionnaire:
        """What ``to_json`` wrote."""
        return cls(told["zh"], told["en"], tuple(map(_question, told["questions"])))


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why it cannot be sent: a key of the desk's words (``campaign.wrong.…``), which question, and what of it."""

    key: str
    question: int = 0  # its place, from 1; 0: of the whole
    what: str = ""


class NoAnswer(Exception):
    """That answers the question not: unknown, empty, long, few, many, needed, photo, text."""

    def __init__(self, why: str) -> None:
        super().__init__(f"no answer: {why}")
        self.why = why


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered; all empty: they passed the question by."""

    values: tuple[str, ...] = ()
    text: str = ""
    photos: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.values or self.text or self.photos)


def wrongs(questionnaire: Questionnaire) -> list[Wrong]:
    """All that is wrong with it; empty: it can be sent."""
    questions = questionnaire.questions
    if not questions:
        return [Wrong("none")]
    found = [Wrong("many", what=str(MOST_QUESTIONS))] if len(questions) > MOST_QUESTIONS else []
    if len({question.id for question in questions}) < len(questions):
        found.append(Wrong("twice"))
    if len(questionnaire.zh) > LONGEST_QUESTION or len(questionnaire.en) > LONGEST_QUESTION:
        found.append(Wrong("intro", what=str(LONGEST_QUESTION)))
    for place, question in enumerate(questions, start=1):
        found += [Wrong(key, place, what) for key, what in _wrongs_of(questionnaire, question)]
    return found or list(_tangled(questionnaire))


def take(question: Question, *, values: Sequence[str] = (), text: str = "", photos: Sequence[int] = ()) -> Answer:
    """The answer in its normal form. Nothing at all passes the question by. Raises: NoAnswer."""
    words = text.strip()
    if not values and not words and not photos:
        if question.required:
            raise NoAnswer("needed")
        return Answer()
    if question.kind == PHOTO:
        if not photos:
            raise NoAnswer("photo")
        return Answer(photos=tuple(photos[:MOST_PHOTOS]))
    if question.kind == TEXT:
        if not words:
            raise NoAnswer("text")
        if len(words) > LONGEST_ANSWER:
            raise NoAnswer("long")
        return Answer(text=words)
    if not values or not set(values) <= set(question.values):
        raise NoAnswer("unknown")
    if question.kind != SEVERAL and len(set(values)) > 1:
        raise NoAnswer("one")
    return Answer(values=tuple(value for value in question.values if value in values))


def after(questionnaire: Questionnaire, question: Question, answer: Answer) -> Question | None:
    """The question that comes next; None: that was the last one."""
    for rule in question.rules:
        if set(rule.answers) & set(answer.values):
            return questionnaire.get(rule.to)
    return _next(questionnaire, question)


def way(questionnaire: Questionnaire, answers: Mapping[str, Answer]) -> tuple[list[Question], Question | None]:
    """Which questions these answers lead through, and the first of them that is not answered; None: it is over."""
    passed: list[Question] = []
    now = questionnaire.questions[0] if questionnaire.questions else None
    while now is not None and now.id in answers and now not in passed:
        passed.append(now)
        now = after(questionnaire, now, answers[now.id])
    return passed, now


def longest_left(questionnaire: Questionnaire, question: Question) -> int:
    """How many questions are still to come at most, that one included. Only of one without wrongs."""
    left: dict[str, int] = {}

    def of(one: Question) -> int:
        if one.id not in left:
            left[one.id] = 0
            left[one.id] = 1 + max((of(other) for other in leads(questionnaire, one)), default=0)
        return left[one.id]

    return of(question)


def leads(questionnaire: Questionnaire, question: Question) -> list[Question]:
    """Every question that may follow it."""
    found = [other for rule in question.rules if (other := questionnaire.get(rule.to)) is not None]
    ruled = {answer for rule in question.rules for answer in rule.answers}
    onward = _next(questionnaire, question)
    if onward is not None and not (question.required and question.values and ruled >= set(question.values)):
        found.append(onward)
    return found


def _next(questionnaire: Questionnaire, question: Question) -> Question | None:
    place = questionnaire.questions.index(question) + 1
    return questionnaire.questions[place] if place < len(questionnaire.questions) else None


def _wrongs_of(questionnaire: Questionnaire, question: Question) -> Iterator[tuple[str, str]]:
    if question.kind not in KINDS:
        yield "kind", question.kind
        return
    if not question.zh.strip():
        yield "empty", ""
    if max(len(question.zh), len(question.en)) > LONGEST_QUESTION:
        yield "long", str(LONGEST_QUESTION)
    if question.kind in {CHOICE, SEVERAL}:
        yield from _wrong_options(question)
    for rule in question.rules[MOST_RULES:]:
        yield "rules", rule.to
    for rule in question.rules:
        if strange := [answer for answer in rule.answers if answer not in question.values]:
            yield "rule.answer", strange[0]
        elif not rule.answers:
            yield "rule.empty", rule.to
        if rule.to != END and questionnaire.get(rule.to) is None:
            yield "dangling", rule.to


def _wrong_options(question: Question) -> Iterator[tuple[str, str]]:
    labels = [option.zh.strip() for option in question.options]
    if len(labels) not in OPTIONS:
        yield "options", f"{OPTIONS[0]}–{OPTIONS[-1]}"
    if not all(labels):
        yield "option.empty", ""
    if len(set(labels)) < len(labels):
        yield "option.twice", next(label for label in labels if labels.count(label) > 1)
    if any(max(len(option.zh), len(option.en)) > LONGEST_OPTION for option in question.options):
        yield "option.long", str(LONGEST_OPTION)


def _tangled(questionnaire: Questionnaire) -> Iterator[Wrong]:
    """Questions that come again, and questions that nobody ever reaches."""
    places = {question.id: place for place, question in enumerate(questionnaire.questions, start=1)}
    for question in questionnaire.questions:
        for other in leads(questionnaire, question):
            if places[other.id] <= places[question.id] and question.id in _reached(questionnaire, other):
                yield Wrong("circle", places[question.id], str(places[other.id]))
    reached = _reached(questionnaire, questionnaire.questions[0])
    for question in questionnaire.questions:
        if question.id not in reached:
            yield Wrong("unreachable", places[question.id])


def _reached(questionnaire: Questionnaire, start: Question) -> set[str]:
    """Every question that may come once *start* is asked, itself too."""
    found, open_ = {start.id}, [start]
    while open_:
        new = [other for other in leads(questionnaire, open_.pop()) if other.id not in found]
        found |= {other.id for other in new}
        open_ += new
    return found


def _question(told: Mapping[str, Any]) -> Question:
    return Question(
        told["id"],
        told["kind"],
        told["zh"],
        told["en"],
        bool(told["required"]),
        tuple(Option(one["id"], one["zh"], one["en"]) for one in told["options"]),
        tuple(Rule(tuple(one["answers"]), one["to"]) for one in told["rules"]),
    )
