"""The hot topics of a period: what several people told of one place and one matter."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from backend.domain.scope import NOBODY
from backend.reports.written import TEXT, Chapter, Column, Said, Sheet
from backend.services.office import topics
from nlp.topics import hot

if TYPE_CHECKING:
    from backend.reports.figures import Figures

MOST = 1000
"""Letters that are compared, the newest of the period: two or three seconds of work."""
SHOWN, TOLD, NUMBERS = 20, 5, 5
SOMEWHERE = Said("没有同一个地点", "no place in common")


def chapter(figures: Figures) -> Chapter:
    """The hottest first, in a table and in a sentence."""
    asked, period = figures.asked, figures.period
    scope = replace(asked.scope, institution=asked.home or asked.scope.institution, named=NOBODY)  # no sealed ones
    since, until = (
        datetime.combine(day, time(), asked.zone) for day in (period.first, period.last + timedelta(days=1))
    )
    letters = topics.newest(figures.work, scope, since=since, until=until, limit=MOST + 1)
    found = hot.topics(letters[-MOST:])
    rows = tuple(
        (
            topic.place or SOMEWHERE,
            topic.matter,
            topic.voices,
            len(topic.ids),
            topic.first.astimezone(asked.zone).date().isoformat(),
            topic.last.astimezone(asked.zone).date().isoformat(),
            "，".join(topic.ids[:NUMBERS]) + ("…" if len(topic.ids) > NUMBERS else ""),
        )
        for topic in found[:SHOWN]
    )
    cut = Said(f"来件较多，只比较了其中最近的 {MOST} 件。", f"Only the {MOST} newest cases were compared.")
    sheet = Sheet(
        "hot",
        Said("热点问题", "Hot topics"),
        COLUMNS,
        rows,
        (cut,) if len(letters) > MOST else (),
        len(found) - len(rows),
        inside=True,
    )
    none = Said("本期没有几个人反映同一件事的情况。", "No matter was told by several people.")
    return Chapter("hot", sheet.title, (_told(sheet) if rows else none,), (sheet,), inside=True)


COLUMNS = (
    Column("place", Said("地点", "Place"), TEXT),
    Column("matter", Said("事项", "Matter"), TEXT),
    Column("voices", Said("人数", "Voices")),
    Column("cases", Said("件数", "Cases")),
    Column("first", Said("最早", "First"), TEXT),
    Column("last", Said("最近", "Last"), TEXT),
    Column("numbers", Said("编号", "Numbers"), TEXT),
)


def _told(sheet: Sheet) -> Said:
    rows = sheet.rows[:TOLD]
    zh = "；".join(f"{_zh(row[0])}{row[1]}，{row[2]} 人反映" for row in rows)
    en = "; ".join(f"{row[1]}{_en(row[0])}: {row[2]} voices" for row in rows)
    return Said(f"反映比较集中的问题：{zh}。", f"Told by several people: {en}.")


def _zh(place: object) -> str:
    return "" if place is SOMEWHERE else str(place)


def _en(place: object) -> str:
    return "" if place is SOMEWHERE else f" at {place}"
