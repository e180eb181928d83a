"""A case as a paper: cover, form, evidence, investigation, limits, history, answer, visit-back, voices, proof; and as a letter.

What stands there is what the reader may see on the case's page, masked
likewise. Pictures come drawn small from whoever can read files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from backend.domain import clock
from backend.reports.papers import Paper, Part, Picture, Table
from backend.services.cases import view
from backend.services.privacy.masking import starred
from backend.web.desk import acts as desk_acts
from backend.web.desk import clocks as desk_clocks
from backend.web.desk import history as desk_history
from backend.web.desk import reporters as desk_reporters
from backend.web.desk import view as desk_view
from backend.web.desk.files import size_of
from dialogs.slots import SLOTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from backend.services.office.desk import Whole
    from backend.store.seals import Seal
    from backend.store.surveys import SurveyRow
    from backend.web.desk.view import Reader
    from institutions.model import Institution

INQUIRY = frozenset({"investigators", "interview", "mediation", "plan", "verdict", "outcome", "rectified", "test_fee"})
"""Acts that are part of looking into a matter."""
OURS = ("id_number", "gender", "birth_date", "address", "on_behalf", "agent", "representatives")
THEIRS = ("legal_representative", "respondent_address")
CLAIMS = ("claim_sum",)
STOPPED = {True: "kept", False: "late"}


@dataclass(frozen=True, slots=True)
class Source:
    """All that a paper is made of."""

    whole: Whole
    institution: Institution
    reader: Reader
    by: str
    channel: str  # on which it came, in words
    pictures: Mapping[int, bytes]  # evidence id -> a small JPEG
    seal: Seal | None

    def t(self, key: str, **facts: object) -> str:
        """The words under that key, in the reader's language."""
        return self.reader.t(key, **facts)

    def at(self, moment: datetime | None) -> str:
        """A time in words, with its year."""
        if moment is None:
            return ""
        told = self.reader.moment(moment, self.institution)
        local = datetime.fromisoformat(told.iso)
        return f"{local:%Y-%m-%d %H:%M}"


def case_file(source: Source) -> Paper:
    """The whole case."""
    parts = (_form(source), _evidence(source), _inquiry(source), _clocks(source), _moves(source), _answer(source),
             _surveys(source), *_voices(source), _proof(source))  # fmt: skip
    return _paper(source, source.t("paper.title"), tuple(_cover(source)), parts)


def letter(source: Source) -> Paper:
    """What the citizen complains of, in the form that they sign."""
    facts = source.whole.case.facts
    when, where = (_shown(source, key, facts.get(key)) for key in ("when", "where"))
    told = [source.reader.private(str(facts.get("what") or ""))]
    told += [source.t("letter.when", when=when)] if when else []
    told += [source.t("letter.where", where=where)] if where else []
    signed = source.t("letter.true", number=source.whole.case.number, at=source.at(source.whole.case.filed_at))
    parts = (
        Part(source.t("letter.from"), tuple(_ours(source))),
        Part(source.t("letter.against"), tuple(_theirs(source))),
        Part(source.t("letter.claims"), tuple(_claims(source)), empty=source.t("letter.claims.none")),
        Part(source.t("letter.facts"), texts=tuple(text for text in told if text)),
        Part(
            source.t("letter.evidence"), tables=(_files(source, hashes=False),), empty=source.t("letter.evidence.none")
        ),
        Part(
            source.t("letter.to"),
            texts=(source.reader.name(source.institution), signed),
            signs=(source.t("letter.sign"), source.t("paper.sign.date")),
        ),
    )
    return _paper(source, source.t("letter.title"), (), parts)


def _paper(source: Source, title: str, cover: tuple[tuple[str, str], ...], parts: tuple[Part, ...]) -> Paper:
    home = source.reader.name(source.institution)
    return Paper(
        title=title,
        under=home,
        cover=cover,
        parts=parts,
        head=f"{home}　{source.whole.case.number}",
        pages=source.t("paper.pages", page="{page}", pages="{pages}"),
        language="en-GB" if source.reader.language == "en" else "zh-CN",
        covered=bool(cover),
    )


def _cover(source: Source) -> Iterator[tuple[str, str]]:
    case, reader = source.whole.case, source.reader
    yield source.t("paper.number"), case.number
    yield source.t("col.place"), desk_view.place(case, source.institution, reader)
    yield source.t("col.department"), desk_view.department_name(source.institution, case.department_id, reader)
    yield source.t("col.status"), desk_view.status_label(case.status, reader).text
    yield source.t("col.filed"), source.at(case.filed_at)
    if case.closed_at:
        yield source.t("paper.closed"), source.at(case.closed_at)
    yield source.t("paper.care"), source.t("paper.whole" if reader.shown else "paper.masked")
    yield source.t("paper.printed"), source.t("paper.printed.by", at=source.at(reader.now), by=source.by)


def _form(source: Source) -> Part:
    case, reader = source.whole.case, source.reader
    facts = [
        (source.t("paper.number"), case.number),
        (source.t("case.kind"), source.t(f"kind.{case.kind}")),
        (source.t("col.grade"), desk_view.grade_label(case.grade, reader).text),
        (source.t("col.place"), desk_view.place(case, source.institution, reader)),
        (source.t("paper.source"), source.channel),
        (source.t("col.filed"), source.at(case.filed_at)),
        *_who(source),
        (source.t("case.words"), reader.private(str(case.facts.get("what") or source.t("case.nothing_said")))),
        *desk_view.facts(case, reader),
    ]
    return Part(
        source.t("paper.form"), tuple(facts), signs=(source.t("paper.sign.intake"), source.t("paper.sign.date"))
    )


def _who(source: Source) -> Iterator[tuple[str, str]]:
    told = desk_view.who(source.whole.case, source.reader)
    yield (
        source.t("case.who"),
        told["name"] or source.t("paper.name.anonymous") if told["anonymous"] else told["name"] or "",
    )
    if told["contact"]:
        yield source.t("paper.phone"), told["contact"]
    if told["confidential"]:
        yield source.t("paper.confidential"), source.t("yes")


def _evidence(source: Source) -> Part:
    pictures, spoken = [], []
    for n, row in enumerate(source.whole.evidence, start=1):
        name = source.reader.private(row.filename)
        if row.kind == "photo":
            drawn = source.pictures.get(row.id)
            missing = "" if drawn else source.t("paper.unseen")
            pictures.append(Picture(source.t("paper.caption", n=n, name=name) + missing, drawn))
        if row.words:
            spoken.append(source.t("paper.spoken", n=n, words=source.reader.private(row.words)))
    return Part(
        source.t("paper.evidence"),
        texts=tuple(spoken),
        tables=(_files(source, hashes=True),),
        pictures=tuple(pictures),
        empty=source.t("evidence.none"),
        new_page=True,
    )


def _files(source: Source, *, hashes: bool) -> Table:
    """The files by number; their SHA-256 proves that a file is the one that was sent."""
    headings = ("paper.no", "paper.kind", "paper.filename", "paper.size", "paper.at")
    rows = [
        (
            str(n),
            source.t(f"evidence.{row.kind}"),
            source.reader.private(row.filename),
            size_of(row.bytes),
            source.at(row.at),
            *([row.sha256] if hashes else []),
        )
        for n, row in enumerate(source.whole.evidence, start=1)
    ]
    last = ("SHA-256",) if hashes else ()
    return Table((*map(source.t, headings), *last), tuple(rows), (1, 1.4, 3, 1.6, 2.4, *((4.5,) if hashes else ())))


def _inquiry(source: Source) -> Part:
    whole, reader = source.whole, source.reader
    done = [event for event in whole.history if event.what == "noted" and event.detail.get("act") in INQUIRY]
    rows = [_line(source, entry) for entry in desk_history.entries(done, source.institution, reader)]
    return Part(
        source.t("paper.inquiry"),
        tuple(desk_acts.record(whole, source.institution, reader)),
        tables=(Table(_headings(source), tuple(rows), (2.2, 1.6, 6)),),
        signs=(source.t("paper.sign.inquiry"), source.t("paper.sign.inquiry"), source.t("paper.sign.date")),
        empty=source.t("paper.inquiry.none"),
        new_page=True,
    )


def _headings(source: Source) -> tuple[str, ...]:
    return source.t("paper.at"), source.t("paper.by"), source.t("paper.what")


def _line(source: Source, entry: desk_history.Entry) -> tuple[str, str, str]:
    colon = ": " if source.reader.language == "en" else "："
    words = [entry.title, *(f"{label}{colon}{text}" for label, text in entry.texts)]
    return f"{datetime.fromisoformat(entry.at.iso):%Y-%m-%d %H:%M}", entry.by, "\n".join(words)


def _moves(source: Source) -> Part:
    entries = desk_history.entries(source.whole.history, source.institution, source.reader)
    rows = tuple(_line(source, entry) for entry in entries if entry.what not in {"clock", "evidence"})
    return Part(source.t("paper.moves"), tables=(Table(_headings(source), rows, (2.2, 1.6, 6)),), new_page=True)


def _clocks(source: Source) -> Part:
    keys = ("paper.clock", "paper.clock.from", "paper.clock.due", "paper.clock.result")
    table = Table(tuple(map(source.t, keys)), tuple(_limits(source)), (2, 2.2, 2.2, 3))
    return Part(source.t("paper.clocks"), tables=(table,), empty=source.t("paper.clocks.none"))


def _limits(source: Source) -> Iterator[tuple[str, str, str, str]]:
    """Each time a clock ran: from when, until when at last, and what became of it."""
    running: dict[str, tuple[str, str]] = {}
    begun: list[tuple[str, str, str, str]] = []
    for event in source.whole.history:
        if event.what == "filed":
            due = event.detail.get("due", {})
            running |= {name: (source.at(event.at), _due(source, until)) for name, until in due.items()}
        elif event.what == "clock" and event.detail.get("stopped"):
            name = event.detail["clock"]
            since, until = running.pop(name, ("", ""))
            how = STOPPED[bool(event.detail["kept"])] if "kept" in event.detail else "ended"
            result = source.t(f"paper.clock.{how}", at=source.at(event.at))
            begun.append((desk_clocks.called(source.institution, name, source.reader), since, until, result))
        elif event.what == "clock" and "due" in event.detail and not {"warned", "late"} & event.detail.keys():
            since = running.get(event.detail["clock"], (source.at(event.at), ""))[0]
            running[event.detail["clock"]] = (since, _due(source, event.detail["due"]))
    yield from begun
    for name, end in source.whole.case.due.items():
        since = running.get(name, ("", ""))[0]
        how = "over" if clock.late(end, source.reader.now) else "runs"
        called = desk_clocks.called(source.institution, name, source.reader)
        yield called, since, source.at(end), source.t(f"paper.clock.{how}")


def _due(source: Source, told: str) -> str:
    return source.at(datetime.fromisoformat(told))


def _answer(source: Source) -> Part:
    case = source.whole.case
    facts = ((source.t("paper.answer.at"), source.at(case.decided_at)),) if case.answer and case.decided_at else ()
    texts = (source.reader.private(case.answer),) if case.answer else ()
    return Part(source.t("paper.answer"), facts, texts, empty=source.t("paper.answer.none"))


def _surveys(source: Source) -> Part:
    facts = [fact for survey in source.whole.surveys for fact in _survey(source, survey)]
    return Part(source.t("paper.survey"), tuple(facts), empty=source.t("paper.survey.none"))


def _survey(source: Source, survey: SurveyRow) -> Iterator[tuple[str, str]]:
    told: dict[str, object] = {"contacted": survey.contacted, "solved": survey.solved, "satisfied": survey.satisfied}
    told |= {"reasons": survey.reasons, "by": survey.by}
    answers = list(desk_history.ratings(told, source.reader, source.institution))
    yield source.t("case.round", n=survey.round), source.at(survey.asked_at)
    sheltered = source.whole.sheltered and survey.over_at is None
    yield from answers or [("", source.t("visit.sheltered" if sheltered else "paper.survey.silent"))]
    if survey.remark:
        yield source.t("paper.survey.remark"), source.reader.private(survey.remark)


def _voices(source: Source) -> Iterator[Part]:
    joined = desk_reporters.joint(source.whole.history, source.institution, source.reader)
    if not joined:
        return
    keys = ("paper.no", "case.who", "paper.phone", "case.words", "paper.at")
    rows = tuple(
        (
            str(one.voice),
            one.name + (source.t("paper.voices.left") if one.left else ""),
            one.contact,
            one.words,
            f"{datetime.fromisoformat(one.at.iso):%Y-%m-%d %H:%M}",
        )
        for one in joined
    )
    yield Part(source.t("paper.voices"), tables=(Table(tuple(map(source.t, keys)), rows, (1, 2, 2.4, 5, 2.4)),))


def _proof(source: Source) -> Part:
    case, seal = source.whole.case, source.seal
    sealed = f"{seal.hash}\n{source.at(seal.at)}" if seal else source.t("paper.seal.none")
    facts = (
        (source.t("paper.seal.events"), str(case.seq)),
        (source.t("paper.seal.head"), case.head),
        (source.t("paper.seal.seal"), sealed),
    )
    return Part(source.t("paper.seal"), facts, (source.t("paper.seal.how"),))


def _ours(source: Source) -> Iterator[tuple[str, str]]:
    told = desk_view.who(source.whole.case, source.reader)
    yield source.t("letter.person"), told["name"] or source.t("letter.blank")
    yield from _told(source, OURS)
    yield source.t("paper.phone"), told["contact"] or source.t("letter.blank")


def _theirs(source: Source) -> Iterator[tuple[str, str]]:
    yield (
        source.t("letter.unit"),
        _shown(source, "target", source.whole.case.facts.get("target")) or source.t("letter.blank"),
    )
    yield from _told(source, THEIRS)


def _claims(source: Source) -> Iterator[tuple[str, str]]:
    yield from _told(source, CLAIMS)
    if wish := _shown(source, "request", source.whole.case.facts.get("request")):
        yield source.t("letter.wish"), wish


def _told(source: Source, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    extra = source.whole.case.facts.get("extra") or {}
    wanted = set(source.institution.slots)
    for key in keys:
        shown = _shown(source, key, extra.get(key))
        if shown or key in wanted:
            yield SLOTS[key].called_in(source.reader.language), shown or source.t("letter.blank")


def _shown(source: Source, key: str, value: object) -> str:
    """A fact as people read it, masked as on the page."""
    if value in (None, "", {}):
        return ""
    if key in view.PRIVATE_EXTRAS and isinstance(value, str):
        return value if source.reader.shown else starred(value)
    return source.reader.private(SLOTS[key].show(value, source.reader.language))
