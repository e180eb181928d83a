"""Where the parts of the web application find what they share."""

from __future__ import annotations

from aiohttp import web

from backend.site import Site

SITE = web.AppKey("site", Site)
