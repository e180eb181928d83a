"""Which of our two languages a reader gets before we know them: Chinese, unless the browser asks for English first.

On the desk the handler's own choice counts, and until there is one it is Chinese.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import web


COOKIE = "jiesu_desk_language"
LANGUAGES = ("zh", "en")


def of(request: web.Request) -> str:
    """``zh`` or ``en``."""
    if on_desk(request):
        chosen = request.cookies.get(COOKIE, "")
        return chosen if chosen in LANGUAGES else LANGUAGES[0]
    first = request.headers.get("Accept-Language", "").split(",")[0].strip().lower()
    return "en" if first.split(";")[0].split("-")[0] == "en" else "zh"


def on_desk(request: web.Request) -> bool:
    """Whether a handler's page is asked for."""
    return request.path == "/desk" or request.path.startswith("/desk/")
