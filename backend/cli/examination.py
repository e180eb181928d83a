"""What ``jiesu doctor`` looks at, one part after another; none stops the others, and nothing is made that is not there."""

from __future__ import annotations

import socket
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from backend.cli import asking
from backend.cli.asking import Finding
from backend.cli.database import require_there
from backend.domain.workdays import LAST_KNOWN
from backend.jobs import notify
from backend.services.office import institutions, left, yearly
from backend.settings import BadSettings, KeyNotKept, secret
from backend.store import schema
from backend.store.engine import open_store
from backend.store.errors import Busy, StoreUnavailable
from backend.web.connections import most_ever
from institutions.catalog import BadInstitution

if TYPE_CHECKING:
    from collections.abc import Callable

    from backend.settings import MailSettings, NotifySettings, Settings


EXAMPLE_PLACES = "demo_city.csv"
FEW_CONNECTIONS = 512
"""Below that, the open pages of a small town would be too many."""


_GONE = (
    "{key} is no longer served and has {n} here; they can be read, not worked on: put {key}.toml back into the"
    " folder of institutions"
)


class _Wrong(Exception):
    """A part is not as it must be."""


def examine(settings: Settings) -> list[Finding]:
    """Everything that serving needs."""
    parts = [_found(part, look, settings) for part, look in PARTS.items()]
    elsewhere = [_told_elsewhere(settings, place) for place in settings.notify]
    mails = [_mails(settings, settings.mail)] if settings.mail else []
    return [*parts, *_left(settings), *elsewhere, *mails, *asking.examine(settings)]


def _found(part: str, look: Callable[[Settings], str], settings: Settings) -> Finding:
    try:
        return Finding(part, look(settings), good=True)
    except (_Wrong, BadSettings, BadInstitution, StoreUnavailable, Busy, KeyNotKept) as error:
        return Finding(part, str(error), good=False)


def _left(settings: Settings) -> list[Finding]:
    """Institutions that have cases here and are served no longer; what is wrong with files or database is told before."""
    try:
        require_there(settings.database_url)
        there, store = institutions.load(own=settings.institutions_place), open_store(settings.database_url)
    except (BadInstitution, BadSettings, StoreUnavailable):
        return []
    try:
        found = store.read_now(left.cases, there) if store.is_current() else {}
    except (Busy, StoreUnavailable):
        return []
    finally:
        store.close()
    return [
        Finding("institutions", _GONE.format(key=key, n="1 case" if n == 1 else f"{n} cases"), note=True)
        for key, n in found.items()
    ]


def _institutions(settings: Settings) -> str:
    there = institutions.load(own=settings.institutions_place)
    for key in (settings.institution, *(c.institution for c in settings.channel if c.institution)):
        if key not in there:
            raise _Wrong(f"{settings.wrong('institution', f'there is no {key!r}')}; choose one of: {', '.join(there)}")
    example = ", ".join(key for key, one in there.items() if Path(one.places).name == EXAMPLE_PLACES)
    note = f"; {example} knows the places of the example city (docs/configuration.md tells how to give it yours)"
    return f"{len(there)} files are good; {settings.institution} is the default" + (note if example else "")


def _calendar(settings: Settings) -> str:
    told = yearly.days(settings.calendar_place).years
    sure = max(told | {LAST_KNOWN})
    by = f", {', '.join(str(year) for year in sorted(told))} by {settings.calendar}" if told else ""
    return f"working days are sure until the end of {sure}{by}; later ones are provisional"


def _database(settings: Settings) -> str:
    require_there(settings.database_url)
    scheme, store = settings.database_url.partition(":///")[0], open_store(settings.database_url)
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
    try:
        if not folder.exists():
            _check_writable(_nearest(folder))
            return f"{place} will be made when the first file comes"
        _check_writable(folder)
    except OSError as error:
        raise _Wrong(f"{place} cannot be written ({error.strerror}); set `evidence` to a writable folder") from error
    return f"{place} can be written"


def _key(settings: Settings) -> str:
    if settings.secret_key:
        return "set"
    if settings.key_place.exists():
        secret(settings)
        return f"kept in {settings.key_place}; set secret_key where several machines serve"
    try:
        _check_writable(_nearest(settings.key_place.parent))
    except OSError as error:
        raise KeyNotKept(settings.key_place, error.strerror or "") from error
    return f"will be made at the first start and kept in {settings.key_place}"


def _told_elsewhere(settings: Settings, place: NotifySettings) -> Finding:
    """A place where people at the desk are told; nothing is sent there."""
    part, there = f"notify {place.name}", institutions.load(own=settings.institutions_place)
    if place.institution and place.institution not in there:
        return Finding(part, f"there is no institution {place.institution!r}", good=False)
    if why := notify.wrong(place, settings.folder):
        return Finding(part, why, good=False)
    return Finding(part, f"its address can be used; {', '.join(place.kinds) or 'all news'}, gathered: {place.digest}")


def _mails(settings: Settings, server: MailSettings) -> Finding:
    """What sends managers their reports; nothing is sent."""
    if why := notify.wrong_mail(server, settings.folder):
        return Finding("mail", why, good=False)
    return Finding("mail", f"its address can be used; reports go to {', '.join(server.domains)}")


def _nearest(place: Path) -> Path:
    """The folder itself, else the one that it would be made in."""
    return place if place.exists() else next(folder for folder in place.parents if folder.exists())


def _check_writable(folder: Path) -> None:
    """Raises: OSError: it is no folder, or nothing can be put there. Leaves nothing behind."""
    with TemporaryFile(dir=folder) as probe:
        probe.write(b"jiesu")


def _address(settings: Settings) -> str:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as error:
        return f"{settings.listen} cannot be taken just now ({error.strerror}); good if Jiesu is running there"
    plain = "" if settings.url.startswith("https://") else ", without https: for trying it out only"
    return f"{settings.listen} is free; citizens use {settings.url}{plain}"


def _connections(_settings: Settings) -> str:
    most = most_ever()
    if most < FEW_CONNECTIONS:
        raise _Wrong(f"only {most} files and connections may be open at a time; raise the hard limit (ulimit -Hn)")
    return f"up to {most} files and connections may be open at a time"


PARTS: dict[str, Callable[[Settings], str]] = {
    "institutions": _institutions,
    "working days": _calendar,
    "database": _database,
    "evidence": _evidence,
    "secret key": _key,
    "address": _address,
    "connections": _connections,
}
