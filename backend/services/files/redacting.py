"""Redacted copies of pictures: boxes over faces, plates and numbers, burnt into a new picture that holds nothing else.

The original is never changed. Once there is a copy, it is what everybody is
served who has not opened the case's personal data; the newest copy counts, so
what was covered too much is undone by another redaction of the original.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageOps

from backend.domain import rights
from backend.domain.case import Event
from backend.services.cases import casework
from backend.services.cases.changing import save
from backend.services.files.pictures import CannotDraw, bare
from backend.services.files.sniff import DECODERS
from backend.services.office import desk
from backend.services.privacy import looks
from backend.store.evidence import NoSuchEvidence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from backend.domain.case import Actor, Case
    from backend.services.talks.intake import StoredFile
    from backend.store.evidence import EvidenceRow
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

MOST = 60
"""Boxes on one picture: more than people in a photo whose faces can be told."""
LEAST = 0.05
"""Percent of the side below which nothing can be covered: a click, not a box."""
INK = "black"


class BadBoxes(Exception):
    """What was drawn is no list of boxes."""

    def __init__(self, told: str) -> None:
        super().__init__(f"{told[:40]!r} is no box; write left,top,width,height in percent, a semicolon between two")
        self.told = told


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the upright picture, in percent of its sides."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Access:
    """A piece of evidence as one reader has it."""

    original: EvidenceRow
    copy: EvidenceRow | None  # the newest redacted one
    opened: bool  # the reader has opened the case's personal data, so may have the original with all it holds

    @property
    def seen(self) -> EvidenceRow:
        """What a page shows."""
        return self.copy or self.original


def parse(text: str) -> tuple[Box, ...]:
    """``12.5,30,10,8; 40,20,5,5``: left, top, width, height in percent; what lies outside is cut. Raises: BadBoxes."""
    told = [part for part in text.replace("；", ";").replace("，", ",").split(";") if part.strip()]
    if len(told) > MOST:
        raise BadBoxes(f"{len(told)} > {MOST}")
    return tuple(_box(part) for part in told)


def written(boxes: Sequence[Box]) -> str:
    """The same as text."""
    return "; ".join(f"{box.left:g},{box.top:g},{box.width:g},{box.height:g}" for box in boxes)


def burnt(data: bytes, boxes: Sequence[Box]) -> bytes:
    """A new picture at full size without metadata, the boxes filled with solid black. Raises: CannotDraw."""
    try:
        with Image.open(io.BytesIO(data), formats=list(DECODERS.values())) as picture:
            upright = ImageOps.exif_transpose(picture)
            flat = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
            pen = ImageDraw.Draw(flat)
            for box in boxes:
                pen.rectangle(_pixels(box, flat.size), fill=INK)
            return bare(flat, lossy=picture.format not in {"PNG", "GIF", "BMP"})
    except Exception as error:  # whatever a decoder says of a stranger's bytes
        raise CannotDraw from error


def access(
    work: UnitOfWork, institutions: Institutions, number: str, evidence_id: int, *, by: Actor, at: datetime
) -> Access:
    """Raises: NoSuchCase, NotYours, NoSuchEvidence."""
    row = desk.evidence_of(work, number, evidence_id, by=by)
    if row.original is not None:  # copies are reached through what they are copies of
        raise NoSuchEvidence(evidence_id)
    case = work.cases.get(number)
    unmasks = rights.unmasks(by, case, institutions[case.institution])
    opened = unmasks and looks.open_now(work.cases.history(number), by=by, at=at)
    return Access(row, work.evidence.copies(number).get(row.id), opened)


def wanted(
    work: UnitOfWork, institutions: Institutions, row: EvidenceRow, text: str, *, by: Actor, at: datetime
) -> tuple[Box, ...] | None:
    """The boxes that somebody drew on that original; None: the copy is there, the button was pressed twice.

    Raises: OnlyLooks, BadBoxes, and as ``access``.
    """
    number = row.number or ""
    found, case = access(work, institutions, number, row.id, by=by, at=at), work.cases.get(number)
    if not _works(case, institutions, by=by):
        raise desk.OnlyLooks(by.name)
    boxes = parse(text)
    if found.copy is not None and found.copy.boxes == written(boxes):
        return None
    if not may_redact(case, institutions, found, by=by):
        raise desk.OnlyLooks(by.name)
    return boxes


def may_redact(case: Case, institutions: Institutions, found: Access, *, by: Actor) -> bool:
    """Who works on the case and sees the original: nobody of the unit complained of, no auditor."""
    sees = found.copy is None or found.opened
    return found.original.kind == "photo" and sees and _works(case, institutions, by=by)


def _works(case: Case, institutions: Institutions, *, by: Actor) -> bool:
    return rights.may(by, "note") and not rights.accused(by, case, institutions[case.institution])


def keep(
    work: UnitOfWork,
    institutions: Institutions,
    row: EvidenceRow,
    copy: StoredFile,
    boxes: Sequence[Box],
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Lay the copy over the original *row*, on record; its id. The same copy once more is nothing.

    Raises: OnlyLooks, and as ``access``.
    """
    number = row.number or ""
    case = casework.opened(work, number, by=by, lock=True)
    found = access(work, institutions, number, row.id, by=by, at=at)
    if not may_redact(case, institutions, found, by=by):
        raise desk.OnlyLooks(by.name)
    if found.copy is not None and found.copy.sha256 == copy.sha256:
        return found.copy.id
    key = work.evidence.add(
        None,
        kind=row.kind,
        media_type=copy.media_type,
        filename=row.filename,
        sha256=copy.sha256,
        size=copy.size,
        at=at,
        number=number,
        original=row.id,
        boxes=written(boxes),
    )
    detail = {"redacted": row.id, "boxes": len(boxes), "copy": key, "sha256": copy.sha256}
    case.note(Event(at, by.name, "noted", detail))
    save(work, institutions[case.institution], case)
    return key


def _box(text: str) -> Box:
    try:
        left, top, width, height = (float(cell) for cell in text.split(","))
    except ValueError:
        raise BadBoxes(text) from None
    if not all(map(math.isfinite, (left, top, width, height))):
        raise BadBoxes(text)
    right, bottom = min(left + width, 100.0), min(top + height, 100.0)
    left, top = max(left, 0.0), max(top, 0.0)
    if right - left < LEAST or bottom - top < LEAST:
        raise BadBoxes(text)
    return Box(round(left, 3), round(top, 3), round(right - left, 3), round(bottom - top, 3))


def _pixels(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Every pixel that the box touches; the last ones count."""
    width, height = size
    return (
        math.floor(box.left * width / 100),
        math.floor(box.top * height / 100),
        math.ceil((box.left + box.width) * width / 100),
        math.ceil((box.top + box.height) * height / 100),
    )
