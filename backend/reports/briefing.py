"""投诉动态: one page for a leader about what rises. Every number is counted; no sentence without one that is there.

What is told: how many against how many expected, where, in which words (those
that several people used, without names), what was done, whose it is, and what
is asked of the leader, which follows from what is left open.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from backend.domain.lifecycle import RULES, Status
from backend.domain.running import first_due
from backend.domain.tally import OVER
from backend.reports.papers import Paper, Part, Table
from nlp.topics.hot import topics

if TYPE_CHECKING:
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.rises import Alarm
    from institutions.model import Institution
    from nlp.topics.hot import Message

WAITING = frozenset({Status.RECEIVED, Status.SUPPLEMENTING, Status.ACCEPTED, Status.RETURNED})
"""No department works on it yet."""
DONE = OVER | {Status.ANSWERED, Status.VISITING_BACK}
PLACES, WORDS, FEW = 5, 3, 2


@dataclass(frozen=True, slots=True)
class Brief:
    """What is counted. ``cases``: the newest of them that the reader sees; ``total``: all since it began.

    ``stories`` and ``places``: what these tell and where, masked, no closer than an estate or a street.
    """

    alarm: Alarm
    institution: Institution
    cases: tuple[Case, ...]
    stories: tuple[Message, ...]
    places: tuple[str, ...]
    total: int
    at: datetime


def paper(brief: Brief, language: str) -> Paper:
    """The page."""
    t = Phrases(language)
    parts = (
        Part(t("1"), texts=tuple(_overview(brief, t))),
        Part(t("2"), texts=_words(brief, t), tables=_places(brief, t), empty=t("unread")),
        Part(t("3"), texts=tuple(_done(brief, t)), tables=_offices(brief, t), empty=t("unread")),
        Part(t("4"), texts=tuple(f"{n}. {text}" for n, text in enumerate(_asked(brief, t), start=1))),
    )
    home = t.name(brief.institution)
    under = f"{home} · {_moment(brief, brief.at)}"
    return Paper(
        t("title"),
        under,
        (),
        parts,
        f"{home} · {t('title')}",
        t("pages", page="{page}", pages="{pages}"),
        t("tongue"),
        covered=False,
    )


def place_name(alarm: Alarm, whole: str) -> str:
    """``东区 一街``."""
    return alarm.place.replace("/", " ") or whole


def category_name(institution: Institution, key: str, language: str) -> str:
    """What the category is called; one that is no more stands for itself."""
    found = next((one for one in institution.categories if one.id == key), None)
    if found is None:
        return key
    return found.name_en if language == "en" and found.name_en else found.name


def around(count: float) -> str:
    """An expectation, in as many digits as it is worth."""
    return f"{count:.0f}" if count >= 10 else f"{count:.1f}"


class Phrases:
    """The sentences, in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, key: str, **told: object) -> str:
        """The sentence under that key."""
        return SENTENCES[key][self.language == "en"].format(**told)

    def name(self, item: object) -> str:
        """What an institution or department is called."""
        name, english = str(getattr(item, "name", "")), str(getattr(item, "name_en", ""))
        return english if self.language == "en" and english else name


def _overview(brief: Brief, t: Phrases) -> list[str]:
    alarm = brief.alarm
    told = {
        "place": place_name(alarm, t("whole")),
        "category": category_name(brief.institution, alarm.category, t.language),
        "hours": alarm.hours,
        "count": alarm.count,
        "usual": around(alarm.expected),
        "since": _moment(brief, alarm.since),
        "at": _moment(brief, alarm.at),
    }
    found = [t("rise", **told)]
    if alarm.expected >= 1:
        found.append(t("times", times=f"{alarm.count / alarm.expected:.1f}"))
    found.append(t("total", n=brief.total))
    ended = alarm.ended_at
    return [*found, t("ended", at=_moment(brief, ended)) if ended else t("on")]


def _words(brief: Brief, t: Phrases) -> tuple[str, ...]:
    """Words that several people used, those of nobody alone; no names, doors or numbers."""
    found = topics(brief.stories)[:WORDS]
    return tuple(t("words", matter=one.matter, n=one.voices) for one in found)


def _places(brief: Brief, t: Phrases) -> tuple[Table, ...]:
    places = Counter(name for name in brief.places if name)
    rows = tuple((name, str(n)) for name, n in places.most_common(PLACES) if n >= FEW)
    return (Table((t("place"), t("cases")), rows, (3, 1)),) if rows else ()


def _done(brief: Brief, t: Phrases) -> list[str]:
    stands = Counter(case.status for case in brief.cases)
    if not stands:
        return []
    label = 1 if t.language == "en" else 0
    each = [f"{(RULES[s].label, RULES[s].label_en)[label]} {n}" for s, n in stands.most_common()]
    found = [t("stands", n=len(brief.cases), each=t("comma").join(each))]
    done = sum(n for status, n in stands.items() if status in DONE)
    return [*found, t("answered", n=done, all=len(brief.cases))]


def _offices(brief: Brief, t: Phrases) -> tuple[Table, ...]:
    names = {office.id: t.name(office) for office in brief.institution.departments}
    counted = Counter(case.department_id for case in brief.cases if case.status not in WAITING)
    rows = tuple((names.get(key, key), str(n)) for key, n in counted.most_common(PLACES))
    return (Table((t("office"), t("cases")), rows, (3, 1)),) if rows else ()


def _asked(brief: Brief, t: Phrases) -> list[str]:
    waiting = sum(case.status in WAITING for case in brief.cases)
    late = sum((due := first_due(case)) is not None and due < brief.at for case in brief.cases)
    offices = {case.department_id for case in brief.cases if case.status not in WAITING}
    found = [t("ask.assign", n=waiting)] if waiting else []
    found += [t("ask.late", n=late)] if late else []
    found += [t("ask.lead", n=len(offices))] if len(offices) > 1 else []
    found += [t("ask.judge")] if not brief.alarm.verdict else []
    return found or [t("ask.nothing")]


def _moment(brief: Brief, at: datetime) -> str:
    return at.astimezone(ZoneInfo(brief.institution.timezone)).strftime("%Y-%m-%d %H:%M")


SENTENCES: dict[str, tuple[str, str]] = {
    "title": ("投诉动态", "Leader's brief"),
    "pages": ("第 {page} 页，共 {pages} 页", "Page {page} of {pages}"),
    "tongue": ("zh-CN", "en-GB"),
    "1": ("一、情况", "1. What happens"),
    "2": ("二、反映集中的地点和说法", "2. Where, and in which words"),
    "3": ("三、办理情况和责任部门", "3. What was done, and whose it is"),
    "4": ("四、提请领导", "4. What is asked of you"),
    "whole": ("全部地区", "Everywhere"),
    "rise": (
        "{since} 至 {at}，{place}“{category}”类诉求 {hours} 小时内收到 {count} 件，平时同一时段约 {usual} 件。",
        "From {since} to {at}, {place} brought {count} cases of “{category}” in {hours} hours; about {usual} are usual then.",
    ),
    "times": ("为平时的 {times} 倍。", "That is {times} times as many."),
    "total": ("自该时起共收到 {n} 件（不含保密案件）。", "Since then there were {n} in all (without sealed ones)."),
    "ended": ("{at} 起已恢复平常。", "Since {at} it is as usual again."),
    "on": ("目前仍在增多。", "It still rises."),
    "words": ("{n} 人说到：{matter}。", "{n} people speak of: {matter}."),
    "unread": ("没有可供列出的案件。", "There is no case to tell of."),
    "place": ("地点", "Place"),
    "office": ("责任部门（已派出的案件）", "Department (cases assigned)"),
    "cases": ("件数", "Cases"),
    "comma": ("，", ", "),
    "stands": ("所列 {n} 件中：{each}。", "Of the {n} cases listed: {each}."),
    "answered": ("已答复或办结 {n} 件，共 {all} 件。", "{n} of {all} are answered or over."),
    "ask.assign": (
        "督促尽快派出尚未交部门办理的 {n} 件。",
        "See that the {n} cases without a department are assigned.",
    ),
    "ask.late": ("督办已超时限的 {n} 件。", "Supervise the {n} cases that are late."),
    "ask.lead": ("涉及 {n} 个部门，请指定一个牵头。", "{n} departments have them: name one that leads."),
    "ask.judge": (
        "尚未认定是否同一件事，请安排研判。",
        "Nobody has said yet whether it is one incident: have it judged.",
    ),
    "ask.nothing": ("暂无需要决定的事项。", "Nothing is to be decided now."),
}
