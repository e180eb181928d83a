"""A case's history and chat in words: who did what, when, and what they wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from backend.domain.lifecycle import CITIZEN, SYSTEM, Status
from backend.services.cases.asking import called as called_day
from backend.services.cases.asking import labels
from backend.store.invitations import ARRIVED
from backend.web.desk import acts as desk_acts
from backend.web.desk import answers as desk_answers
from backend.web.desk import channels as desk_channels
from backend.web.desk.view import Moment, called, department_name, grade_label, status_label
from backend.web.desk.words import WORDS
from dialogs.slots import SLOTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from backend.services.office.desk import Whole
    from backend.store.evidence import EvidenceRow
    from backend.store.history import PastEvent
    from backend.store.invitations import Invitation
    from backend.store.journal import Line
    from backend.store.outbox import Row as NoticeRow
    from backend.web.desk.view import Reader
    from institutions.model import Institution

MINOR = frozenset({"clock", "notice", "looked", "joined"})
"""Lines that are on record but seldom read."""
TEXTS = ("note", "answer", "ground", "text", "remark", "reason")
STATE_TONES = {"delivered": "good", "accepted": "good", "uncertain": "warn", "undelivered": "bad"}
NOTICED = {
    "again": "was.notice.again",
    "reminded": "was.reminded",
    "undelivered": "was.notice.undelivered",
    "instead": "was.notice.instead",
    "settled": "was.notice.settled",
}
"""What became of a notice, by the key that says so; with none of them it was sent."""
SENT = ("visit_back", Status.VISITING_BACK.value)
"""A clock that stopped in this status: the questions went out, no more is done yet."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history. ``texts``: (label, words)."""

    seq: int
    at: Moment
    by: str
    title: str
    texts: tuple[tuple[str, str], ...]
    minor: bool
    what: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """One line of the chat. ``files``: (words, evidence id or None)."""

    at: Moment
    citizen: bool
    text: str
    choices: str
    files: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice and what became of it."""

    id: int
    kind: str
    text: str
    channel: str
    way: str  # as the store has it; empty: none was tried yet
    state: str
    tone: str
    tries: int
    reason: str
    at: Moment
    stuck: bool  # a person may send it again
    doubled: bool  # may have arrived twice


def entries(history: Sequence[PastEvent], institution: Institution, reader: Reader) -> list[Entry]:
    """The history in words, oldest first. A clock is stopped by the move before it."""
    told, stands = [], ""
    for event in history:
        stands = str(event.detail["to"]) if event.what == "moved" else stands
        told.append(_entry(event, institution, reader, stands=stands))
    return told


def _entry(event: PastEvent, institution: Institution, reader: Reader, *, stands: str) -> Entry:
    return Entry(
        event.seq,
        reader.moment(event.at, institution),
        _by(event, reader),
        title(event, institution, reader, stands=stands),
        tuple(_texts(event, institution, reader)),
        event.what in MINOR,
        event.what,
    )


WISHES = {"consent": "was.unconsented", "chat": "was.unlinked"}
"""What citizens want done with their data: the key of the note's detail, and its words."""


def actor(by: str, reader: Reader) -> str:
    """Who, as a colleague would say it."""
    return reader.t(f"by.{by}") if by in {CITIZEN, SYSTEM} else by


def _by(event: PastEvent, reader: Reader) -> str:
    """The same, with whom they stood in for."""
    by, officer = actor(event.by, reader), event.detail.get("for")
    return reader.t("by.for", by=by, officer=officer) if officer else by


def title(event: PastEvent, institution: Institution, reader: Reader, *, stands: str = "") -> str:
    """What happened, in a few words. ``stands``: the status in which the case stood then, where it is known."""
    detail = event.detail
    match event.what:
        case "moved":
            old, new = (status_label(Status(detail[key]), reader).text for key in ("from", "to"))
            return reader.t("was.moved", old=old, new=new)
        case "corrected":
            return _corrected(event, reader)
        case "said":
            return _said(event, reader)
        case "evidence":
            return reader.t("was.evidence", kind=reader.t(f"evidence.{detail['kind']}"))
        case "clock":
            return _clock(detail, institution, reader, stands=stands)
        case "notice":
            return _noticed(detail, reader)
        case "joined" | "rated" if "voice" in detail:
            how = "left" if detail.get("left") else "joint"
            return reader.t(f"was.{event.what}.{how}", n=detail["voice"])
        case "noted":
            return _noted(detail, reader)
        case "filed" | "looked" | "rated" | "joined" | "erased":
            return reader.t(f"was.{event.what}")
    return reader.t("was.other")


def _noticed(detail: dict[str, Any], reader: Reader) -> str:
    if "visit" in detail:
        return _visited(detail, reader)
    how = next((key for key in NOTICED if key in detail), "")
    return reader.t(NOTICED.get(how, "was.notice"), n=detail.get("people", 1))


def _visited(detail: dict[str, Any], reader: Reader) -> str:
    """What was done to hear what they think of an answer, or that nothing was heard."""
    return reader.t(f"was.visit.{detail['visit']}", n=detail.get("people", detail.get("try", 1)))


def _noted(detail: dict[str, Any], reader: Reader) -> str:
    if "visit" in detail:
        return _visited(detail, reader)
    if "act" in detail:
        return desk_acts.title(detail, reader)
    if "redacted" in detail:
        return reader.t("was.redacted", n=detail["boxes"])
    if "talk" in detail:
        return reader.t(f"was.chat.{detail['talk']}")
    if detail.get("about") == "dispatch":
        return reader.t("was.dispatched")
    return reader.t(next((words for key, words in WISHES.items() if key in detail), "was.noted"))


def _corrected(event: PastEvent, reader: Reader) -> str:
    if "facts" in event.detail:
        return reader.t("was.facts", by=actor(event.by, reader))
    return reader.t("was.confirmed" if "confirmed" in event.detail else "was.corrected")


def _said(event: PastEvent, reader: Reader) -> str:
    if "urged" in event.detail:
        return reader.t("was.urged", n=event.detail["urged"])
    if event.detail.get("danger") == "over":
        return reader.t("was.said.over")
    if event.detail.get("asks"):
        return reader.t("was.asked")
    return reader.t("was.said.citizen" if event.by == CITIZEN else "was.said")


def notice(row: NoticeRow, whole: Whole, institution: Institution, reader: Reader) -> Notice:
    """One notice, in words."""
    return Notice(
        row.id,
        reader.t(f"kind.{row.kind}"),
        reader.private(row.text),
        whole.followers[row.person].channel,
        row.way,
        reader.t(f"state.{row.state}"),
        STATE_TONES.get(row.state, ""),
        row.tries,
        row.reason,
        reader.moment(row.changed_at, institution),
        row.state in {"uncertain", "undelivered"},
        row.tries > 1 and row.state in {"accepted", "delivered"},
    )


def talk(whole: Whole, institution: Institution, reader: Reader) -> list[Bubble]:
    """The chat of who filed the case."""
    return bubbles(whole.talk, whole.evidence, institution, reader)


def bubbles(
    lines: Sequence[Line], evidence: Sequence[EvidenceRow], institution: Institution, reader: Reader
) -> list[Bubble]:
    """A chat; a button that was pressed is told by its label."""
    labels: dict[str, str] = {}
    drawn = []
    for line in lines:
        labels |= {str(choice["id"]): str(choice["label"]) for choice in line.choices}
        drawn.append(_bubble(line, labels, evidence, institution, reader))
    return drawn


def _bubble(
    line: Line, labels: dict[str, str], evidence: Sequence[EvidenceRow], institution: Institution, reader: Reader
) -> Bubble:
    """One line; its files are found among the case's evidence."""
    message = line.message or {}
    pressed = str(message.get("choice") or "")
    text = line.text or str(message.get("contact") or "") or labels.get(pressed, pressed)
    if "location" in message:
        text = f"{text} {reader.t('talk.location')} {message['location'].get('label') or ''}".strip()
    ids = {row.sha256: row.id for row in evidence}
    files = tuple(
        (f"{reader.t('evidence.' + file['kind'])} {reader.private(file['filename'])}".strip(), ids.get(file["sha256"]))
        for file in message.get("files", ())
    )
    choices = "　".join(str(choice["label"]) for choice in line.choices)
    return Bubble(reader.moment(line.at, institution), line.who == "citizen", reader.private(text), choices, files)


def news(events: Sequence[PastEvent], institution: Institution, reader: Reader) -> str:
    """What a handler has not seen, in one sentence's part."""
    told = []
    for event in events:
        at, by = reader.moment(event.at, institution).text, actor(event.by, reader)
        if event.what == "moved":
            status = status_label(Status(event.detail["to"]), reader).text
            told.append(reader.t("news.moved", by=by, at=at, status=status))
        else:
            told.append(reader.t("news.other", by=by, at=at, what=title(event, institution, reader)))
    return ("; " if reader.language == "en" else "；").join(told)


def _clock(detail: dict[str, Any], institution: Institution, reader: Reader, *, stands: str) -> str:
    rule = institution.clocks.get(detail["clock"])
    label = detail["clock"] if rule is None else (reader.language == "en" and rule.label_en) or rule.label
    if detail.get("stopped"):
        sent = (detail["clock"], stands) == SENT
        if "kept" not in detail:
            return reader.t("was.clock.ended", clock=label)
        how = "kept" if detail["kept"] else "late"
        return reader.t(f"was.{'sent' if sent else 'clock'}.{how}", clock=label)
    at = reader.moment(datetime.fromisoformat(detail["due"]), institution).text
    if "warned" in detail or "late" in detail:
        to = _role(str(detail.get("to", "")), reader)
        return reader.t("was.clock.warned" if "warned" in detail else "was.clock.overdue", clock=label, at=at, to=to)
    how = "anew" if detail.get("anew") else "push" if detail.get("paused") else "start"
    return reader.t(f"was.clock.{how}", clock=label, at=at)


def _role(name: str, reader: Reader) -> str:
    """A role as it is called, or the name of who was told."""
    return reader.t(f"told.{name}") if f"told.{name}" in WORDS else name


def _hands(detail: dict[str, Any], institution: Institution, reader: Reader) -> Iterator[tuple[str, str]]:
    """Who helps, whose case it is, who looks into it, and where it belongs as far as a move told."""
    join = reader.t("mark.and").join
    if detail.get("co"):
        yield reader.t("record.co"), join(department_name(institution, key, reader) for key in detail["co"])
    if detail.get("officer"):
        yield reader.t("record.officer"), str(detail["officer"])
    if detail.get("investigators"):
        yield reader.t("record.investigators"), join(detail["investigators"])
    if detail.get("right"):
        yield reader.t("text.right"), department_name(institution, detail["right"], reader)


def _wanted(detail: dict[str, Any], reader: Reader) -> Iterator[tuple[str, str]]:
    """What the citizen was asked for, and until when."""
    if detail.get("lacks"):
        yield reader.t("text.lacks"), labels(detail["lacks"], reader.language)
    if detail.get("until"):
        yield reader.t("text.until"), called_day(date.fromisoformat(detail["until"]), reader.language)


def _texts(event: PastEvent, institution: Institution, reader: Reader) -> Iterator[tuple[str, str]]:
    detail = event.detail
    if event.what == "moved" and detail.get("department"):
        yield reader.t("text.department"), department_name(institution, detail["department"], reader)
    if event.what == "moved":
        yield from _hands(detail, institution, reader)
        yield from _wanted(detail, reader)
    if event.what == "moved" and detail.get("warned"):
        yield reader.t("text.warned"), desk_answers.called(detail["warned"], reader)
    if event.what == "corrected":
        yield from _corrections(detail, institution, reader)
    if event.what == "rated" or detail.get("visit") == "heard":
        yield from ratings(detail, reader, institution)
    if "act" in detail and event.what == "noted":
        yield from desk_acts.texts(detail, event.private, institution, reader)
        return
    texts = TEXTS if event.what != "looked" or reader.reads_reasons else ()
    for key in texts:
        if key in event.private:
            words = event.private[key]
            yield reader.t(f"text.{key}"), reader.t("text.erased") if words is None else reader.private(words)


def ratings(
    detail: Mapping[str, Any], reader: Reader, institution: Institution | None = None
) -> Iterator[tuple[str, str]]:
    """(question, answer) of a visit-back, as far as it was answered."""
    if detail.get("contacted") is not None:
        yield reader.t("visit.contacted"), reader.t("yes" if detail["contacted"] else "no")
    if detail.get("solved") is not None:
        yield reader.t("visit.solved"), reader.t(f"solved.{detail['solved']}")
    if detail.get("satisfied") is not None:
        yield reader.t("visit.satisfied"), reader.t("visit.stars", n=detail["satisfied"])
    if detail.get("reasons") and institution is not None:
        known = (institution.survey.reason(key) for key in detail["reasons"])
        yield reader.t("visit.reasons"), reader.t("reasons.joint").join(reader.name(one) for one in known if one)
    if detail.get("by") == "phone":
        yield "", reader.t("visit.phone")


def invited(whole: Whole, asked: int, institution: Institution, reader: Reader) -> list[str]:
    """When somebody was asked about that answer, which way, and whether it arrived, oldest first."""
    return [
        " · ".join(part for part in _invited(one, institution, reader) if part)
        for one in whole.invitations
        if one.round == asked
    ]


def _invited(one: Invitation, institution: Institution, reader: Reader) -> tuple[str, ...]:
    at, kind = reader.moment(one.at, institution).text, reader.t(f"visit.kind.{one.kind}")
    if one.way == "phone":
        return at, kind, one.by, reader.t(f"calls.outcome.{one.outcome}")
    came = "" if one.why == "asked" else reader.t(_arrived(one.state))
    return (
        at,
        kind,
        reader.t(f"visit.why.{one.why}"),
        desk_channels.way(one.sent, reader=reader) if one.sent else "",
        came,
    )


def _arrived(state: str) -> str:
    if state in ARRIVED:
        return "visit.sent"
    return "visit.not_sent" if state in {"undelivered", ""} else "visit.on_the_way"


def _corrections(detail: dict[str, Any], institution: Institution, reader: Reader) -> Iterator[tuple[str, str]]:
    """(what, from → to) of each corrected key; category and matter are read together."""
    if "category_id" in detail or "matter_id" in detail:
        pairs = zip(detail.get("category_id", ("", "")), detail.get("matter_id", (None, None)), strict=True)
        old, new = (_place(institution, category, matter, reader) for category, matter in pairs)
        yield reader.t("col.place"), f"{old} → {new}"
    if "department_id" in detail:
        old, new = (department_name(institution, key, reader) for key in detail["department_id"])
        yield reader.t("col.department"), f"{old} → {new}"
    if "grade" in detail:
        old, new = (grade_label(key, reader).text for key in detail["grade"])
        yield reader.t("col.grade"), f"{old} → {new}"
    if "facts" in detail:
        labels = [SLOTS[key].called_in(reader.language) for key in detail["facts"] if key in SLOTS]
        yield reader.t("text.facts"), reader.t("mark.and").join(labels)
    if "kind" in detail:
        old, new = (reader.t(f"kind.{key}") for key in detail["kind"])
        yield reader.t("case.kind"), f"{old} → {new}"


def _place(institution: Institution, category: str, matter: str | None, reader: Reader) -> str:
    if not category:
        category = (matter or "").partition("/")[0]
    return called(institution, category, matter, reader) if category else reader.t("proposal.whole")
