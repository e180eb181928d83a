"""Errors become answers here, each with a sentence for whoever reads it: what is wrong and what to do.

Under /api problems.py answers. Elsewhere a browser gets a page, anything else
JSON of the same shape. An error that nobody named is ours: it is logged with
its traceback, and the reader is told that much and no more.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

import aiohttp_jinja2
import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from backend.domain.case import Missing, WrongMove, WrongRole
from backend.domain.numbers import NotANumber, WrongCheckDigit
from backend.services.cases.casework import Empty, NotYours, Unknown
from backend.services.office.desk import OnlyLooks
from backend.store.cases import NoSuchCase, Stale
from backend.store.errors import Busy, StoreUnavailable
from backend.store.evidence import NoSuchEvidence
from backend.web import languages, problems
from backend.web.health import DATABASE
from backend.web.limits import TooMany
from backend.web.patience import TooSlow

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = structlog.get_logger()

DOWN_SECONDS = 5
"""After which a platform, or a page, may try again that met a database which is down."""
GONE = 499
"""The reader hung up while we answered; nobody gets this, but the metrics count it."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One kind of trouble in words for everybody. ``{error}`` stands for the error's own sentence."""

    status: int
    zh: str
    en: str


class Refused(Exception):
    """A request that is not done, with its own sentences."""

    def __init__(self, status: int, zh: str, en: str) -> None:
        super().__init__(en)
        self.trouble = Trouble(status, zh, en)


STATUSES: dict[int, Trouble] = {
    row.status: row
    for row in (
        Trouble(400, "这个请求的内容看不懂，请刷新页面再试。", "This request cannot be read; reload the page and try again."),
        Trouble(401, "请先登录。", "Please log in first."),
        Trouble(403, "没有权限做这件事。", "You may not do this."),
        Trouble(404, "这里没有您要找的内容，请检查网址。", "There is nothing here; please check the address."),
        Trouble(405, "这个网址不接受这样的请求。", "This address does not take such a request."),
        Trouble(408, "等了很久没有收到完整的内容，请检查网络后重新发送。", "The rest of this did not arrive; check your connection and send it again."),
        Trouble(409, "刚才有人改动过，请刷新后再试。", "Somebody changed this meanwhile; reload and try again."),
        Trouble(413, "发送的内容太大了，请分几次发，或缩小后再发。", "That is too large; send it in parts or make it smaller."),
        Trouble(422, "填写的内容不对，请检查后再试。", "Something in the form is wrong; please check it."),
        Trouble(429, "操作太快了，请过 {seconds} 秒再试。", "That was too fast; try again in {seconds} seconds."),
        Trouble(500, "我们这边出了点问题，已经记录下来。请稍后再试。", "Something went wrong on our side and has been logged. Please try again later."),
        Trouble(503, "现在有点忙，请过 {seconds} 秒再试。", "We are busy just now; try again in {seconds} seconds."),
    )
}  # fmt: skip

NAMED: dict[type[Exception], Trouble] = {
    NoSuchCase: Trouble(404, "没有这个案件，请检查编号。", "There is no such case; check the number."),
    NotYours: Trouble(404, "没有这个案件，请检查编号。", "There is no such case; check the number."),  # nobody learns that it exists
    NotANumber: Trouble(404, "这不是案件编号，请检查。", "That is no case number; please check."),
    WrongCheckDigit: Trouble(404, "编号里可能有一位打错了，请检查。", "The number seems to be mistyped; please check."),
    NoSuchEvidence: Trouble(404, "没有这个文件。", "There is no such file."),
    OnlyLooks: Trouble(403, "您只能查看，不能做这件事。", "You may look, but not do that."),
    WrongRole: Trouble(403, "您的角色不能做这一步。", "Your role may not do that."),
    WrongMove: Trouble(409, "案件现在的状态不能这样流转，请刷新看看。", "The case cannot go there from where it stands; reload to see."),
    Stale: STATUSES[409],
    Missing: Trouble(422, "还有必填的内容没有写。", "Something that is needed is missing."),
    Unknown: Trouble(422, "选的内容不存在，请刷新后重选。", "What was chosen does not exist; reload and choose again."),
    Empty: Trouble(422, "内容不能为空。", "Something must be written."),
    TooSlow: STATUSES[408],
    web.RequestPayloadError: STATUSES[400],
    HttpProcessingError: STATUSES[400],
    StoreUnavailable: Trouble(503, "数据库暂时不可用，请稍后再试。", "The database cannot be used just now; try again later."),
}  # fmt: skip
"""What a named error is to a reader; the first that fits counts."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets."""

    status: int
    sentence: str
    headers: dict[str, str] = field(default_factory=dict)


FRAMED: web.AppKey[Callable[[web.Request, Answer], Awaitable[web.Response | None]]] = web.AppKey("errors_framed")
"""How a part of the site shows an error in its own frame; None: it does not."""


@web.middleware
async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Let answers pass, turn errors into answers."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise  # a redirect
        return await answer(request, error)
    except Exception as error:  # noqa: BLE001 (the one place where every error ends)
        if isinstance(error, ConnectionError) and hung_up(request):
            return web.Response(status=GONE)
        return await answer(request, error)
    return response


def hung_up(request: web.Request) -> bool:
    """Whether the reader has closed the connection."""
    return request.transport is None or request.transport.is_closing()


async def answer(request: web.Request, error: Exception) -> web.Response:
    """The answer that an error deserves, in the reader's form and language."""
    if isinstance(error, StoreUnavailable):
        request.config_dict[DATABASE].failed(error)
    if request.path.startswith("/api/"):
        return _problem(request, error).response()
    found = _told(error, languages.of(request))
    if found is None:
        _log(request, error)
        found = Answer(500, _in(STATUSES[500], languages.of(request)))
    if "text/html" in request.headers.get("Accept", "") or "HX-Request" in request.headers:  # htmx accepts anything
        return await _page(request, found)
    return _json(found)


def _problem(request: web.Request, error: Exception) -> problems.Problem:
    if isinstance(error, TooMany):
        return problems.Problem("too-many", str(error), headers=problems.retry_after(error.retry_after))
    if isinstance(error, Refused):
        error = problems.of_status(error.trouble.status) or error
    found = problems.of(error)
    if found is None:
        _log(request, error)
        return problems.Problem("fault", problems.KINDS["fault"].what)
    return found


def _told(error: Exception, language: str) -> Answer | None:
    """None: an error that nobody named."""
    match error:
        case Refused(trouble=trouble):
            return Answer(trouble.status, _in(trouble, language))
        case TooMany(retry_after=seconds):
            return _later(429, seconds, language)
        case Busy(retry_after=seconds):
            return _later(503, seconds, language)
        case StoreUnavailable():
            return Answer(503, _in(NAMED[StoreUnavailable], language), {"Retry-After": str(DOWN_SECONDS)})
        case web.HTTPException(status=status):
            trouble = STATUSES.get(status) or STATUSES[400 if status < 500 else 500]
            kept = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
            return Answer(status, _in(trouble, language).format(seconds=30), kept)
    named = next((trouble for kind, trouble in NAMED.items() if isinstance(error, kind)), None)
    return Answer(named.status, _in(named, language)) if named else None


def _later(status: int, seconds: float, language: str) -> Answer:
    whole = max(1, math.ceil(seconds))
    return Answer(status, _in(STATUSES[status], language).format(seconds=whole), {"Retry-After": str(whole)})


def _in(trouble: Trouble, language: str) -> str:
    return trouble.en if language == "en" else trouble.zh


def _json(found: Answer) -> web.Response:
    told = {"type": "about:blank", "title": HTTPStatus(found.status).phrase, "status": found.status}
    body = json.dumps(told | {"detail": found.sentence}, ensure_ascii=False).encode("utf-8", "replace")
    kind = problems.CONTENT_TYPE
    return web.Response(body=body, status=found.status, content_type=kind, headers=found.headers)


async def _page(request: web.Request, found: Answer) -> web.Response:
    page = await _framed(request, found)
    if page is None:
        told = {"sentence": found.sentence, "status": found.status}
        shown = told | {"language": languages.of(request), "desk": languages.on_desk(request)}
        page = aiohttp_jinja2.render_template("errors/error.html", request, shown, status=found.status)
    page.headers.update(found.headers)
    page.headers["Cache-Control"] = "no-store"
    return page


async def _framed(request: web.Request, found: Answer) -> web.Response | None:
    """None, too, while the database cannot say who reads this."""
    if found.status >= HTTPStatus.INTERNAL_SERVER_ERROR or FRAMED not in request.app:
        return None
    try:
        return await request.app[FRAMED](request, found)
    except (Busy, StoreUnavailable):
        return None


def _log(request: web.Request, error: Exception) -> None:
    route = request.match_info.route.resource
    where = route.canonical if route else request.path
    log.error("request failed", method=request.method, route=where, exc_info=error)
