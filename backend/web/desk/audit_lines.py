"""Lines of the record in words: one of a case's events, one of what was done in the office. Private words are masked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from backend.domain.lifecycle import RULES, Status
from backend.web.desk.giving import role_name
from backend.web.desk.history import actor
from backend.web.desk.view import department_name, status_label
from backend.web.desk.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from backend.site import Site
    from backend.store.auditing import Kept, Line
    from backend.web.desk.view import Moment, Reader
    from institutions.model import Institution

EVENTS = (
    "filed", "moved", "corrected", "said", "noted", "evidence", "clock", "notice", "looked", "rated", "joined", "erased",
)  # fmt: skip
DEEDS = ("user_", "password_", "signed_", "token_", "away", "model_", "wording_", "campaign_", "audit_")
"""How kinds of deeds begin."""
NOTHING = {
    "institution": "users.every",
    "departments": "users.departments.all",
    "expires": "tokens.never",
}
"""What it means that such a fact is empty."""
START = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shown:
    """One line. ``mark``: where the page below it goes on."""

    at: Moment
    by: str
    title: str
    number: str  # of a case; empty: none
    subject: str
    texts: tuple[str, ...]
    mark: str


def of_event(line: Line, site: Site, reader: Reader) -> Shown:
    """What happened to a case."""
    home = _home(line.institution, site)
    key = f"event.{line.what}"
    title = reader.t(key) if key in WORDS else line.what
    if "visit" in line.detail:
        texts = tuple(_of_visit(line, reader))
    else:
        texts = tuple(_of_look(line, home, reader) if line.what == "looked" else _of_move(line, home, reader))
    who = actor(line.by, reader)
    return Shown(reader.moment(line.at, home), who, title, line.number, "", texts, f"{_micro(line.at)}.{line.id}")


def of_deed(kept: Kept, site: Site, reader: Reader) -> Shown:
    """What was done in the office."""
    deed = kept.deed
    home, key = _home(deed.institution or "", site), f"deed.{deed.what}"
    title = reader.t(key) if key in WORDS else deed.what
    texts = tuple(_changes(deed.detail, home, reader))
    mark = f"{_micro(deed.at)}.{kept.table}.{kept.id}"
    subject = _subject(deed.what, deed.subject, reader)
    return Shown(reader.moment(deed.at, home), actor(deed.by, reader), title, "", subject, texts, mark)


def _subject(what: str, subject: str, reader: Reader) -> str:
    key = f"audit.part.{subject}"
    return reader.t(key) if what == "audit_exported" and key in WORDS else subject


def _of_look(line: Line, home: Institution, reader: Reader) -> Iterator[str]:
    if line.detail.get("printed"):
        yield reader.t("audit.printed")
    elif line.reason:
        yield reader.t("audit.reason", reason=reader.private(line.reason))
    else:
        yield reader.t("audit.reason.none")
    if office := line.detail.get("department"):
        yield reader.t("audit.for", department=department_name(home, str(office), reader))
    if line.detail.get("program"):
        yield reader.t("audit.program")


def _of_visit(line: Line, reader: Reader) -> Iterator[str]:
    """Who was asked about an answer, why then, or that nobody could be; never what they said."""
    detail = line.detail
    if (key := f"was.visit.{detail['visit']}") in WORDS:
        yield reader.t(key, n=detail.get("people", detail.get("try", 1)))
    if (why := f"visit.why.{detail.get('why', '')}") in WORDS:
        yield reader.t(why)


def _of_move(line: Line, home: Institution, reader: Reader) -> Iterator[str]:
    if line.what != "moved":
        return
    to = line.detail.get("to")
    if to in {status.value for status in RULES}:
        yield reader.t("audit.to", status=status_label(Status(to), reader).text)
    if office := line.detail.get("department"):
        yield department_name(home, str(office), reader)


def _changes(detail: Mapping[str, Any], home: Institution, reader: Reader) -> Iterator[str]:
    """Each fact as it was and as it is."""
    old, new = detail.get("before", {}), detail.get("after", {})
    for key in dict.fromkeys((*old, *new)):
        was, is_ = (_value(key, told.get(key), home, reader) for told in (old, new))
        yield _fact(key, f"{was} → {is_}" if key in old else is_, reader)
    for key, value in detail.items():
        if key not in {"before", "after"}:
            yield _fact(key, _value(key, value, home, reader), reader)


def _fact(key: str, value: str, reader: Reader) -> str:
    name = reader.t(f"fact.{key}") if f"fact.{key}" in WORDS else key
    return reader.t("fact", name=name, value=value)


def _value(key: str, value: Any, home: Institution, reader: Reader) -> str:
    match value:
        case None | [] | "":
            return reader.t(NOTHING.get(key, "fact.none"))
        case bool():
            return reader.t("fact.yes" if value else "fact.no")
        case list():
            return reader.t("mark.and").join(_value(key, each, home, reader) for each in value)
        case dict():
            return "；".join(f"{name}={each}" for name, each in value.items())
    return _worded(key, str(value), home, reader)


def _worded(key: str, text: str, home: Institution, reader: Reader) -> str:
    """A key of ours by what it is called; anything else stands for itself."""
    if key in {"roles", "role"}:
        return role_name(text, reader)
    if key == "departments":
        return department_name(home, text, reader)
    if key == "institution" and text == home.id:
        return reader.name(home)
    if key in {"until", "expires"}:
        return reader.moment(datetime.fromisoformat(text) - timedelta(minutes=1), home).text
    words = {"part": f"audit.part.{text}", "scope": f"tokens.scope.{text}", "how": f"campaign.how.{text}"}.get(key, "")
    return reader.t(words) if words in WORDS else text


def _home(key: str, site: Site) -> Institution:
    """That institution, else the deployment's own, for its zone and names."""
    return site.institutions.get(key) or site.institutions[site.settings.institution]


def _micro(at: datetime) -> int:
    return (at - START) // timedelta(microseconds=1)
