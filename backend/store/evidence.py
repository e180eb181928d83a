"""What is known of each piece of evidence. The bytes lie elsewhere, under their SHA-256."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sqlalchemy import insert, literal_column, or_, select, update

from backend.store import tables as t

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

LONGEST_NAME, LONGEST_SUFFIX = 256, 16  # characters; a name takes as many as its column


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence; ``number`` is None until its case is filed."""

    id: int
    number: str | None
    person: int | None
    kind: str  # photo, video, voice, document
    media_type: str
    filename: str
    sha256: str
    bytes: int
    at: datetime
    words: str | None = None  # what a voice note says; None: nobody has written it down yet
    original: int | None = None  # the id of what it is the redacted copy of; None: it is as the citizen sent it
    boxes: str | None = None  # what is covered on a redacted copy


class NoSuchEvidence(Exception):
    """No piece of evidence has that id."""

    def __init__(self, evidence_id: int) -> None:
        super().__init__(f"there is no evidence {evidence_id}")
        self.evidence_id = evidence_id


COLUMNS = tuple(t.evidence.c[name] for name in EvidenceRow.__annotations__)


class EvidenceRows:
    """The evidence of people and cases."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    def add(
        self,
        person_id: int | None,
        *,
        kind: str,
        media_type: str,
        filename: str,
        sha256: str,
        size: int,
        at: datetime,
        number: str | None = None,
        words: str | None = None,
        original: int | None = None,
        boxes: str | None = None,
    ) -> int:
        """Keep a piece of evidence whose bytes are stored already; *size* counts them. A long name is cut."""
        row = {"person": person_id, "number": number, "kind": kind, "media_type": media_type, "at": at}
        row |= {"filename": _cut(t.storable(filename)), "sha256": sha256, "bytes": size, "words": words}
        row |= {"original": original, "boxes": boxes}
        return int(self._conn.execute(insert(t.evidence).values(row).returning(t.evidence.c.id)).scalar_one())

    def attach(self, number: str, ids: Sequence[int]) -> None:
        """Give these pieces to the case; what belongs to another case stays there."""
        if not ids:
            return
        c = t.evidence.c
        free = or_(c.number.is_(None), c.number == number)
        self._conn.execute(update(t.evidence).where(c.id.in_(ids), free).values(number=number))

    def get(self, evidence_id: int) -> EvidenceRow:
        """Raises: NoSuchEvidence."""
        row = self._conn.execute(select(*COLUMNS).where(t.evidence.c.id == evidence_id)).one_or_none()
        if row is None:
            raise NoSuchEvidence(evidence_id)
        return EvidenceRow(*row)

    def sent_by(self, person_id: int, sha256s: Collection[str]) -> list[EvidenceRow]:
        """What this person sent of these, in the order it came."""
        mine = (t.evidence.c.sha256.in_(sha256s), t.evidence.c.person == person_id)
        return [
            EvidenceRow(*row) for row in self._conn.execute(select(*COLUMNS).where(*mine).order_by(t.evidence.c.id))
        ]

    def unheard(self, limit: int) -> list[EvidenceRow]:
        """The voice notes whose words nobody has written down yet, oldest first."""
        c = t.evidence.c
        # written out, so that SQLite sees that the small index of them will do
        waiting = (c.kind == literal_column("'voice'"), c.words.is_(None))
        query = select(*COLUMNS).where(*waiting).order_by(c.id).limit(limit)
        return [EvidenceRow(*row) for row in self._conn.execute(query)]

    def put_into_words(self, evidence_id: int, words: str) -> bool:
        """Keep what a voice note says; False: somebody has written it down before."""
        c = t.evidence.c
        change = update(t.evidence).where(c.id == evidence_id, c.words.is_(None)).values(words=words)
        return self._conn.execute(change).rowcount > 0

    def of_case(self, number: str) -> list[EvidenceRow]:
        """The case's evidence, in the order it came; not the redacted copies of it."""
        return self.of_cases([number])[number]

    def of_cases(self, numbers: Collection[str]) -> dict[str, list[EvidenceRow]]:
        """The evidence of each of these cases, in the order it came; not the redacted copies of it."""
        found: dict[str, list[EvidenceRow]] = {number: [] for number in numbers}
        c = t.evidence.c
        query = select(*COLUMNS).where(c.number.in_(list(numbers)), c.original.is_(None)).order_by(c.id)
        for row in self._conn.execute(query):
            found[row.number].append(EvidenceRow(*row))
        return found

    def copies(self, number: str) -> dict[int, EvidenceRow]:
        """The newest redacted copy of each piece of the case that has one, by the id of the original."""
        c = t.evidence.c
        query = select(*COLUMNS).where(c.number == number, c.original.is_not(None)).order_by(c.id)
        return {row.original: EvidenceRow(*row) for row in self._conn.execute(query)}

    def known(self, sha256: str) -> bool:
        """Does any row name these bytes? If none does, they are an orphan."""
        return (
            self._conn.execute(select(t.evidence.c.id).where(t.evidence.c.sha256 == sha256).limit(1)).first()
            is not None
        )


def _cut(filename: str) -> str:
    """The name in as many characters as the column takes, its suffix kept."""
    suffix = PurePosixPath(filename).suffix
    if len(filename) <= LONGEST_NAME or len(suffix) > LONGEST_SUFFIX:
        return filename[:LONGEST_NAME]
    return filename[: LONGEST_NAME - len(suffix)] + suffix
