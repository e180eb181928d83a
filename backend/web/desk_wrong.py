"""Why something was not done, as a sentence beside the form that asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.case import Missing, NoSuchDepartment, WrongMove, WrongRole
from backend.domain.lifecycle import Status
from backend.services.casework import Empty, Unknown
from backend.services.desk import OnlyLooks, Overtaken
from backend.store.cases import Stale
from backend.web.desk_history import actor, news
from backend.web.desk_view import status_label

if TYPE_CHECKING:
    from backend.web.desk_view import Reader
    from institutions.model import Institution


class TooLong(Exception):
    """Somebody wrote more than fits a message."""

    def __init__(self, most: int) -> None:
        super().__init__(f"a text has more than {most} characters")
        self.most = most


REFUSED = (Overtaken, OnlyLooks, Stale, WrongMove, Missing, Unknown, Empty, TooLong)
"""What a handler's change may run into; anything else is no matter of theirs."""


def told(error: Exception, institution: Institution | None, reader: Reader) -> tuple[int, str]:
    """The status and the sentence. ``institution``: the case's, for times in its zone."""
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
        case NoSuchDepartment():
            return 422, reader.t("wrong.unknown")
        case Missing(field=field):
            return 422, reader.t(f"wrong.missing.{field}")
        case TooLong(most=most):
            return 422, reader.t("wrong.long", most=most)
        case Empty():
            return 422, reader.t("wrong.empty")
    return 422, reader.t("wrong.unknown")
