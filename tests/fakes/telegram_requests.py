"""A call of the Bot API as it comes: query string, form, multipart with files, or JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp.web import FileField

from tests.fakes.telegram_errors import bad

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from tests.fakes.telegram_errors import Json


@dataclass(frozen=True)
class Upload:
    """A file in a multipart body."""

    filename: str
    mime: str
    content: bytes


@dataclass
class Query:
    """The arguments of one call; whatever form they came in, they read the same."""

    method: str
    args: dict[str, Any] = field(default_factory=dict)
    files: dict[str, Upload] = field(default_factory=dict)

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name, default)
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def number(self, name: str, default: int = 0) -> int:
        try:
            return int(float(self.text(name) or default))
        except ValueError:
            return default

    def real(self, name: str) -> float:
        try:
            return float(self.text(name))
        except ValueError:
            raise bad(f'wrong parameter "{name}" in request') from None

    def yes(self, name: str) -> bool:
        return self.text(name).lower() in {"true", "yes", "1"}

    def data(self, name: str, what: str) -> Any:
        """A nested value: JSON inside a form, itself inside JSON; None where there is none. Raises: Failure."""
        value = self.args.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad(f"can't parse {what} JSON object") from None

    @property
    def chat_id(self) -> int | None:
        """None where it is missing or no number."""
        try:
            return int(self.text("chat_id"))
        except ValueError:
            return None

    def attached(self, name: str) -> Upload | None:
        """The file of a field: itself, or the one that ``attach://`` names."""
        value = self.text(name)
        return self.files.get(value.removeprefix("attach://") if value.startswith("attach://") else name)


async def read(method: str, request: web.Request) -> Query:
    """All arguments of a request. Raises: Failure."""
    query = Query(method, dict(request.query))
    if request.content_type == "application/json":
        query.args |= objects(await request.read())
    elif request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        take(query, await request.post())
    return query


def take(query: Query, form: Mapping[str, Any]) -> None:
    for name, value in form.items():
        if isinstance(value, FileField):
            query.files[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            query.args[name] = value


def objects(body: bytes) -> Json:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise bad("can't parse request JSON object")
    return value
