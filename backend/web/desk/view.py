"""What the desk shows, as values ready for a template: names in the reader's language, times as people say them.

Pure: case, institution and the time come in. Private data are masked here
unless the reader has asked to see them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import clock, rights, running, supplement
from backend.domain.lifecycle import RULES, Status
from backend.services.cases import asking
from backend.services.privacy.masking import masked_name, masked_phone, masked_text, secrets
from backend.services.privacy.veiling import secrets_of, veiled
from backend.services.talks.slips import SOURCES
from backend.web.desk.words import say
from dialogs.slots import NOTES, SLOTS
from dialogs.wording import named

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime, timedelta

    from backend.domain.case import Actor, Case
    from institutions.model import Category, Institution, Matter

SOON = 24 * 3600
"""Seconds before its end from which a time limit is shown as pressing."""
FIRST_LINE = 80  # characters
OVER = frozenset({Status.CLOSED, Status.ARCHIVED, Status.WITHDRAWN, Status.REFUSED})
PIECES = ("photo", "video", "voice", "document")
GRADE_TONES = {"emergency": "bad", "urgent": "warn"}
STATUS_TONES = {
    Status.RECEIVED: "new",
    Status.SUPPLEMENTING: "wait",
    Status.SUSPENDED: "wait",
    Status.ANSWERED: "good",
    Status.VISITING_BACK: "good",
    Status.REOPENED: "bad",
    Status.APPEALED: "bad",
    **dict.fromkeys(OVER, "over"),
}


@dataclass(frozen=True, slots=True)
class Label:
    """Words with a tone: new, good, warn, bad, wait, over; empty: plain. The words alone say it all."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in words and for machines."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class Due:
    """A time limit that runs."""

    clock: str
    left: Label
    until: Moment


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a page is made."""

    language: str
    now: datetime
    shown: bool = False  # may read private data whole on this page
    hidden: tuple[str, ...] = ()  # what tells who wants to stay unknown, wherever it stands
    unseen: tuple[str, ...] = ()  # of those, what is hidden where private data are shown as well
    actor: Actor | None = None  # None: nobody in particular
    accused: bool = False  # belongs to the unit complained of: reads nothing that tells who complains

    def of(self, case: Case, institution: Institution, unseen: tuple[str, ...] = ()) -> Reader:
        """The same reader of what belongs to this case. ``unseen``: what tells who joined it in confidence."""
        hidden = secrets_of(case.facts.get("who") or {}) + unseen
        accused = self.actor is not None and rights.accused(self.actor, case, institution)
        return replace(self, hidden=hidden, unseen=unseen, accused=accused)

    def beside(self, told: Collection[Mapping[str, Any]], institution: Institution) -> Reader:
        """The same reader of what that citizen says, who does not learn there who wants to stay unknown."""
        asked = institution.confidential == "always" or any(who.get("confidential") for who in told)
        found = {hidden for who in told for hidden in secrets({**who, "confidential": asked})}
        return replace(self, hidden=tuple(sorted(found, key=len, reverse=True)))

    @property
    def reads_reasons(self) -> bool:
        """Whether they may know why others looked at identities."""
        return self.actor is not None and rights.may(self.actor, "reasons")

    def t(self, key: str, **facts: object) -> str:
        """The words under that key."""
        return say(self.language, key, **facts)

    def name(self, item: Any) -> str:
        """What a category, matter, department or institution is called."""
        return str(item.name_en) if self.language == "en" and item.name_en else str(item.name)

    def private(self, text: str) -> str:
        """Running text, its phone and identity numbers masked, and the citizen's name; for the accused whoever says it."""
        if self.accused:
            return veiled(text, self.hidden)
        if self.shown:
            return masked_text(text, self.unseen) if self.unseen else text
        return masked_text(text, self.hidden)

    def moment(self, at: datetime, institution: Institution) -> Moment:
        """``11月21日 9:12``, with the year where it is not this one."""
        zone = ZoneInfo(institution.timezone)
        local, today = at.astimezone(zone), self.now.astimezone(zone)
        year = local.year != today.year
        if self.language == "en":
            day = f"{local.day} {local:%b}" + (f" {local.year}" if year else "")
        else:
            day = (f"{local.year}年" if year else "") + f"{local.month}月{local.day}日"
        return Moment(f"{day} {local.hour}:{local.minute:02}", local.isoformat())


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the work list."""

    number: str
    version: int
    words: str
    place: str
    department: str
    institution: str
    status: Label
    grade: Label
    filed: Moment
    due: Due | None
    paused: bool
    evidence: tuple[tuple[str, int], ...]  # (kind, how many)
    urged: Label | None  # how often the citizen pressed for it
    people: Label | None = None  # whose matter it is, where they are several
    source: str = ""  # by which door it came, where that was no chat
    seq: int = 0  # of its last event


def first_line(told: str) -> str:
    """As much as fits one line. Cut after it was masked: half a number is no number that could be."""
    return told[:FIRST_LINE] + ("…" if len(told) > FIRST_LINE else "")


def row(case: Case, institution: Institution, evidence: Mapping[str, int], reader: Reader) -> Row:
    """A case in one line."""
    reader, told = reader.of(case, institution), str(case.facts.get("what") or "").strip()
    first = told.splitlines()[0] if told else reader.t("case.nothing_said")
    running = dues(case, institution, reader)
    return Row(
        case.number,
        case.version,
        first_line(reader.private(first)),
        place(case, institution, reader),
        reader.name(institution.office(case.department_id)),
        reader.name(institution),
        _status(case, institution, reader),
        grade_label(case.grade, reader),
        reader.moment(case.filed_at, institution),
        running[0] if running else None,
        paused(case),
        tuple((kind, evidence[kind]) for kind in PIECES if kind in evidence),
        urged_label(case, reader),
        source=reader.t(f"source.{case.source}") if case.source in SOURCES else "",
        seq=case.seq,
    )


def _status(case: Case, institution: Institution, reader: Reader) -> Label:
    """The status, and until when the citizen was asked for more."""
    label = status_label(case.status, reader)
    if supplement.until(institution, case) is None:
        return label
    day = asking.called(date.fromisoformat(case.record["supplement"]["until"]), reader.language)
    return replace(label, text=reader.t("talking.status", status=label.text, day=day))


def urged_label(case: Case, reader: Reader) -> Label | None:
    """How often the citizen pressed for what is still to be decided; None: never."""
    return Label(reader.t("case.urged", n=case.urged), "warn") if case.urged and case.status not in OVER else None


def dues(case: Case, institution: Institution, reader: Reader) -> list[Due]:
    """The time limits that run, the next one first."""
    return [due for _, due in dues_by_name(case, institution, reader)]


def dues_by_name(case: Case, institution: Institution, reader: Reader) -> list[tuple[str, Due]]:
    """The same, each with its clock's name."""
    if paused(case) or case.status in OVER:
        return []
    found = []
    for name, at in sorted(case.due.items(), key=lambda pair: pair[1]):
        rule = institution.clocks.get(name)
        called = name if rule is None else (reader.language == "en" and rule.label_en) or rule.label
        late = clock.late(at, reader.now)
        length = spell(reader.now - at if late else at - reader.now, reader)
        tone = "bad" if late else "warn" if (at - reader.now).total_seconds() < SOON else ""
        words = reader.t("due.late" if late else "due.left", clock=called, time=length)
        found.append((name, Due(called, Label(words, tone), reader.moment(at, institution))))
    return found


def paused(case: Case) -> bool:
    """Whether its clocks stand still until the citizen, or a coordinator, does something."""
    return running.waits(case)


def spell(length: timedelta, reader: Reader) -> str:
    """A length of time as people say it: the largest unit that tells enough."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 1:
        return reader.t("time.now")
    if minutes < 60:
        return reader.t("time.minute", n=minutes)
    if minutes < 48 * 60:
        return reader.t("time.hour", n=minutes // 60)
    return reader.t("time.day", n=minutes // (24 * 60))


def status_label(status: Status, reader: Reader) -> Label:
    """What the status is called."""
    rule = RULES[status]
    return Label(rule.label_en if reader.language == "en" else rule.label, STATUS_TONES.get(status, ""))


def grade_label(grade: str, reader: Reader) -> Label:
    """How pressing it is."""
    return Label(reader.t(f"grade.{grade}"), GRADE_TONES.get(grade, ""))


def place(case: Case, institution: Institution, reader: Reader) -> str:
    """``住房 › 物业管理``."""
    return called(institution, case.category_id, case.matter_id, reader)


def called(institution: Institution, category_id: str, matter_id: str | None, reader: Reader) -> str:
    """Category and matter; a key that the institution no longer has stands for itself."""
    category = next((c for c in institution.categories if c.id == category_id), None)
    if category is None:
        return matter_id or category_id
    matter = next((m for m in category.matters if f"{category.id}/{m.id}" == matter_id), None)
    return reader.name(category) + (f" › {reader.name(matter)}" if matter else "")


def department_name(institution: Institution, key: str, reader: Reader) -> str:
    """The department; one that is no more stands for itself."""
    return next((reader.name(d) for d in institution.departments if d.id == key), key)


def facts(case: Case, reader: Reader) -> Iterator[tuple[str, str]]:
    """(label, value) of every fact that was told, but for the story and the citizen."""
    told = {key: case.facts.get(key) for key in ("target", "when", "where", "request")} | case.facts.get("extra", {})
    for key, value in told.items():
        if value in (None, "", {}):
            continue
        slot = SLOTS.get(key)
        shown = slot.show(value, reader.language) if slot else str(value)
        if key == "where" and value.get("lat") is not None:
            shown = f"{shown} ({value['lat']:.5f}, {value['lon']:.5f})".strip()
        called = slot.called_in(reader.language) if slot else named(reader.language, *NOTES.get(key, (key, key)))
        yield called, reader.private(shown)


def pin(case: Case) -> tuple[float, float] | None:
    """Latitude and longitude of the place told, where there is a pin."""
    where = case.facts.get("where") or {}
    lat, lon = where.get("lat"), where.get("lon")
    return None if lat is None or lon is None else (float(lat), float(lon))


def who(case: Case, reader: Reader) -> dict[str, Any]:
    """The citizen: name and phone, masked unless shown; whether anything is hidden."""
    told = case.facts.get("who") or {}
    name, phone = told.get("name"), told.get("contact")
    if reader.accused:
        name = phone = None
    return {
        "name": name if reader.shown else masked_name(name),
        "contact": phone and phone.removeprefix("+86") if reader.shown else masked_phone(phone),
        "anonymous": bool(told.get("anonymous")),
        "confidential": bool(told.get("confidential")),
        "hidden": bool(phone or name) and not reader.shown,
        "accused": reader.accused,
    }


def places(institution: Institution) -> Iterator[tuple[Category, list[tuple[str, Matter]]]]:
    """Every category with its matters and their paths, for a list to choose from."""
    for category in institution.categories:
        yield category, [(f"{category.id}/{matter.id}", matter) for matter in category.matters]
