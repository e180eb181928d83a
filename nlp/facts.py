"""What a message says, as values: the output of ``nlp.understand``.

Offsets count characters of the text that was understood. Times are aware, in
the institution's zone. A fact that the text does not tell is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Piece:
    """Where in the text a fact was read."""

    slot: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A fact in its normal form, and where in the text it was read."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Told:
    """A fact under a slot of its own (plate, order_number, school) in its normal form, and where it was read."""

    slot: str
    value: str
    start: int
    end: int
    sound: bool = True  # False: its check digit is wrong


@dataclass(frozen=True, slots=True)
class Correction:
    """Something told before that was wrong. Spans are (start, end), None where that part is not said.

    ``slot`` is ``""`` where only the words show what is meant; ``new`` is None
    where the citizen says that something is wrong, but not what is right.
    """

    slot: str
    old: str | None
    new: str | None
    wrong: tuple[int, int] | None
    right: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence that a text speaks of: its kind, whether the citizen has it, and where in the text it is named.

    ``kind``: photo, video, recording, chat, payment, receipt, contract, payslip, report, medical, witness, any.
    """

    kind: str
    has: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Matter:
    """One of several matters in a text: where it is told, and what it is proposed to be."""

    start: int
    end: int
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class When:
    """A point or span of time. ``precision``: minute, hour, part (of a day), day, week, month, year."""

    text: str
    start: datetime
    end: datetime
    precision: str
    recurring: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """A place in words, as it was said in ``text``.

    ``pieces`` by kind, in official names: province, city, district, street, community, road, number, village,
    compound, building, unit, room, poi …; what the gazetteer knows a place to lie in is among them though unsaid.
    """

    text: str
    pieces: dict[str, str]
    name: str = ""  # the normal form: official names, with all it lies in
    mended: str = ""  # ``text`` with names put right that were misheard or mistyped; "": none was
    code: str | None = None  # of the province, prefecture or county (GB/T 2260), where it is certain
    candidates: tuple[str, ...] = ()  # whole names, where several bear the name that was said
    suggestions: tuple[str, ...] = ()  # whole names that may have been meant


@dataclass(frozen=True, slots=True)
class Reason:
    """A word that spoke for a category, and how strongly."""

    word: str
    category: str
    weight: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One category that could be meant. ``matter`` and ``matter_id`` are None where no second level fits.

    Labels of somebody's own training file have no department: both its fields are then None.
    """

    category: str
    category_id: str
    matter: str | None
    matter_id: str | None
    department: str | None
    department_id: str | None
    score: float  # a share: the scores of all categories add up to 1


@dataclass(frozen=True, slots=True)
class Referral:
    """A department that could handle the matter, and why it.

    ``rule``: route (a routing rule of the institution held), named (the text says it), matter, category
    (whose department it is), default (nothing spoke for any). The other fields tell what made a rule hold.
    """

    department: str
    department_id: str
    score: float  # a share, as a candidate's
    rule: str
    words: tuple[str, ...] = ()  # the rule's words that the text holds, or the name it was said by
    place: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """The likely categories, best first (never empty), and the words that decided."""

    top: tuple[Candidate, ...]
    why: tuple[Reason, ...]
    confidence: float
    decided: bool  # False: the citizen or a person must choose
    departments: tuple[Referral, ...] = ()  # up to three different ones, the likeliest first
    would_change: tuple[str, ...] = ()  # the fewest said words without which the runner-up would win
    would_tip: str | None = None  # a word that was not said and by itself would make the runner-up win

    @property
    def best(self) -> Candidate:
        """The first candidate; the institution's default department where nothing spoke for any."""
        return self.top[0]

    @property
    def runner_up(self) -> Candidate | None:
        """The second candidate; its words are in ``why`` under its category."""
        return self.top[1] if len(self.top) > 1 else None


@dataclass(frozen=True, slots=True)
class Capacity:
    """As what the citizen speaks; all empty: for themself, alone, with their name."""

    behalf: str | None = None  # on whose behalf: 母亲, or a name
    agent: str | None = None  # 代理律师, 代理人, 监护人, 受托人
    voices: int | None = None  # so many at least speak together
    voices_told: str = ""  # in which words they say that they are several
    nameless: bool = False  # they will not give their name
    secret: bool = False  # who they are shall be kept secret


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one text tells."""

    proposal: Proposal
    who: str | None = None  # a name
    contact: str | None = None  # E.164, or the number as told where it has no such form (12345)
    what: str | None = None
    target: str | None = None  # whom or what it is about
    when: When | None = None
    where: Where | None = None
    request: str | None = None
    kind: str = "complaint"  # institutions.model.Kind
    kinds: tuple[str, ...] = ()  # of those that the institution keeps apart, what is asked for in so many words
    urgency: str = "ordinary"  # institutions.model.Grade
    urgency_why: str | None = None  # the words that make it so
    danger: str | None = None  # fire, gas, medical, crime, traffic, self_harm, trapped: the number to call comes first
    told: tuple[Told, ...] = ()  # identifiers and organisations, in the order told; ``pieces`` shows them too
    corrections: tuple[Correction, ...] = ()
    evidence: tuple[Evidence, ...] = ()  # spoken of, not shown; each kind once
    matters: tuple[Matter, ...] = ()  # two or more where the text tells several; empty: it tells one
    capacity: Capacity = Capacity()
    pieces: tuple[Piece, ...] = ()
