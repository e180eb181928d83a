"""The body of a message from the page: JSON, or a form with files, read in pieces and never larger than agreed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import structlog
from aiohttp import BodyPartReader, MultipartReader, web

from backend.services.files.evidence import EvidenceUnavailable, collect
from backend.services.files.sniff import MOST_BYTES
from backend.web.errors import STATUSES, Refused
from backend.web.limits import TooMany, address, spend
from backend.web.patience import TooSlow

if TYPE_CHECKING:
    from backend.services.files.evidence import EvidenceFiles
    from backend.services.talks.intake import StoredFile

log = structlog.get_logger()

MOST_JSON = 3 * 1024 * 1024
"""Bytes: 200,000 characters, each written as \\uXXXX\\uXXXX, and a little."""
MOST_FORM = 64 * 1024 * 1024
"""Bytes of one form: three files of the largest size and a little."""
MOST_FIELD = 1024 * 1024  # bytes of text in a form
MOST_FILES = 20
LONGEST_NAME = 120  # characters of a file's name; its end, where the type stands, is kept
PIECE = 256 * 1024  # bytes read at a time
MOST_HEADER = 64 * 1024
"""Bytes of a line above a part: room for the longest name of a file, each letter written as %E4%BD%A0."""
NOT_THE_FILE = (Refused, TooSlow, ConnectionError, web.RequestPayloadError)
"""What is wrong with the whole request."""


@dataclass(slots=True)
class Sent:
    """What came: the fields, the files that are safe in the evidence store, and what is to be said about any."""

    payload: Any
    files: tuple[StoredFile, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Form:
    """A form while it is being read."""

    sender: str
    bytes: int = 0
    seen: int = 0  # files
    reading: str = ""  # the name of the file that is being read
    fields: dict[str, str] = field(default_factory=dict)
    files: list[StoredFile] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def count(self, more: int) -> None:
        """Raises: Refused (413)."""
        self.bytes += more
        if self.bytes > MOST_FORM:
            raise _too_large()


async def read(request: web.Request, evidence: EvidenceFiles, sender: str) -> Sent:
    """Everything the page sent. ``sender`` is whose files they are. Raises: Refused (400, 413)."""
    if request.content_type == "multipart/form-data":
        return await _form(request, evidence, sender)
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


async def _form(request: web.Request, evidence: EvidenceFiles, sender: str) -> Sent:
    """A form that breaks off in a file is taken as far as it came; the citizen is told what did not arrive."""
    if (request.content_length or 0) > MOST_FORM:
        raise _too_large()
    form = Form(sender)
    try:
        async for part in MultipartReader(request.headers, request.content, max_field_size=MOST_HEADER):
            await _part(request, form, part, evidence)
    except NOT_THE_FILE:
        raise
    except Exception as error:  # aiohttp says in many ways that it is no form
        if not form.seen and not form.fields.get("text"):
            raise _unreadable() from error
        form.remarks.append(("file.lost", form.reading))
    if not form.seen and "text" not in form.fields:
        raise _unreadable()
    payload = {"text": "", **form.fields}
    return Sent(payload, tuple(form.files), tuple(form.remarks))


async def _part(request: web.Request, form: Form, part: object, evidence: EvidenceFiles) -> None:
    if not isinstance(part, BodyPartReader):
        raise _unreadable()
    if part.name == "file":
        await _file(request, form, part, evidence)
    elif part.name in {"id", "text"} and part.name not in form.fields:
        form.fields[part.name] = await _field(form, part)
    else:
        raise _unreadable()


async def _field(form: Form, part: BodyPartReader) -> str:
    """Words that came in part only are not taken for all."""
    try:
        data = await _bytes(form, part, most=MOST_FIELD)
        if data is None:
            raise _too_large()
        return data.decode("utf-8")
    except ValueError as error:
        raise _unreadable() from error


async def _file(request: web.Request, form: Form, part: BodyPartReader, evidence: EvidenceFiles) -> None:
    """Read and store one file; the next is read when this one's bytes have been let go."""
    form.seen += 1
    if form.seen > MOST_FILES:
        raise _too_many_files()
    name = form.reading = _name(part.filename or "")
    data = await _bytes(form, part, most=MOST_BYTES)
    form.reading = ""
    if data is None:
        form.remarks.append(("file.large", name))
        return
    files, remarks = await _kept(request, form, name, data, evidence)
    form.files.extend(files)
    form.remarks.extend(remarks)


async def _kept(
    request: web.Request, form: Form, name: str, data: bytes, evidence: EvidenceFiles
) -> tuple[tuple[StoredFile, ...], tuple[tuple[str, str], ...]]:
    """The file that is safe now, or what is to be told of it; no file costs the rest of the message."""
    try:
        spend(request, "file.person", len(data), form.sender)
        spend(request, "file.address", len(data), address(request))
        return await collect(evidence, [(name, data)])
    except TooMany:
        return (), (("file.quota", name),)
    except EvidenceUnavailable as error:
        log.exception("evidence was not kept", why=str(error))
    except Exception:
        log.exception("a file was not kept")
    return (), (("file.lost", name),)


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
