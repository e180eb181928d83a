"""What inquiries found is counted as the event log tells it: the last verdict of each case, beside the period before."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from backend.domain.case import Actor
from backend.domain.lifecycle import Status
from backend.domain.periods import holding
from backend.domain.scope import EVERYTHING, Scope
from backend.reporting import making
from backend.reporting.table import TABLE
from backend.reports.figures import Asked
from backend.services.cases import acts, casework, filing, totals
from dialogs.conversation import Draft
from institutions.casework import Outcome
from institutions.catalog import load_all

CITY = ZoneInfo("Asia/Shanghai")
BEGIN = datetime(2026, 9, 5, 2, tzinfo=UTC)
OCTOBER = holding("month", BEGIN.date() + timedelta(days=30))
NOW = BEGIN + timedelta(days=80)
BOSS = Actor("陈经理", frozenset({"coordinator", "handler", "dispatcher", "reviewer", "manager"}))
EVERY = load_all()
MEASURES = (Outcome(id="order", name="责令整改", rectify=True), Outcome(id="fine", name="罚款", penalty=True))
HOMES = {
    key: home.model_copy(update={"casework": home.casework.model_copy(update={"outcomes": MEASURES})})
    for key, home in EVERY.items()
    if key in {"hotline", "property"}
}


@pytest.fixture
def lived(store):
    """Two months of cases of two institutions, judged by chance, some twice."""
    chance = Random(3)

    def live(work):
        for n in range(24):
            home = HOMES[("hotline", "property")[n % 2]]
            at = BEGIN + n * timedelta(days=2, hours=3)
            person = work.people.find_or_add("web", f"p{n}", language="zh", at=at)
            place = {"category_id": home.categories[0].id, "matter_id": None, "department_id": home.departments[0].id}
            draft = Draft(values={"what": "路灯不亮"}, proposal={"top": [{**place, "score": 1}], "why": []})
            number = filing.file_case(work, home, person, draft, at=at).number
            for to in (Status.ACCEPTED, Status.ASSIGNED):
                given = {"note": "按规定办理", "department": home.departments[0].id}
                casework.move(work, HOMES, number, to, given, by=BOSS, at=at + timedelta(hours=1))
            for _ in range(chance.randrange(3)):
                verdict = chance.choice(home.casework.verdicts).id
                acts.do(work, HOMES, number, "verdict", {"verdict": verdict}, by=BOSS, at=at + timedelta(hours=2))
            if chance.random() < 0.5:
                given = {"outcome": "fine", "yuan": str(chance.randrange(100, 900))}
                acts.do(work, HOMES, number, "outcome", given, by=BOSS, at=at + timedelta(hours=3))

    store.run_now(live)
    while store.run_now(totals.step, HOMES, upto=store.run_now(totals.horizon)):
        pass
    return store


def sheet(store, key, *, home="hotline", scope=EVERYTHING):
    asked = Asked(HOMES, scope, home, OCTOBER, NOW, CITY)
    found = store.read_now(making.make, TABLE["outcomes"], asked)
    return [dict(row) for chapter in found.chapters for one in chapter.sheets if one.key == key for row in one.dicts()]


def judged(store, home, period):
    """Of each case filed then the last verdict of its log, and its fines."""

    def ask(work):
        return {
            case.number: work.cases.history(case.number) for case in work.cases.page(limit=500, institution=home)[0]
        }

    verdicts, fines = [], []
    for number, log in store.read_now(ask).items():
        told = [event.detail for event in log if event.what == "noted"]
        if period.first <= log[0].at.astimezone(CITY).date() <= period.last:
            verdicts += [one["verdict"] for one in told if one.get("act") == "verdict"][-1:]
            fines += [(number, int(one["yuan"])) for one in told if one.get("act") == "outcome"]
    return verdicts, fines


@pytest.mark.parametrize("home", ["hotline", "property"])
def test_verdicts_and_how_they_count_are_those_of_the_log_now_and_before(lived, home):
    rows = {one.id: one for one in HOMES[home].casework.verdicts}
    now, then = (judged(lived, home, period)[0] for period in (OCTOBER, OCTOBER.before()))

    told = {row["what"].zh: (row["count"], row["before"]) for row in sheet(lived, "verdicts", home=home)}
    names = [Counter(rows[key].name for key in some) for some in (now, then)]
    expected = {name: (names[0][name], names[1][name]) for name in names[0] | names[1]}
    assert told == expected | {"合计": (len(now), len(then))}
    counted = {row["what"].en: row["count"] for row in sheet(lived, "valid", home=home)}
    kinds = Counter(rows[key].counts for key in now if rows[key].counts)
    assert {key: n for key, n in counted.items() if n and key != "In all"} == kinds
    assert counted["In all"] == kinds.total()


def test_measures_are_listed_with_their_fines(lived):
    rows = sheet(lived, "measures")

    assert [(row["number"], row["yuan"]) for row in rows] == sorted(judged(lived, "hotline", OCTOBER)[1])
    assert sheet(lived, "summed")[-1]["count"] == len(rows) > 0


def test_several_institutions_are_told_apart_and_who_sees_one_reads_one(lived):
    both = sheet(lived, "verdicts", home=None)
    assert {row["institution"].zh for row in both if row["institution"]} == {one.name for one in HOMES.values()}
    theirs = sheet(lived, "verdicts", home=None, scope=Scope("property", named=""))
    assert {row["institution"].zh for row in theirs if row["institution"]} == {HOMES["property"].name}
