"""What belongs to every evidence file that is handed out, on the desk and in the chat: a safe name, a policy, a tag.

A browser keeps the bytes but asks each time whether it may still show them: in
a shared office the next reader of its cache is somebody else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from aiohttp import web

from backend.services.files.sniff import offered_name
from backend.web.security import FILE_POLICY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.store.evidence import EvidenceRow

KEPT = "private, no-cache"
AGAIN = ("ETag", "Cache-Control", "Content-Security-Policy")
"""What a browser writes anew beside the bytes that it kept."""


def headers(row: EvidenceRow, media_type: str, *, saved: bool = False, variant: str = "") -> dict[str, str]:
    """``saved``: it is for a folder and not for the page; ``variant``: drawn anew, and how."""
    name = quote(offered_name(row.filename or f"{row.kind}-{row.id}", row.media_type), safe="")
    return {
        "Content-Type": media_type,
        "Content-Disposition": f"{'attachment' if saved else 'inline'}; filename*=UTF-8''{name}",
        "Content-Security-Policy": FILE_POLICY,
        "Cache-Control": KEPT,
        "ETag": f'"{tag(row, variant)}"',
    }


def tag(row: EvidenceRow, variant: str = "") -> str:
    """The bytes behind it never change; how they are drawn may."""
    return f"{row.sha256}-{variant}" if variant else row.sha256


def unchanged(request: web.Request, told: Mapping[str, str]) -> web.Response | None:
    """The answer to a browser that has these bytes already. The reader's right to see them was checked before."""
    wanted = told["ETag"].strip('"')
    if not any(each.value in {wanted, "*"} for each in request.if_none_match or ()):
        return None
    return web.Response(status=304, headers={key: told[key] for key in AGAIN})
