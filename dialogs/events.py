"""What can happen to a conversation. The counterparts, what it wants done, are in effects.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from dialogs.conversation import Alike, Draft
    from dialogs.messages import Location
    from nlp.facts import Facts


@dataclass(frozen=True, slots=True)
class Received:
    """A file that was looked into, found good and stored."""

    id: int  # the store's
    kind: str  # photo, video, voice, document
    filename: str


@dataclass(frozen=True, slots=True)
class Brief:
    """One of the citizen's own cases, as far as the chat tells of it."""

    number: str
    label: str  # of its status
    label_en: str
    department: str
    department_en: str
    filed_at: datetime
    what: str
    promised: datetime | None
    answer: str
    open: bool  # False: closed, withdrawn, archived
    answered: bool = False  # there is an answer, and nobody is working on it now
    where: str = ""  # as far as it is known
    may: frozenset[str] = frozenset()  # the statuses to which the citizen may bring it now
    status: str = ""  # its id
    object_by: datetime | None = None  # until when what was decided can be objected to; None: never, or any time
    ground: str = ""  # on which it was refused
    note: str = ""  # beside that: where to go instead; of a case passed on: to whom
    rated: bool = False  # the visit-back on its last answer is answered
    visiting: bool = False  # … is asked, not answered to the end, and its window is open
    round: int = 0  # how many times it was answered, this time included
    late: bool = False  # the promised time is over
    own: bool = True  # this citizen filed it; False: they follow another's, or their own from another chat
    joint: bool = False  # somebody else told it first, and this citizen has joined
    others: int = 0  # people who have joined it
    why: tuple[str, str] = ("", "")  # in Chinese and English, what moved the promised time: holidays, waiting for them


@dataclass(frozen=True, slots=True)
class Before:
    """What a message said before it was edited."""

    text: str
    facts: Facts
    at: datetime


@dataclass(frozen=True, slots=True)
class Heard:
    """The citizen said or sent something. ``facts`` were understood from ``text`` beforehand."""

    text: str
    facts: Facts
    at: datetime
    choice: str = ""
    location: Location | None = None
    contact: str = ""
    evidence: tuple[Received, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()  # about files, taken or not: (phrase key, filename)
    number: str = ""  # a case number found in the text, in normal form
    misread: bool = False  # something like a case number is there, but its check digit is wrong
    mine: tuple[Brief, ...] = ()  # the citizen's cases, newest first
    language: str = "zh"  # zh, zh-Hant or en: what the channel believes
    place: Mapping[str, Any] = field(default_factory=dict)  # values that the code on a wall fills in
    beside: Facts | None = None  # what it tells without the questions about the office in it; None: it holds none
    city: str = ""  # what the hotline takes it for, where none of our own words speaks: a path of its categories
    album: str = ""  # the album that its files belong to
    place_in_album: str = ""  # sorts as the album was sent, whatever came first
    shares: bool = False  # the chat can have buttons that send the owner's phone number or where they are
    gathered: bool = False  # it is several messages in one, and no more of them come
    before: Before | None = None  # it is an edited message: what it said before


@dataclass(frozen=True, slots=True)
class CaseFiled:
    """The case that FileCase asked for exists."""

    number: str
    department: str
    promised: datetime | None
    until: Mapping[str, datetime] = field(default_factory=dict)  # by when each paper can be brought, by its id
    late: frozenset[str] = frozenset()  # papers whose time was over before


@dataclass(frozen=True, slots=True)
class SimilarFound:
    """It was looked whether others have told the same; ``case`` is None where nobody has."""

    case: Alike | None


@dataclass(frozen=True, slots=True)
class Joined:
    """The citizen is in that case now; ``case`` is None where it could not be joined any more."""

    case: Brief | None
    people: int = 0  # who are in it, with this citizen


@dataclass(frozen=True, slots=True)
class Claimed:
    """The proof of a case number was looked at; ``brief`` is None when it did not hold."""

    number: str
    brief: Brief | None
    locked: bool = False  # too many wrong tries


@dataclass(frozen=True, slots=True)
class VisitBackDue:
    """A case was answered; it is time to ask whether that was good."""

    number: str
    round: int = 0  # which answer; 0: the last
    again: bool = False  # it was asked and nobody answered


@dataclass(frozen=True, slots=True)
class Rated:
    """The visit-back is on record."""

    number: str
    reopened: bool
    promised: datetime | None = None
    refused: str = ""  # why it does not count, the key of a sentence; empty: it does


@dataclass(frozen=True, slots=True)
class Urged:
    """The citizen pressed for a case; ``again``: they had on that day already."""

    brief: Brief
    again: bool
    more: bool = False  # others follow, pressed for by the same word


@dataclass(frozen=True, slots=True)
class Appealed:
    """The objection is on record and looked at by others."""

    number: str
    promised: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody at the desk asked the citizen something about a case; the question itself goes out as a notice."""

    number: str


@dataclass(frozen=True, slots=True)
class DraftDue:
    """The citizen has been silent: something is due for what they told."""

    step: str  # nudge, warn, close, erase: see backend/domain/drafts.py
    at: datetime
    until: datetime  # when it will be closed; once it is closed, when it will be deleted


@dataclass(frozen=True, slots=True)
class DraftMovable:
    """The code that MoveDraft asked for."""

    code: str  # in two groups: 7KDM-Q2XW
    minutes: int  # that it counts


@dataclass(frozen=True, slots=True)
class DraftTaken:
    """The code of TakeDraft was looked at. ``draft`` is None when it did not hold."""

    draft: Draft | None
    consented: bool = False  # the citizen agreed there already
    locked: bool = False  # too many wrong tries
    here: bool = False  # it is this chat's own code


@dataclass(frozen=True, slots=True)
class DraftMoved:
    """Another chat of the same citizen has taken the draft over."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A person was asked for. ``open``: somebody is on duty and comes within ``minutes``."""

    reason: str
    open: bool
    minutes: int = 0
    opens: datetime | None = None  # when somebody is on duty again; None: nobody ever answers in the chat


@dataclass(frozen=True, slots=True)
class Taken:
    """A person has the chat from now on."""


@dataclass(frozen=True, slots=True)
class GivenBack:
    """The person has given the chat back."""


@dataclass(frozen=True, slots=True)
class NobodyCame:
    """Nobody took the chat in the time that was promised."""

    reason: str


@dataclass(frozen=True, slots=True)
class AlarmDue:
    """A danger was told and the citizen has said no more: it must not wait any longer for its case."""


@dataclass(frozen=True, slots=True)
class Transcribed:
    """Somebody wrote down what a voice note says."""

    evidence: int  # the store's
    heard: Heard  # its words and the facts in them


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What Forget deleted, and how many cases are kept."""

    drafts: int
    words: int  # messages of the citizen
    files: int
    cases: int
    code: str = ""  # opens the cases that this chat no longer follows, in two groups: 7KDM-Q2XW


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody of that department looked at who the citizen is."""

    at: datetime
    department: str
    department_en: str = ""
    program: bool = False


@dataclass(frozen=True, slots=True)
class LooksTold:
    """Who looked at the citizen's name and phone, in all their cases, oldest first."""

    cases: int
    looks: tuple[Look, ...] = ()


@dataclass(frozen=True, slots=True)
class CopyReady:
    """A copy of what is kept of the citizen can be fetched, once, below the address of the deployment."""

    path: str
    minutes: int  # for so long


@dataclass(frozen=True, slots=True)
class Ask:
    """One question of a survey campaign, in the citizen's language."""

    campaign: int
    question: str
    kind: str  # choice, several, scale5, scale10, text, photo
    text: str
    options: tuple[tuple[str, str], ...] = ()  # (value, label)
    required: bool = True
    first: bool = False  # nothing of the campaign is answered yet


@dataclass(frozen=True, slots=True)
class PollDue:
    """A campaign asks this citizen; it is the right time."""

    title: str
    intro: str
    ask: Ask


@dataclass(frozen=True, slots=True)
class Polled:
    """An answer to a campaign was looked at: ``said`` (a phrase's key) comes first, then what is asked on."""

    campaign: int
    said: str = ""
    ask: Ask | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What there is a bulletin of."""

    about: str  # all, place, department, draft
    number: str
    name: str
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Bulletined:
    """What came of a wish about bulletins, by the end of a phrase's key: on, twice, many, off, none; ask: which of several."""

    said: str
    name: str = ""
    name_en: str = ""
    options: tuple[Subject, ...] = ()


Event = (
    Heard
    | CaseFiled
    | SimilarFound
    | Joined
    | Claimed
    | VisitBackDue
    | Rated
    | PollDue
    | Polled
    | Urged
    | Appealed
    | Asked
    | Handed
    | Taken
    | GivenBack
    | NobodyCame
    | AlarmDue
    | DraftDue
    | DraftMovable
    | DraftTaken
    | DraftMoved
    | Transcribed
    | Forgotten
    | LooksTold
    | CopyReady
    | Bulletined
)
