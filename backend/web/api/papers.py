"""REST calls for papers: a case, or its letter of complaint, as a Word file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from backend.domain import numbers
from backend.reports.word import MEDIA_TYPE
from backend.web import printing
from backend.web.api.calls import Call, Download
from backend.web.errors import Refused
from backend.web.problems import Problem

if TYPE_CHECKING:
    from backend.web.api.calls import Asked

KINDS = {403: "forbidden", 404: "not-found"}


async def print_case(asked: Asked, _told: None) -> Download:
    """The whole case."""
    return await _paper(asked, "file")


async def print_letter(asked: Asked, _told: None) -> Download:
    """The letter of complaint."""
    return await _paper(asked, "letter")


async def _paper(asked: Asked, kind: str) -> Download:
    number = numbers.read(asked.number)
    printed = partial(printing.paper, asked.site, number, kind, by=asked.actor, language="zh", reason=asked.reason)
    try:
        return await printed()
    except Refused as error:
        raise Problem(KINDS.get(error.trouble.status, "invalid"), str(error)) from error


CALLS = (
    Call("GET", "/cases/{number}/file", "A case as a Word file, masked as the token may see it", "案卷（Word 文件）", "read",
         print_case, None, problems=("not-found",), media_type=MEDIA_TYPE),
    Call("GET", "/cases/{number}/letter", "The letter of complaint to sign, where the institution has one",
         "投诉书（Word 文件，供签字）", "read", print_letter, None, problems=("not-found",), media_type=MEDIA_TYPE),
)  # fmt: skip
