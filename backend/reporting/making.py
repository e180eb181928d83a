"""One report made, chapter by chapter, from one view of the database, telling how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.domain.periods import holding
from backend.reports import spans
from backend.reports.figures import EVERY, Figures
from backend.reports.written import Said, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from backend.domain.periods import Period
    from backend.reporting.table import Kind
    from backend.reports.figures import Asked
    from backend.store.work import UnitOfWork

    Progress = Callable[[Said, int, int], None]


class Cancelled(Exception):
    """Nobody wants it any more."""


def silent(_doing: Said, _done: int, _whole: int) -> None:
    """Tells nobody."""


def make(work: UnitOfWork, kind: Kind, asked: Asked, *, progress: Progress = silent) -> Written:
    """The report. *progress* hears which chapter is next and how many of how many are done; it may raise Cancelled."""
    figures = Figures(work, asked)
    chapters = []
    for done, (name, chapter) in enumerate(kind.chapters):
        progress(name, done, len(kind.chapters))
        chapters.append(chapter(figures))
    home = asked.institutions.get(asked.home) if asked.home else None
    return Written(
        kind.key,
        kind.title,
        Said(home.name, home.name_en or home.name) if home else EVERY,
        asked.home,
        figures.period,
        spans.called(figures.period),
        tuple(_notes(figures)),
        tuple(chapters),
        asked.at.astimezone(asked.zone).isoformat(timespec="seconds"),
    )


def whole_of(kind: Kind, days: Period) -> Period:
    """A month where these days are just those of one, and the report is one of a month, so that it is compared as such."""
    named = holding(kind.period, days.first)
    return named if (named.first, named.last) == (days.first, days.last) else days


def _notes(figures: Figures) -> Iterator[Said]:
    """What a reader must know of all of it."""
    asked, begun = figures.asked, figures.begun
    if asked.whole != asked.period:
        yield Said(
            f"本期还没有结束，数字到 {asked.period.last} 为止，比较的是以前同样长的一段。",
            f"The period still runs; counted up to {asked.period.last}, and compared with stretches as long.",
        )
    if begun is None or begun > figures.period.last:
        yield Said(
            "这段时间在第一件案件之前，没有可统计的内容。", "This is before the first case; there is nothing to count."
        )
    elif figures.partly(figures.period):
        yield Said(f"本机构从 {begun} 起才有记录。", f"Nothing was kept before {begun}.")
    if figures.settled is not None:
        yield Said(
            f"响应率、解决率、满意率完整计到 {figures.settled} 为止；之后的回答等回访期过了再计入，免得办理的人逐条看到。",
            f"Response, solution and satisfaction are whole up to {figures.settled}; later answers are counted when their "
            "visit-back is over, so that who handled a case reads none of them one by one.",
        )
    if asked.scope.named is not None:
        yield Said("数字不含保密案件。", "Sealed cases are not counted.")
