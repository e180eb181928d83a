"""The OpenAPI 3.1 document, put together from the rows of the calls and the schemas of their models.

Why not by a library: docs/decisions.md, "Our own OpenAPI document".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import models_json_schema

from backend.services.office.accounts import SCOPES
from backend.web.api.calls import PREFIX, Call
from backend.web.api.models import ProblemDetail
from backend.web.problems import CONTENT_TYPE, KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pydantic import BaseModel
    from pydantic.json_schema import JsonSchemaMode

    Json = dict[str, Any]

VERSION = "1"
ALWAYS = ("unauthorized", "too-many", "busy", "fault")
"""Kinds of problem that every call may answer with."""

BEARER = "bearer"
"""The name of the security scheme."""


def document(calls: Sequence[Call], *, url: str) -> Json:
    """The whole document; *url* is where programs reach us."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Jiesu (接诉)",
            "version": VERSION,
            "description": "Cases of a complaint service: read them, move them, answer the citizen.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": url}],
        "security": [{BEARER: []}],
        "paths": _paths(calls),
        "components": {
            "schemas": _schemas(calls),
            "responses": {kind: _problem(kind) for kind in KINDS},
            "securitySchemes": {
                BEARER: {
                    "type": "http",
                    "scheme": "bearer",
                    "description": f"Made by `jiesu token add`. Scopes: {' < '.join(SCOPES)}, each holds the ones before it.",
                }
            },
        },
    }


def kinds_of(call: Call) -> list[str]:
    """The kinds of problem that a call may answer with, by status."""
    own = {*call.problems, *ALWAYS}
    if call.scope != "read":
        own.add("forbidden")
    if call.query is not None:
        own.add("invalid")
    if call.body is not None:
        own |= {"malformed", "too-slow", "too-large", "wrong-media-type", "invalid"}
    return [kind for kind in KINDS if kind in own]


def parameters(call: Call) -> list[Json]:
    """What stands in the path and the query."""
    found: list[Json] = []
    if "{number}" in call.path:
        told = "A case number, with or without hyphens, in any case."
        schema = {"type": "string", "examples": ["20261121-HL-000412-7"]}
        found.append({"name": "number", "in": "path", "required": True, "description": told, "schema": schema})
    whole: Json = _schema(call.query) if call.query else {"properties": {}}
    for name, schema in whole["properties"].items():
        about = {"description": schema.pop("description", "")}
        needed = name in whole.get("required", ())
        found.append({"name": name, "in": "query", "required": needed, **about, "schema": _present(schema)})
    return found


def _paths(calls: Sequence[Call]) -> Json:
    paths: Json = {}
    for call in calls:
        paths.setdefault(f"{PREFIX}{call.path}", {})[call.method.lower()] = _operation(call)
    return paths


def _operation(call: Call) -> Json:
    told: Json = {
        "operationId": call.name,
        "summary": call.summary,
        "description": f"{call.summary_zh}。Needs the scope `{call.scope}`.",
        "responses": {"200": {"description": "Done.", "content": _answer(call)}}
        | {str(KINDS[kind].status): {"$ref": f"#/components/responses/{kind}"} for kind in kinds_of(call)},
    }
    if found := parameters(call):
        told["parameters"] = found
    if call.body:
        told["requestBody"] = {"required": True, "content": _content("application/json", call.body)}
    return told


def _problem(kind: str) -> Json:
    row = KINDS[kind]
    return {"description": f"{row.title}. {row.what}", "content": _content(CONTENT_TYPE, ProblemDetail)}


def _answer(call: Call) -> Json:
    if call.answer is None:
        return {call.media_type: {"schema": {"type": "string", "format": "binary"}}}
    return _content("application/json", call.answer)


def _content(media_type: str, model: type[BaseModel]) -> Json:
    return {media_type: {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}}


def _schemas(calls: Sequence[Call]) -> Json:
    """Every model that stands in a body or an answer. A parameter's model is spread out where it is used."""
    wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [(ProblemDetail, "serialization")]
    wanted += [(call.body, "validation") for call in calls if call.body]
    wanted += [(call.answer, "serialization") for call in calls if call.answer]
    _, whole = models_json_schema(wanted, ref_template="#/components/schemas/{model}")
    schemas: Json = whole["$defs"]
    return schemas


def _schema(model: type[BaseModel]) -> Json:
    """One model with everything it refers to written out in place."""
    schema = model.model_json_schema()
    whole: Json = _spread(schema, schema.pop("$defs", {}))
    return whole


def _spread(part: Any, defs: Json) -> Any:
    if isinstance(part, dict):
        if "$ref" in part:
            return _spread(defs[part["$ref"].rpartition("/")[2]], defs)
        return {key: _spread(value, defs) for key, value in part.items()}
    return [_spread(item, defs) for item in part] if isinstance(part, list) else part


def _present(schema: Json) -> Json:
    """A parameter that is absent is not null: only what it is when present remains."""
    kept = {key: value for key, value in schema.items() if key not in {"title", "default"} or value}
    kept.pop("title", None)
    choices = [choice for choice in kept.pop("anyOf", []) if choice != {"type": "null"}]
    return kept | choices[0] if choices else kept
