"""Why something was not done, as a sentence beside the form that asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.lifecycle import Status
from backend.domain.refusals import Missing, NoSuchAct, NotYet, NotYourAct, WrongAct, WrongMove, WrongRole
from backend.services.cases.casework import Empty, Unknown
from backend.services.cases.overtaken import Overtaken
from backend.services.office.desk import OnlyLooks
from backend.services.talks.takeover import NobodyThere, NotHere
from backend.store.cases import Stale
from backend.web.desk.history import actor, news
from backend.web.desk.view import status_label

if TYPE_CHECKING:
    from backend.web.desk.view import Reader
    from institutions.model import Institution


class TooLong(Exception):
    """Somebody wrote more than fits a message."""

    def __init__(self, most: int) -> None:
        super().__init__(f"a text has more than {most} characters")
        self.most = most


REFUSED = (
    *(Overtaken, OnlyLooks, Stale, WrongMove, Missing, WrongAct, NoSuchAct, Unknown, Empty, TooLong),
    *(NotHere, NobodyThere),
)
"""What a handler's change may run into; anything else is no matter of theirs."""

SAYS_WHAT = (Status.SUPPLEMENTING, Status.TRANSFERRED)
"""Moves whose note has a sentence of its own where it is missing."""


def told(error: Exception, institution: Institution | None, reader: Reader) -> tuple[int, str]:
    """The status and the sentence. ``institution``: the case's, for times in its zone."""
    if own := _own(error, reader) or _of_chat(error, reader):
        return own
    match error:
        case Overtaken(news=events) if institution is not None:
            return 409, reader.t("wrong.overtaken", news=news(events, institution, reader))
        case Stale(by=by, status=status):
            label = status_label(Status(status), reader).text
            return 409, reader.t("wrong.stale", by=actor(by, reader), status=label)
        case OnlyLooks():
            return 403, reader.t("wrong.looks")
        case WrongRole():
            return 403, reader.t("wrong.role")
        case WrongMove(current=current):
            return 409, reader.t("wrong.move", status=status_label(current, reader).text)
        case Missing(wanted=wanted, field=field):
            exact = f".{wanted}" if field == "note" and wanted in SAYS_WHAT else ""
            return 422, reader.t(f"wrong.missing.{field}{exact}")
        case TooLong(most=most):
            return 422, reader.t("wrong.long", most=most)
        case Empty():
            return 422, reader.t("wrong.empty")
    return 422, reader.t("wrong.unknown")


def _of_chat(error: Exception, reader: Reader) -> tuple[int, str] | None:
    """Why a chat could not be taken or written into."""
    match error:
        case NotHere(taken_by=name):
            return 409, reader.t("wrong.not_here", name=name or reader.t("wrong.nobody"))
        case NobodyThere():
            return 422, reader.t("wrong.nobody_here")
    return None


def _own(error: Exception, reader: Reader) -> tuple[int, str] | None:
    """Errors that bring a sentence of their own in both languages."""
    match error:
        case NotYet(why=why, zh=zh):
            status = 409
        case WrongAct(why=why, zh=zh):
            status = 403 if isinstance(error, NotYourAct) else 409
        case Missing(zh=zh) if zh:
            status, why = 422, str(error)
        case _:
            return None
    return status, f"{why[0].upper()}{why[1:]}." if reader.language == "en" else zh
