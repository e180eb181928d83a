"""What every answer carries so that a browser protects the reader.

A header that a handler has set itself stays: an uploaded file has a stricter
policy, the API's documentation its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def with_pictures_of(address: str) -> str:
    """The same policy for a page that shows pictures of that server too, and of no other."""
    told = urlsplit(address)
    return POLICY.replace("img-src", f"img-src {told.scheme}://{told.netloc}", 1)


FILE_POLICY = "default-src 'none'; sandbox"
"""For what citizens uploaded: whatever it is, it may do nothing."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(self)",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = "max-age=31536000"  # seconds: a year


def setup(app: web.Application) -> None:
    """Put the headers on every answer: pages, streams and errors alike."""
    app.on_response_prepare.append(_protect)


def is_https(request: web.Request) -> bool:
    """Whether citizens reach us through https; cookies are Secure then."""
    return request.config_dict[SITE].settings.url.startswith("https://")


async def _protect(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if is_https(request):
        response.headers.setdefault("Strict-Transport-Security", HSTS)
    if response.headers.get("Server", "").startswith("Python"):
        del response.headers["Server"]  # which versions we run is nobody's business
