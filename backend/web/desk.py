"""The desk, where handlers work: its parts, put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.web import (
    desk_alerts,
    desk_answers,
    desk_case,
    desk_duty,
    desk_evidence,
    desk_files,
    desk_funnel,
    desk_learning,
    desk_list,
    desk_login,
    desk_pages,
    desk_register,
    desk_stream,
    desk_talks,
    desk_traffic,
    desk_trouble,
    desk_voices,
    printing,
)

if TYPE_CHECKING:
    from aiohttp import web

PARTS = (
    desk_answers,
    desk_login,
    desk_list,
    desk_trouble,
    desk_alerts,
    desk_duty,
    desk_voices,
    desk_talks,
    desk_files,
    desk_evidence,
    desk_register,
    desk_case,
    printing,
    desk_learning,
    desk_funnel,
    desk_traffic,
    desk_stream,
)


def setup(app: web.Application) -> None:
    """Add /desk and everything below it."""
    app.router.add_get("/desk/language", desk_pages.switch_language)
    for part in PARTS:
        part.setup(app)
