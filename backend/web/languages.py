"""Which of our two languages a reader gets before we know them: Chinese, unless the browser asks for English first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web


def of(request: web.Request) -> str:
    """``zh`` or ``en``."""
    first = request.headers.get("Accept-Language", "").split(",")[0].strip().lower()
    return "en" if first.split(";")[0].split("-")[0] == "en" else "zh"
