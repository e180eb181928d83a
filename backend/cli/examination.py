"""What ``jiesu doctor`` looks at, one part after another; none stops the others."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from backend.services import institutions
from backend.settings import KeyNotKept, secret
from backend.store import schema
from backend.store.engine import open_store
from backend.store.errors import Busy, StoreUnavailable
from institutions.catalog import BadInstitution

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.settings import Settings


class Finding(NamedTuple):
    """One part, and how it is; ``words`` say what to do where it is not good."""

    part: str
    words: str
    good: bool


class _Wrong(Exception):
    """A part is not as it must be."""


def examine(settings: Settings) -> list[Finding]:
    """Everything that serving needs."""
    return [_found(part, look, settings) for part, look in PARTS.items()]


def _found(part: str, look: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(part, look(settings), good=True)
    except (_Wrong, BadInstitution, StoreUnavailable, Busy, KeyNotKept) as error:
        return Finding(part, str(error), good=False)


def _institutions(settings: Settings) -> str:
    there = institutions.load()
    for key in (settings.institution, *(c.institution for c in settings.channel if c.institution)):
        if key not in there:
            raise _Wrong(f"{settings.wrong('institution', f'there is no {key!r}')}; there are {', '.join(there)}")
    return f"{len(there)} files are good; {settings.institution} is the default"


def _database(settings: Settings) -> str:
    scheme, _, path = settings.database_url.partition(":///")
    if scheme == "sqlite" and not Path(path.partition("?")[0]).exists():
        raise _Wrong(f"{path} is not there yet; run jiesu migrate")
    store = open_store(settings.database_url)
    try:
        schema.require_current(store)
        users = store.read_now(lambda work: work.accounts.any_user())
        return f"{scheme} with schema {store.version()}" + ("" if users else ", and no desk user yet: jiesu user add")
    finally:
        store.close()


def _evidence(settings: Settings) -> str:
    place = settings.evidence_place
    if "://" in place:
        return f"{place} is tried when the first file comes"
    folder = Path(place)
    probe = folder / f".doctor-{uuid4().hex}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"jiesu")
        probe.unlink()
    except OSError as error:
        raise _Wrong(f"{place} cannot be written ({error.strerror}); set `evidence` to a writable folder") from error
    return f"{place} can be written"


def _key(settings: Settings) -> str:
    secret(settings)
    return (
        "set"
        if settings.secret_key
        else "made by itself and kept in var/; set secret_key where several processes serve"
    )


def _address(settings: Settings) -> str:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as error:
        return f"{settings.listen} cannot be taken just now ({error.strerror}); good if Jiesu is running there"
    plain = "" if settings.url.startswith("https://") else ", without https: for trying it out only"
    return f"{settings.listen} is free; citizens use {settings.url}{plain}"


PARTS: dict[str, Callable[[Settings], str]] = {
    "institutions": _institutions,
    "database": _database,
    "evidence": _evidence,
    "secret key": _key,
    "address": _address,
}
