"""The clocks on a case's page: what is left, until when and why, what waits, who was told already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.domain import explain, running
from backend.domain.lifecycle import Status
from backend.services.cases import forecasting
from backend.web.desk import view as desk_view
from backend.web.desk.words import WORDS

if TYPE_CHECKING:
    from backend.domain.case import Case
    from backend.domain.forecast import Forecast
    from backend.services.cases.forecasting import Lesson
    from backend.web.desk.view import Due, Reader
    from institutions.model import Institution

WAITING = frozenset({Status.SUPPLEMENTING, Status.SUSPENDED})


@dataclass(frozen=True, slots=True)
class Line:
    """One clock."""

    due: Due
    why: str  # why it ends then
    told: str  # who was warned of it; empty: nobody yet
    chance: str  # how likely it is to be broken, and why; empty: nobody can say


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything that the page says of clocks."""

    lines: tuple[Line, ...]
    note: str  # that clocks wait, and until when; that they go on; empty: nothing of the kind


def panel(case: Case, institution: Institution, reader: Reader, lesson: Lesson | None = None) -> Panel:
    """The clocks of this case for this reader, the next one to end first."""
    lines: list[Line] = []
    for name, due in desk_view.dues_by_name(case, institution, reader):
        told = explain.explain(institution, case, name, now=reader.now)
        foreseen = forecasting.of(institution, lesson, case, name, now=reader.now)
        lines.append(
            Line(
                due,
                told.told(reader.language) if told else "",
                _warned(case, name, reader),
                _chance(foreseen, institution, reader) if foreseen else "",
            )
        )
    return Panel(tuple(lines), _note(case, institution, reader))


def called(institution: Institution, name: str, reader: Reader) -> str:
    """What a clock is called; one that the institution no longer has by its key."""
    rule = institution.clocks.get(name)
    if rule is None:
        return name
    return (reader.language == "en" and rule.label_en) or rule.label


def _chance(foreseen: Forecast, institution: Institution, reader: Reader) -> str:
    base = round(foreseen.base * 100)
    if not foreseen.better:
        return reader.t("clocks.rate", base=base)
    told = [_reason(name, institution, reader) for name, weight in foreseen.reasons if weight > 0]
    why = reader.t("clocks.because", why=reader.t("clocks.and").join(told)) if told else ""
    return reader.t("clocks.chance", chance=round(foreseen.chance * 100), base=base, why=why)


def _reason(name: str, institution: Institution, reader: Reader) -> str:
    """What makes it likelier, as people say it."""
    key, _, value = name.partition("=")
    if key == "category":
        return desk_view.called(institution, value, None, reader)
    if key == "department":
        return desk_view.department_name(institution, value, reader)
    if key == "clock":
        return called(institution, value, reader)
    if key == "share":
        return reader.t("reason.share", n=round(float(value) * 100))
    return reader.t(f"reason.{key}.{value}") if f"reason.{key}.{value}" in WORDS else f"{key} {value}"


def _warned(case: Case, name: str, reader: Reader) -> str:
    given = case.record.get("warned", {}).get(name, 0)
    if not given:
        return ""
    return reader.t("clocks.warned") if given == 1 else reader.t("clocks.climbed", n=given - 1)


def _note(case: Case, institution: Institution, reader: Reader) -> str:
    if "resumed" in case.record and case.status in WAITING:
        return reader.t("clocks.resumed")
    if not running.waits(case):
        return ""
    limit = running.cap(institution, case)
    if limit is None:
        return reader.t("due.paused")
    return reader.t("clocks.cap", at=reader.moment(limit, institution).text)
