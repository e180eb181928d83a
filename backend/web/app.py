"""The web application: the parts, one after another, over one Site."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp_jinja2
from aiohttp import web
from jinja2 import FileSystemLoader, StrictUndefined

from backend.web import assets, chat, connections, copies, errors, health, hooks, patience, public, security
from backend.web.api import routes as api
from backend.web.compiled import COMPILED
from backend.web.desk import routes as desk
from backend.web.keys import SITE
from backend.web.limits import LIMITS, RATES, Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.site import Site
    from backend.web.limits import Rate

TEMPLATES = Path(__file__).parent / "templates"
MOST_BYTES = 64 * 1024 * 1024
"""The largest request: three files of 20 MB and what is written with them."""

PARTS = (security, assets, health, hooks, chat, copies, desk, api, public)


def build(site: Site, *, limits: Mapping[str, Rate] = RATES) -> web.Application:
    """Everything under one roof. ``limits`` may be raised by whoever sends for a whole city from one address."""
    app = web.Application(
        client_max_size=MOST_BYTES,
        middlewares=[health.measure, errors.middleware, connections.as_sent, patience.middleware()],
    )
    app[SITE] = site
    app[LIMITS] = Limits(limits)
    env = aiohttp_jinja2.setup(
        app,
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=COMPILED,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals["static"] = assets.url
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    for part in PARTS:
        part.setup(app)
    return app
