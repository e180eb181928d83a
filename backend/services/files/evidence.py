"""Evidence files: looked into, then stored under their SHA-256, before the unit that names them.

A unit that fails leaves bytes behind that no row names; ``sweep`` removes them.
"""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from backend.services.files.sniff import NotTaken, look
from backend.services.talks.intake import StoredFile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime

    from backend.store.engine import Store
    from backend.store.work import UnitOfWork

LOOKERS = 2  # pictures decoded at a time: each may need 200 MB


class EvidenceUnavailable(Exception):
    """The evidence store cannot be used; the message says what to do."""


class EvidenceFiles:
    """Bytes by their SHA-256, in a folder or an S3 bucket."""

    def __init__(self, place: str) -> None:
        """``place``: an absolute folder, made when missing, or ``s3://bucket/prefix``. Raises: EvidenceUnavailable."""
        self.place = place
        self._looking = asyncio.Semaphore(LOOKERS)
        if place.startswith("s3://"):
            self._store: S3Store | LocalStore = S3Store.from_url(place)
            return
        try:
            Path(place).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            why = f"the evidence folder {place} cannot be made ({error.strerror}); set `evidence` to a writable folder"
            raise EvidenceUnavailable(why) from error
        self._store = LocalStore(place)

    async def take(self, filename: str, data: bytes) -> tuple[StoredFile, bool]:
        """Look into a file and store it; True: its name claims another kind. Raises: NotTaken, EvidenceUnavailable."""
        async with self._looking:
            found = await asyncio.to_thread(look, data, filename)
        sha256 = await asyncio.to_thread(_sha256, data)
        await self._put(sha256, data)
        return StoredFile(found.kind, found.media_type, filename, sha256, len(data)), found.renamed

    async def read(self, sha256: str) -> AsyncIterator[bytes]:
        """The bytes, in pieces. Raises: FileNotFoundError."""
        result = await obstore.get_async(self._store, _key(sha256))
        async for piece in result.stream():
            yield bytes(piece)

    async def piece(self, sha256: str, start: int, length: int) -> bytes:
        """Some of the bytes, for players that jump about; both inside the file. Raises: FileNotFoundError."""
        return bytes(await obstore.get_range_async(self._store, _key(sha256), start=start, length=length))

    async def older_than(self, before: datetime) -> AsyncIterator[str]:
        """The SHA-256 of everything stored before then."""
        async for page in obstore.list(self._store):
            for meta in page:
                if meta["last_modified"] < before:
                    yield meta["path"].rsplit("/", 1)[-1]

    async def remove(self, sha256s: Sequence[str]) -> None:
        """Delete; what is gone already is no error."""
        if sha256s:
            await obstore.delete_async(self._store, [_key(sha256) for sha256 in sha256s])

    async def _put(self, sha256: str, data: bytes) -> None:
        try:
            await obstore.put_async(self._store, _key(sha256), data)
        except (OSError, BaseError) as error:
            why = f"evidence cannot be written to {self.place} ({error}); free some space or make it writable"
            raise EvidenceUnavailable(why) from error


async def collect(
    files: EvidenceFiles, sent: Sequence[tuple[str, bytes]]
) -> tuple[tuple[StoredFile, ...], tuple[tuple[str, str], ...]]:
    """Take several files: those stored, and (phrase key, filename) for what is to be said about any."""
    stored, remarks = [], []
    for filename, data in sent:
        try:
            file, renamed = await files.take(filename, data)
        except NotTaken as why:
            remarks.append((why.phrase, filename))
            continue
        stored.append(file)
        if renamed:
            remarks.append(("file.renamed", filename))
    return tuple(stored), tuple(remarks)


async def sweep(store: Store, files: EvidenceFiles, *, before: datetime) -> int:
    """Remove the bytes stored before then that no row names; returns how many."""
    removed = 0
    async for sha256 in files.older_than(before):
        if not await store.read(_known, sha256):
            await files.remove([sha256])
            removed += 1
    return removed


def _known(work: UnitOfWork, sha256: str) -> bool:
    return work.evidence.known(sha256)


def _key(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
