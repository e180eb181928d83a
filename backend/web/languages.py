"""Which of our languages a reader gets before we know them: Chinese, unless the browser asks for English first.

The citizen's chat also knows traditional characters, the other pages only ``LANGUAGES``. On the desk the handler's own choice counts, and until there is one it is Chinese.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs.speaking.language import closest

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


def spoken(request: web.Request) -> str:
    """The language that the chat begins in, as far as the browser tells: ``zh``, ``zh-Hant`` or ``en``."""
    return closest(request.headers.get("Accept-Language", "").split(",")[0].split(";")[0])


def on_desk(request: web.Request) -> bool:
    """Whether a handler's page is asked for."""
    return request.path == "/desk" or request.path.startswith("/desk/")
