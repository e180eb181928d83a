"""The body of a message from the page: JSON, or a form with files, read in pieces and never larger than agreed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import structlog
from aiohttp import BodyPartReader, web

from backend.services.evidence import EvidenceUnavailable, collect
from backend.services.sniff import MOST_BYTES
from backend.web.errors import STATUSES, Refused

if TYPE_CHECKING:
    from backend.services.evidence import EvidenceFiles
    from backend.services.intake import StoredFile

log = structlog.get_logger()

MOST_JSON = 3 * 1024 * 1024
"""Bytes: 200,000 characters, each written as \\uXXXX\\uXXXX, and a little."""
MOST_FORM = 64 * 1024 * 1024
"""Bytes of one form: three files of the largest size and a little."""
MOST_FIELD = 1024 * 1024  # bytes of text in a form
MOST_FILES = 20
LONGEST_NAME = 120  # characters of a file's name; its end, where the type stands, is kept
PIECE = 256 * 1024  # bytes read at a time


@dataclass(slots=True)
class Sent:
    """What came: the fields, the files that are safe in the evidence store, and what is to be said about any."""

    payload: Any
    files: tuple[StoredFile, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Form:
    """A form while it is being read."""

    bytes: int = 0
    seen: int = 0  # files
    fields: dict[str, str] = field(default_factory=dict)
    files: list[StoredFile] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def count(self, more: int) -> None:
        """Raises: Refused (413)."""
        self.bytes += more
        if self.bytes > MOST_FORM:
            raise _too_large()


async def read(request: web.Request, evidence: EvidenceFiles) -> Sent:
    """Everything the page sent. Raises: Refused (400, 413)."""
    if request.content_type == "multipart/form-data":
        return await _form(request, evidence)
    if request.content_type == "application/json":
        return Sent(await _json(request))
    raise _unreadable()


async def _json(request: web.Request) -> Any:
    if (request.content_length or 0) > MOST_JSON:
        raise _too_large()
    body = bytearray()
    while piece := await request.content.readany():
        body += piece
        if len(body) > MOST_JSON:
            raise _too_large()
    try:
        return json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _unreadable() from error


async def _form(request: web.Request, evidence: EvidenceFiles) -> Sent:
    if (request.content_length or 0) > MOST_FORM:
        raise _too_large()
    form = Form()
    try:
        async for part in await request.multipart():
            await _part(form, part, evidence)
    except (ValueError, RuntimeError, AssertionError) as error:  # how aiohttp says that it is no form
        raise _unreadable() from error
    if not form.seen and "text" not in form.fields:
        raise _unreadable()
    payload = {"text": "", **form.fields}
    return Sent(payload, tuple(form.files), tuple(form.remarks))


async def _part(form: Form, part: object, evidence: EvidenceFiles) -> None:
    if not isinstance(part, BodyPartReader):
        raise _unreadable()
    if part.name == "file":
        await _file(form, part, evidence)
    elif part.name in {"id", "text"} and part.name not in form.fields:
        data = await _bytes(form, part, most=MOST_FIELD)
        if data is None:
            raise _too_large()
        form.fields[part.name] = data.decode("utf-8")  # a UnicodeDecodeError is a ValueError
    else:
        raise _unreadable()


async def _file(form: Form, part: BodyPartReader, evidence: EvidenceFiles) -> None:
    """Read and store one file; the next is read when this one's bytes have been let go."""
    form.seen += 1
    if form.seen > MOST_FILES:
        raise _too_many_files()
    name = _name(part.filename or "")
    data = await _bytes(form, part, most=MOST_BYTES)
    if data is None:
        form.remarks.append(("file.large", name))
        return
    try:
        files, remarks = await collect(evidence, [(name, data)])
    except EvidenceUnavailable as error:
        log.exception("evidence was not kept", why=str(error))
        form.remarks.append(("file.lost", name))
        return
    form.files.extend(files)
    form.remarks.extend(remarks)


async def _bytes(form: Form, part: BodyPartReader, *, most: int) -> bytes | None:
    """The part's bytes; None: more than *most*, of which none are kept. Raises: Refused (413)."""
    data = bytearray()
    kept = True
    while piece := await part.read_chunk(PIECE):
        form.count(len(piece))
        kept = kept and len(data) + len(piece) <= most
        if kept:
            data += piece
        else:
            data.clear()
    return bytes(data) if kept else None


def _name(told: str) -> str:
    """The file's name without folders, line breaks and other tricks. Some programs write it as in an address."""
    last = unquote(told).replace("\\", "/").rsplit("/", 1)[-1]
    clean = "".join(c for c in last.encode("utf-8", "ignore").decode() if c.isprintable()).strip()
    return clean[-LONGEST_NAME:]


def _unreadable() -> Refused:
    return Refused(
        400,
        "这条消息的格式不对，没有收下。请刷新页面再发一次。",
        "This message is malformed and was not taken. Reload the page and send it again.",
    )


def _too_large() -> Refused:
    return Refused(413, STATUSES[413].zh, STATUSES[413].en)


def _too_many_files() -> Refused:
    return Refused(413, f"一次最多发 {MOST_FILES} 个文件，请分几次发。", f"Send at most {MOST_FILES} files at a time.")
