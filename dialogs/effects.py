"""What a conversation wants done. Say is in messages.py; the shell carries these out in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dialogs.messages import Say

if TYPE_CHECKING:
    from datetime import datetime

    from dialogs.conversation import Draft


@dataclass(frozen=True, slots=True)
class FileCase:
    """Make a case of this draft; answered by CaseFiled."""

    draft: Draft
    since: str = ""  # ISO time from which its clocks run; "": from now


@dataclass(frozen=True, slots=True)
class FindSimilar:
    """Look for an open case of others that tells of the same; answered by SimilarFound."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Join:
    """Put what this draft tells to that case of others, and follow it; answered by Joined."""

    number: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class Leave:
    """The citizen leaves a case that others are in; it goes on without them."""

    number: str


@dataclass(frozen=True, slots=True)
class Add:
    """Add words or files to a case of the citizen's own."""

    number: str
    text: str
    evidence: tuple[int, ...] = ()
    about: str = ""  # withdrawn: the words say why


@dataclass(frozen=True, slots=True)
class Urge:
    """The citizen presses for a case; answered by Urged."""

    number: str
    more: bool = False  # and for others after it, by the same word


@dataclass(frozen=True, slots=True)
class Accept:
    """The citizen is content with the answer; answered by VisitBackDue where the visit-back is still to be asked."""

    number: str


@dataclass(frozen=True, slots=True)
class Appeal:
    """The citizen objects to what was decided; answered by Appealed."""

    number: str
    text: str
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Amend:
    """The citizen told more of a case in which minutes count: facts that change, and everything they said."""

    number: str
    values: dict[str, Any]  # by slot, as a draft's; only what changed
    text: str
    evidence: tuple[int, ...] = ()
    over: bool = False  # they say that there is no danger after all


@dataclass(frozen=True, slots=True)
class Hand:
    """A person is needed. Answered by Handed, but for a danger: that is only shown to those on duty at once."""

    reason: str  # danger, self_harm, asked, stuck, abuse
    number: str = ""  # of the case it is about


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody knows a number; do they know the phone on file as well, or its code? Answered by Claimed."""

    number: str
    phone: str
    code: str = ""  # given when they were forgotten; letters and digits alone, in capitals


@dataclass(frozen=True, slots=True)
class Rate:
    """Put the visit-back on record; answered by Rated."""

    number: str
    contacted: bool | None
    solved: str | None  # yes, partly, no
    satisfied: int | None  # 1 to 5
    remark: str = ""
    reasons: tuple[str, ...] = ()  # ids of the institution's
    round: int = 0  # which answer of the case it is about; 0: the last one that was asked about


@dataclass(frozen=True, slots=True)
class AnswerPoll:
    """The citizen answered a question of a survey campaign; nothing at all passes it by. Answered by Polled."""

    campaign: int
    question: str
    values: tuple[str, ...] = ()
    text: str = ""
    evidence: tuple[int, ...] = ()
    leaves: bool = False  # they do not want to go on


@dataclass(frozen=True, slots=True)
class RefusePolls:
    """The citizen wants to be asked by no campaign any more; answered by Polled."""

    campaign: int  # that asked last; 0: none


@dataclass(frozen=True, slots=True)
class WantNews:
    """The citizen wants to be told ``results`` of their cases alone, ``none`` of it, or everything: empty."""

    wish: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The citizen takes a case back."""

    number: str


@dataclass(frozen=True, slots=True)
class Reopen:
    """An answered case is not solved after all; answered by Rated."""

    number: str
    text: str
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class MoveDraft:
    """Make a code that brings this draft to another chat; answered by DraftMovable."""


@dataclass(frozen=True, slots=True)
class TakeDraft:
    """Somebody typed such a code; answered by DraftTaken."""

    code: str  # letters and digits alone, in capitals


@dataclass(frozen=True, slots=True)
class Discard:
    """Delete what was told and never registered: these files, and the words since the draft began."""

    evidence: tuple[int, ...]
    begun: str  # ISO time of the draft's first message; "": not known
    upto: datetime


@dataclass(frozen=True, slots=True)
class Withhold:
    """The citizen has taken back their consent: who they are is shown to the handlers of their open cases alone."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Delete all that this citizen told and no case needs; answered by Forgotten."""

    upto: datetime
    unlink: bool = False  # and this chat no longer follows its cases


@dataclass(frozen=True, slots=True)
class AskLooks:
    """The citizen wants to know who looked at their name and phone; answered by LooksTold."""


@dataclass(frozen=True, slots=True)
class AskCopy:
    """The citizen wants a copy of all that is kept of them; answered by CopyReady."""


@dataclass(frozen=True, slots=True)
class WantBulletin:
    """The citizen wants a bulletin each month. No ``about``: of what is to be found out. Answered by Bulletined."""

    about: str = ""  # all, place, department; draft: the place that their draft tells
    number: str = ""  # of the case whose place or department it is
    place: str = ""  # in the draft


@dataclass(frozen=True, slots=True)
class StopBulletins:
    """The citizen wants none of this institution's bulletins any more; answered by Bulletined."""


Effect = (
    Say
    | FileCase
    | FindSimilar
    | Join
    | Leave
    | Add
    | Amend
    | Urge
    | Accept
    | Appeal
    | Hand
    | Claim
    | Rate
    | AnswerPoll
    | RefusePolls
    | WantNews
    | Withdraw
    | Reopen
    | MoveDraft
    | TakeDraft
    | Discard
    | Withhold
    | Forget
    | AskLooks
    | AskCopy
    | WantBulletin
    | StopBulletins
)
