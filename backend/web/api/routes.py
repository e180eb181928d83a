"""The REST API under /api/v1: each call's row becomes a route; who calls and what they send is checked here.

What a call does stands in its part (api_cases, api_places, api_lifecycle), how
errors are answered in problems.py, the documentation in api_document.py.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from backend.services.talks.intake import storable
from backend.web.api import answers as api_answers
from backend.web.api import cases as api_cases
from backend.web.api import docs as api_docs
from backend.web.api import lifecycle as api_lifecycle
from backend.web.api import papers as api_papers
from backend.web.api import places as api_places
from backend.web.api import reports as api_reports
from backend.web.api.calls import PREFIX, Asked, Call, Download, caller
from backend.web.api.reading import read_body, read_query
from backend.web.desk.reports_made import MADE
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

REASON = "X-Reason"
LONGEST_REASON = 200  # characters

CALLS: tuple[Call, ...] = (
    *api_cases.CALLS,
    *api_answers.CALLS,
    *api_papers.CALLS,
    *api_places.CALLS,
    *api_lifecycle.CALLS,
    *api_reports.CALLS,
)


def setup(app: web.Application) -> None:
    """Add the calls, the OpenAPI document and its page."""
    for call in CALLS:
        add = app.router.add_get if call.method == "GET" else app.router.add_post  # add_get answers HEAD too
        add(f"{PREFIX}{call.path}", handler_of(call))
    api_docs.setup(app, CALLS)


def handler_of(call: Call) -> Handler:
    """The function that serves this call."""

    async def handle(request: web.Request) -> web.Response:
        site = request.app[SITE]
        actor = await caller(request, site, call)
        told = await _told(request, call)
        asked = Asked(
            site, actor, request.match_info.get("number", ""), site.clock(), request.app[MADE], _reason(request)
        )
        answer = await call.do(asked, told)
        return web.Response(body=answer.data, headers=answer.headers) if isinstance(answer, Download) else _json(answer)

    return handle


def _reason(request: web.Request) -> str:
    """Why the program reads, as its header says; kept with the look."""
    return storable(request.headers.get(REASON, ""))[:LONGEST_REASON].strip()


async def _told(request: web.Request, call: Call) -> Any:
    if call.body is not None:
        return await read_body(request, call.body)
    return None if call.query is None else read_query(request, call.query)


def _json(answer: dict[str, Any]) -> web.Response:
    """Personal data: no cache keeps it."""
    text = json.dumps(answer, ensure_ascii=False)
    return web.Response(text=text, content_type="application/json", headers={"Cache-Control": "no-store"})
