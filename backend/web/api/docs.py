"""Where programmers read about the API: the OpenAPI document, and a page made from the same rows. No scripts."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import aiohttp_jinja2
from aiohttp import web

from backend.services.office.accounts import SCOPES
from backend.web.api.calls import PREFIX
from backend.web.api.document import document, kinds_of, parameters
from backend.web.keys import SITE
from backend.web.problems import DOCS, KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backend.web.api.calls import Call

    Json = dict[str, Any]


def setup(app: web.Application, calls: Sequence[Call]) -> None:
    """Serve the document and the page; both are public, as the contract is."""

    @cache
    def told() -> Json:  # when somebody asks: it takes longer than all else that a start does
        return document(calls, url=app[SITE].settings.url)

    @cache
    def text() -> str:
        return json.dumps(told(), ensure_ascii=False)

    async def serve_document(_request: web.Request) -> web.Response:
        return web.Response(text=text(), content_type="application/json")

    async def serve_page(request: web.Request) -> web.Response:
        return aiohttp_jinja2.render_template("api/docs.html", request, _page(told(), calls))

    app.router.add_get(f"{PREFIX}/openapi.json", serve_document)
    app.router.add_get(DOCS, serve_page)


def _page(told: Json, calls: Sequence[Call]) -> Json:
    schemas = told["components"]["schemas"]
    return {
        "url": told["servers"][0]["url"],
        "document": f"{PREFIX}/openapi.json",
        "prefix": PREFIX,
        "scopes": SCOPES,
        "calls": [_shown(call, schemas) for call in calls],
        "schemas": {name: _rows(schema) for name, schema in schemas.items()},
        "about": {name: schema.get("description", "") for name, schema in schemas.items()},
        "kinds": KINDS,
    }


def _shown(call: Call, schemas: Json) -> Json:
    return {
        "call": call,
        "parameters": [(p["name"], kind(p["schema"]), p["required"], p["description"]) for p in parameters(call)],
        "body": _rows(schemas[call.body.__name__]) if call.body else [],
        "answer": call.answer.__name__ if call.answer else "",
        "media_type": call.media_type,
        "kinds": [(name, KINDS[name]) for name in kinds_of(call)],
    }


def _rows(schema: Json) -> list[tuple[str, str, bool, str]]:
    """The fields of an object: name, kind, whether it must be there, what it is."""
    needed = schema.get("required", [])
    return [
        (name, kind(field), name in needed, field.get("description", ""))
        for name, field in schema.get("properties", {}).items()
    ]


def kind(schema: Json) -> str:
    """A schema in a word or two: ``list of Case``, ``time or null``."""
    if "anyOf" in schema:
        return " or ".join(kind(choice) for choice in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if schema.get("type") == "array":
        return f"list of {kind(schema['items'])}"
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {kind(schema['additionalProperties'])}"
    if schema.get("format") == "date-time":
        return "time"
    if "enum" in schema:
        return " | ".join(schema["enum"])
    return str(schema.get("type", "anything"))
