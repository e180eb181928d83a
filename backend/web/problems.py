"""What went wrong, as ``application/problem+json`` (RFC 9457): one row a kind, one answer a named error.

Every answer under /api that is no success is made here. ``type`` is where
/api/docs explains the kind; ``detail`` is the sentence of the error itself.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from backend.domain.numbers import NotANumber, WrongCheckDigit
from backend.domain.refusals import Missing, NoSuchAct, NotYourAct, WrongAct, WrongMove, WrongRole
from backend.services.cases.casework import Empty, NotYours, Unknown
from backend.services.cases.finding import BadQuestion
from backend.services.cases.reading import NotYourInstitution
from backend.services.talks.places import Unfit
from backend.store.case_rows import BadCursor
from backend.store.cases import NoSuchCase, Stale
from backend.store.errors import Busy, StoreUnavailable
from backend.web.patience import TooSlow

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTENT_TYPE = "application/problem+json"
DOCS = "/api/docs"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of trouble. ``what`` tells a programmer what to do about it."""

    status: int
    title: str
    what: str


KINDS: dict[str, Kind] = {
    "malformed": Kind(400, "Malformed", "The body is no UTF-8 JSON object, or the cursor is not one of ours."),
    "unauthorized": Kind(401, "No valid token", "Send the header Authorization: Bearer TOKEN; `jiesu token add` makes one."),
    "forbidden": Kind(403, "Not for this token", "The token's scope, role or institution does not hold this; use another."),
    "not-found": Kind(404, "Not found", "There is no such path, or no such case for this token: a case of another institution looks the same as none."),
    "wrong-method": Kind(405, "Wrong method", "The path exists; the header Allow names its methods."),
    "too-slow": Kind(408, "Too slow", "The rest of the body did not come; send the request again."),
    "conflict": Kind(409, "Conflict", "The case cannot go there from where it stands, or somebody changed it meanwhile; the detail says who and to what. Read it again."),
    "too-large": Kind(413, "Too large", "Send less."),
    "wrong-media-type": Kind(415, "Wrong media type", "Send the header Content-Type: application/json."),
    "invalid": Kind(422, "Invalid", "A field is missing or wrong; the detail names it."),
    "too-many": Kind(429, "Too many requests", "Wait for the seconds in the header Retry-After."),
    "fault": Kind(500, "Our fault", "It is logged; send the request again later."),
    "busy": Kind(503, "Busy", "Nothing was done; send the request again after the seconds in the header Retry-After."),
}  # fmt: skip

ROUTING = {
    "not-found": f"There is no such path; {DOCS} lists those there are.",
    "wrong-method": "This path does not take that method; the header Allow names those it takes.",
}
"""The detail of what the router refuses."""

NAMED: dict[type[Exception], str] = {
    BadCursor: "malformed",
    WrongRole: "forbidden",
    NotYourAct: "forbidden",
    WrongAct: "conflict",
    NoSuchAct: "invalid",
    NoSuchCase: "not-found",
    NotANumber: "not-found",
    WrongCheckDigit: "not-found",
    WrongMove: "conflict",
    Stale: "conflict",
    Missing: "invalid",
    BadQuestion: "invalid",
    Unknown: "invalid",
    Empty: "invalid",
    Unfit: "invalid",
    NotYourInstitution: "forbidden",
    TooSlow: "too-slow",
}
"""Errors whose own sentence is the answer; the first that fits counts."""


class Problem(Exception):
    """An answer that is no success."""

    def __init__(self, kind: str, detail: str, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.headers = kind, detail, dict(headers or {})

    def response(self) -> web.Response:
        """The answer."""
        kind = KINDS[self.kind]
        told = {"type": f"{DOCS}#{self.kind}", "title": kind.title, "status": kind.status, "detail": self.detail}
        body = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
        return web.Response(body=body, status=kind.status, content_type=CONTENT_TYPE, headers=self.headers)


def of(error: Exception) -> Problem | None:
    """The problem that a named error is; None: it is nobody's but ours."""
    match error:
        case Problem():
            return error
        case NotYours():  # the same as a case that is not there: that it exists is nobody's business either
            return Problem("not-found", str(NoSuchCase(error.number)))
        case Busy():
            return Problem("busy", str(error), headers=retry_after(error.retry_after))
        case StoreUnavailable():
            return Problem("busy", "The database cannot be used just now.", headers=retry_after(30))
        case web.RequestPayloadError() | HttpProcessingError():
            return Problem("malformed", "the body is not what its headers say: look at Content-Encoding and the chunks")
        case web.HTTPException():
            return of_status(error.status, headers=error.headers)
    kind = next((kind for named, kind in NAMED.items() if isinstance(error, named)), None)
    return Problem(kind, str(error)) if kind else None


def of_status(status: int, *, headers: Mapping[str, str] | None = None) -> Problem | None:
    """The problem with that HTTP status, with a detail that fits any; None: it is our fault."""
    if status >= 500 and status != KINDS["busy"].status:
        return None
    kind = next((key for key, row in KINDS.items() if row.status == status), "malformed")
    kept = {key: value for key, value in (headers or {}).items() if key in {"Allow", "Retry-After"}}
    return Problem(kind, ROUTING.get(kind, KINDS[kind].what), headers=kept)


def retry_after(seconds: float) -> dict[str, str]:
    """The header, in whole seconds, at least 1."""
    return {"Retry-After": str(max(1, math.ceil(seconds)))}
