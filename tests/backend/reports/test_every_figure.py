"""The figures of every report again, the slow way: recomputed from the event log by code of its own, and the same."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from shutil import copy
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from backend.domain.periods import Period, holding
from backend.domain.rates import RATES, THREE
from backend.domain.scope import EVERYTHING, Scope
from backend.reporting import making
from backend.reporting.table import PERIODS, TABLE
from backend.reports.figures import Asked
from backend.services.cases import totals
from backend.store.engine import open_store
from institutions.catalog import load_all
from tests.backend.reports import month, slow

CITY = ZoneInfo("Asia/Shanghai")
OCTOBER = holding("month", date(2026, 10, 5))
NOW = month.END + timedelta(days=1)
HOMES = load_all()
STRETCHES = {
    "daily": holding("day", date(2026, 10, 9)),
    "weekly": holding("week", date(2026, 10, 14)),
    "monthly": OCTOBER,
    "quarterly": holding("quarter", date(2026, 10, 5)),
    "half": holding("half", date(2026, 10, 5)),
    "annual": holding("year", date(2026, 10, 5)),
}


def live(store):
    """A month of chance, counted."""
    store.run_now(month.live, HOMES, cases=45, seed=7)
    upto = store.run_now(totals.horizon)
    while store.run_now(totals.step, HOMES, upto=upto, limit=700):
        pass


@pytest.fixture(scope="module")
def lived(sqlite_template, tmp_path_factory):
    """A store that has lived it; nothing here changes it."""
    store = open_store(f"sqlite:///{copy(sqlite_template, tmp_path_factory.mktemp('lived') / 'jiesu.db')}")
    live(store)
    yield store
    store.close()


@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_the_other_database_tells_the_same(lived, store):
    live(store)

    for key in ("monthly", "capacity"):
        assert written(store, key) == written(lived, key)


def written(store, key, *, home="hotline", period=OCTOBER, scope=EVERYTHING, at=NOW):
    asked = Asked(HOMES, scope, home, period, at, CITY)
    return store.read_now(making.make, TABLE[key], asked)


def log(store, home="hotline"):
    """The histories of an institution's cases."""

    def ask(work):
        cases = work.cases.page(limit=500)[0]
        return {case.number: work.cases.history(case.number) for case in cases if case.institution == home}

    return {number: slow.History(events) for number, events in store.read_now(ask).items()}


def sheet(found, key):
    """The rows of a table by the keys of its columns."""
    return [dict(row) for chapter in found.chapters for one in chapter.sheets if one.key == key for row in one.dicts()]


def within(at, period):
    return period.first <= at.astimezone(CITY).date() <= period.last


@pytest.mark.parametrize("key", sorted(PERIODS))
def test_a_periodic_report_tells_what_the_event_log_tells(lived, key):
    period = STRETCHES[key]
    found, histories = written(lived, key, period=period), log(lived)
    before = period.before()

    happened = {
        stretch: Counter(
            "received" if event.what == "filed" else f"to_{event.detail['to']}"
            for history in histories.values()
            for event in history.events
            if (event.what in {"filed", "moved"}) and within(event.at, stretch)
        )
        for stretch in (period, before)
    }
    told = {row["what"].en: row for row in sheet(found, "compared")}
    for name, what in NAMES.items():
        assert told[name]["now"] == happened[period][what], name
        if told[name]["before"] is not None:
            assert told[name]["before"] == happened[before][what], name
    filed = [history for history in histories.values() if within(history.filed.at, period)]
    categories = Counter(category(history) for history in filed)
    assert {row["category"].zh: row["received"] for row in sheet(found, "category")} == dict(categories)
    listed = {row["number"] for row in sheet(found, "cases")}
    assert listed == {number for number, history in histories.items() if within(history.filed.at, period)}
    if key != "daily":
        rates_agree(found, histories, period)


NAMES = {
    "Cases filed": "received",
    "Accepted": "to_accepted",
    "Refused": "to_refused",
    "Assigned": "to_assigned",
    "Returned by departments": "to_returned",
    "Answers given": "to_answered",
    "Reopened": "to_reopened",
    "Closed": "to_closed",
    "Taken back": "to_withdrawn",
}


def category(history):
    """What it is about, as it was told last."""
    key = history.last("category")
    return next(one.name for one in HOMES["hotline"].categories if one.id == key)


def rates_agree(found, histories, period):
    """Rates of the whole and of each department."""

    def reckoned(by):
        events = {number: history.events for number, history in histories.items()}
        return slow.figures(events, first=period.first, last=period.last, zone=CITY, now=NOW, by=by)

    whole = reckoned(lambda _history, _hand: "").get("", {})
    rates = {ENGLISH[row["rate"].en]: (row["part"], row["whole"]) for row in sheet(found, "rates")}
    assert {key: pair for key, pair in rates.items() if pair[1]} == {
        key: pair for key, pair in whole.items() if key != "received"
    }
    departments = reckoned(lambda history, _hand: history.last("department"))
    names = {one.name: one.id for one in HOMES["hotline"].departments}
    for row in sheet(found, "department"):
        theirs = departments[names[row["department"].zh]]
        for rate in ("on_time", "response", "solution", "satisfaction", "return", "reopen"):
            assert (row[f"{rate}_part"], row[f"{rate}_whole"]) == theirs.get(rate, (0, 0))
        assert row["received"] == theirs.get("received", (0, 0))[1]


ENGLISH = {
    "Response rate": "response",
    "Solution rate": "solution",
    "Satisfaction rate": "satisfaction",
    "On time": "on_time",
    "Repeat rate": "repeat",
    "Return rate": "return",
    "Reopen rate": "reopen",
}


AXES = {
    "department": lambda history, _hand: history.last("department"),
    "category": lambda history, _hand: history.last("category"),
    "district": lambda history, _hand: history.district,
    "handler": lambda _history, hand: hand,
    "institution": lambda _history, _hand: "hotline",
}


UNTOLD = {"department": "未定", "category": "未定", "district": "未说明", "handler": "还没有承办人"}


@pytest.mark.parametrize("axis", sorted(AXES))
def test_each_rate_of_each_part_is_what_the_event_log_tells_now_and_in_the_period_before(lived, axis):
    period = Period(date(2026, 10, 16), date(2026, 10, 31))
    found, histories = written(lived, "rates", period=period), log(lived)
    events = {number: history.events for number, history in histories.items()}
    now, then = (
        slow.figures(events, first=one.first, last=one.last, zone=CITY, now=NOW, by=AXES[axis])
        for one in (period, period.before())
    )
    called = {"": UNTOLD.get(axis, "")}
    home: Any = HOMES["hotline"]
    named = {"institution": (home,), "department": home.departments, "category": home.categories}
    called |= {one.id: one.name for one in named.get(axis, ())}

    for rate in RATES:
        rows = {row[axis].zh: row for row in sheet(found, f"{rate}_{axis}")}
        for place in now.keys() | then.keys():
            expected, before = (told.get(place, {}).get(rate, (0, 0)) for told in (now, then))
            row = rows.get(called.get(place, place))
            if row is None:
                assert expected == before == (0, 0)
                continue
            assert (row["part"], row["whole"]) == expected
            assert (row["before_part"], row["before_whole"]) == before
            if expected[1]:
                assert abs(row["low"] - wilson(*expected)[0]) < 0.001
                assert abs(row["high"] - wilson(*expected)[1]) < 0.001


def wilson(part, whole):
    """By its textbook form: both roots of (p - x)² = 1.96² x (1 - x) / n."""
    p, c = part / whole, 1.96**2 / whole
    middle, root = (2 * p + c) / (2 + 2 * c), (c * c + 4 * c * p * (1 - p)) ** 0.5 / (2 + 2 * c)
    return middle - root, middle + root


def test_the_stretches_of_a_rate_add_up_to_it_and_so_does_what_is_left_out(lived):
    found = written(lived, "rates")
    whole = {ENGLISH[row["rate"].en]: row for row in sheet(found, "rates")}

    for rate in RATES:
        for axis in ("course", "department", "category", "district", "handler"):
            rows = sheet(found, f"{rate}_{axis}")
            assert sum(row["part"] for row in rows) == whole[rate]["part"]
            assert sum(row["whole"] for row in rows) == whole[rate]["whole"]
        told = sum(row["count"] for row in sheet(found, "left_out") if ENGLISH[row["rate"].en] == rate)
        apart = [row["left_out"].zh for row in sheet(found, f"{rate}_department") if row["left_out"]]
        assert sum(int(one.rpartition(" ")[2]) for words in apart for one in words.split("；")) == told


def test_problems_are_what_the_rates_of_departments_tell(lived):
    found = written(lived, "monthly")
    rates = {row["department"].zh: row for row in sheet(found, "department")}

    for row in sheet(found, "problems"):
        rate, bad = {"Late": ("on_time", 0), "Returned": ("return", 1), "Reopened": ("reopen", 1), "Not solved": ("solution", 0)}[
            row["problem"].en
        ]  # fmt: skip
        department = rates[row["who"].zh]
        part, whole = department[f"{rate}_part"], department[f"{rate}_whole"]
        assert (row["count"], row["whole"]) == (part if bad else whole - part, whole)


def test_the_hours_of_arrival_are_those_of_the_event_log(lived):
    found = written(lived, "capacity")

    expected = Counter[tuple[int, int]]()
    for history in log(lived).values():
        at = history.filed.at.astimezone(CITY)
        if within(at, OCTOBER):
            expected[at.hour, at.weekday()] += 1
    grid = {(hour, day - 1): row[f"day{day}"] for hour, row in enumerate(sheet(found, "hours")) for day in range(1, 8)}
    assert {place: n for place, n in grid.items() if n} == dict(expected)
    assert [row["cases"] for row in sheet(found, "staff")] == [
        sum(n for (at, _), n in expected.items() if at == hour) for hour in range(24)
    ]


def test_a_period_of_ones_own_choice_counts_the_same(lived):
    period = Period(date(2026, 10, 3), date(2026, 11, 9))
    found, histories = written(lived, "monthly", period=period), log(lived)

    rates_agree(found, histories, period)


def test_a_typical_case_tells_what_its_log_tells(lived):
    told = sheet(written(lived, "monthly"), "typical")
    here = {n: h for n, h in log(lived).items() if within(h.filed.at.astimezone(CITY), OCTOBER)}
    ends = {number: slow.broken(history, NOW) for number, history in here.items()}
    expected = {
        "Late the longest": {number: max(1, (NOW - end).days) for number, end in ends.items() if end},
        "Reopened": {number: len(history.moves("reopened")) for number, history in here.items()},
    }

    assert {row["rule"].en for row in told} == set(expected)
    assert [row["n"] for row in told] == [expected[row["rule"].en][row["number"]] for row in told]
    assert told[0]["n"] == max(expected["Late the longest"].values())


def test_a_hot_topic_counts_the_cases_and_the_people_of_the_log(lived):
    filed = {number: history.filed.at.astimezone(CITY) for number, history in log(lived).items()}
    here = sorted((at, number) for number, at in filed.items() if within(at, OCTOBER))
    people = lived.read_now(lambda work: {work.cases.get(number).person for _, number in here})

    (topic,) = sheet(written(lived, "hot"), "hot")  # everybody tells of the same lamp

    assert (topic["cases"], topic["voices"]) == (len(here), len(people))
    assert (topic["first"], topic["last"]) == tuple(at.date().isoformat() for at, _ in (here[0], here[-1]))
    assert topic["numbers"].rstrip("…").split("，") == [number for _, number in here[:5]]


def test_who_handled_it_is_told_in_no_table_what_was_said_in_a_window_that_may_be_open(lived):
    at, settled = datetime(2026, 11, 7, 4, tzinfo=UTC), date(2026, 10, 30)
    period = Period(date(2026, 10, 1), date(2026, 11, 7))
    events = {number: history.events for number, history in log(lived).items()}
    upto = slow.figures(events, first=period.first, last=settled, zone=CITY, now=at)[""]
    later = slow.figures(events, first=settled, last=period.last, zone=CITY, now=at)[""]
    assert later.keys() >= set(THREE)

    found = written(lived, "rates", period=period, scope=Scope(rated=True), at=at)
    for rate in THREE:
        for axis in ("institution", "department", "category", "district", "handler", "course"):
            rows = sheet(found, f"{rate}_{axis}")
            assert (sum(row["part"] for row in rows), sum(row["whole"] for row in rows)) == upto[rate]
    assert any("2026-10-30" in note.zh and "2026-10-30" in note.en for note in found.notes)
    week = written(lived, "weekly", period=holding("week", date(2026, 11, 5)), scope=Scope(rated=True), at=at)
    assert {row["whole"] for row in sheet(week, "rates") if ENGLISH[row["rate"].en] in THREE} == {0}
    assert "解决率：回访期还没有过，暂不显示。" in {one.zh for chapter in week.chapters for one in chapter.sentences}
