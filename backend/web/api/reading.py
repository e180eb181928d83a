"""A request's query and body into models; what does not fit is answered with sentences that name it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from backend.web.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aiohttp import web
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    M = TypeVar("M", bound=BaseModel)

MOST_BYTES = 256 * 1024
"""Of a body: every text of a move at its longest, each character escaped, fits twice."""
MOST_FAULTS = 3  # named in one answer

PLAIN = {
    "missing": "{key} is missing",
    "extra_forbidden": "there is no {key}; there are {known}",
    "string_type": "{key} must be text",
    "string_too_long": "{key} must have at most {max_length} characters",
    "string_too_short": "{key} is empty",
    "int_parsing": "{key} must be a whole number, not {input!r}",
    "int_parsing_size": "{key} must be a smaller number",
    "greater_than_equal": "{key} must be {ge} or more",
    "enum": "{key} {input!r} is unknown; there are {expected}",
    "dict_type": "{key} must be an object",
    "model_type": "{key} must be an object",
    "model_attributes_type": "{key} must be an object",
}
"""Pydantic's error types in a programmer's words; others keep pydantic's."""


def read_query(request: web.Request, model: type[M]) -> M:
    """The query's parameters. One that is empty counts as absent; one value is not told twice but where the model takes several.

    Raises: Problem.
    """
    told: dict[str, Any] = {}
    for key in request.query:
        values = [value for value in request.query.getall(key) if value]
        if values or key not in model.model_fields:
            told[key] = values if len(values) > 1 else "".join(values)
    try:
        return model.model_validate(told)
    except ValidationError as error:
        raise Problem("invalid", sentence(error, model)) from error


async def read_body(request: web.Request, model: type[M]) -> M:
    """The JSON body. Raises: Problem."""
    if request.content_type != "application/json" or (request.charset or "utf-8").lower() not in {"utf-8", "utf8"}:
        raise Problem("wrong-media-type", "Send JSON in UTF-8, with the header Content-Type: application/json.")
    try:
        return model.model_validate_json(await _bytes_of(request))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "json_invalid":
            raise Problem("malformed", f"the body is no UTF-8 JSON: {first['ctx']['error']}") from error
        if not first["loc"]:
            raise Problem("malformed", "the body must be a JSON object") from error
        raise Problem("invalid", sentence(error, model)) from error


def sentence(error: ValidationError, model: type[BaseModel]) -> str:
    """What is wrong, the first few things of it."""
    faults = error.errors(include_url=False)[:MOST_FAULTS]
    return "; ".join(_fault(fault, list(model.model_fields)) for fault in faults)


def _fault(fault: ErrorDetails, known: Sequence[str]) -> str:
    key = ".".join(str(part) for part in fault["loc"] if not isinstance(part, int))
    facts: dict[str, Any] = {"key": key, "known": ", ".join(known), "input": fault["input"], **fault.get("ctx", {})}
    if isinstance(facts["input"], str):
        facts["input"] = facts["input"][:40]
    if fault["type"] == "value_error":
        return f"{key}: {facts['error']}"
    if fault["type"] in PLAIN:
        return PLAIN[fault["type"]].format_map(facts)
    return f"{key}: {fault['msg']}"


async def _bytes_of(request: web.Request) -> bytes:
    """The whole body. Raises: Problem: it is too large."""
    whole = bytearray()
    if (request.content_length or 0) <= MOST_BYTES:
        async for piece in request.content.iter_chunked(64 * 1024):
            whole += piece
            if len(whole) > MOST_BYTES:
                break
        else:
            return bytes(whole)
    raise Problem("too-large", f"the body must have at most {MOST_BYTES} bytes")
