"""Static files: ours, and the script libraries that come in wheels. Their addresses carry a hash of what they hold.

An address with the right hash may be kept for a year; without one, an hour.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from aiohttp import web

OURS = Path(__file__).parent / "static"
LIBRARIES = {"htmx.min.js": files("js_lib_htmx") / "static" / "htmx" / "htmx.min.js"}
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}

WORDY = frozenset({".css", ".js", ".svg"})
"""What becomes much smaller when it is packed."""


def setup(app: web.Application) -> None:
    """Serve /static/NAME and /static/lib/NAME."""
    app.router.add_get(r"/static/{name:(?:lib/)?[\w.-]+}", serve, name="static")


def url(name: str) -> str:
    """The address of a static file, with its hash: ``{{ static('chat.css') }}`` in templates. Raises: KeyError."""
    return f"/static/{name}?v={digest(name)}"


async def serve(request: web.Request) -> web.Response:
    """The file."""
    name = request.match_info["name"]
    try:
        body = content(name)
    except KeyError:
        raise web.HTTPNotFound from None
    age = 31_536_000 if request.query.get("v") == digest(name) else 3600  # seconds
    headers = {"Content-Type": TYPES[Path(name).suffix], "Cache-Control": f"public, max-age={age}"}
    if Path(name).suffix in WORDY:
        headers["Vary"] = "Accept-Encoding"
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = packed(name)
    return web.Response(body=body, headers=headers)


@lru_cache(maxsize=64)
def content(name: str) -> bytes:
    """The bytes of a file that exists under that very name. Raises: KeyError."""
    if name.startswith("lib/"):
        return LIBRARIES[name.removeprefix("lib/")].read_bytes()
    found = {path.name: path for path in OURS.iterdir() if path.suffix in TYPES}
    return found[name].read_bytes()


@lru_cache(maxsize=64)
def packed(name: str) -> bytes:
    """The same, a quarter as long. Only files are packed: a page holds a secret beside what others may have written."""
    return gzip.compress(content(name), mtime=0)


@lru_cache(maxsize=64)
def digest(name: str) -> str:
    """Changes when the file does."""
    return hashlib.sha256(content(name)).hexdigest()[:12]
