"""The numbers of a period: the same as the event log tells, nothing sealed to who may not know of it, names kept."""

from __future__ import annotations

import os
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backend.domain import survey
from backend.domain.periods import Period, holding
from backend.domain.rates import RATES, SAID, THREE
from backend.domain.scope import EVERYTHING, Scope
from backend.reports import rates
from backend.services.cases import totals
from backend.store import schema
from backend.store.engine import open_store
from backend.store.totals import NotKept
from institutions.catalog import load_all
from tests.backend.reports import month, slow
from tests.conftest import WORKER, database

CITY = ZoneInfo("Asia/Shanghai")
OCTOBER = holding("month", date(2026, 10, 5))
NOW = month.END + timedelta(days=1)
HOMES = load_all()


def live(store):
    """A month of chance, counted a few events at a time while it goes on."""
    store.run_now(month.live, HOMES, cases=45, seed=7)
    count(store, 137)
    return store


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lived(request, tmp_path_factory):
    """The month, which the tests only read: lived once on each database."""
    with ExitStack() as open_things:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('month')}/jiesu.db"
        else:
            url = open_things.enter_context(
                database(request.getfixturevalue("pg_server"), f"jiesu_month_{WORKER}_{os.getpid()}")
            )
        store = open_store(url)
        open_things.callback(store.close)
        schema.create(store)
        yield live(store)


@pytest.fixture
def changing(store):
    """A month of a test's own, which it may change."""
    return live(store)


def count(store, limit=2000):
    """Bring the totals up to now."""
    upto = store.run_now(totals.horizon)
    while store.run_now(totals.step, HOMES, upto=upto, limit=limit):
        pass


def rows(store, *by, period=OCTOBER, scope=EVERYTHING, homes=HOMES, at=NOW, **only):
    """The rows of a period."""
    return store.read_now(rates.of, homes, scope=scope, period=period, at=at, by=by, only=only)


def log(store):
    """Every history, with the institution of each case and its door."""

    def ask(work):
        cases = work.cases.page(limit=500)[0]
        return {case.number: work.cases.history(case.number) for case in cases}, {
            case.number: case.institution for case in cases
        }

    return store.read_now(ask)


def told(found, place):
    """Rows as the slow path tells them, those with nothing left out; *place* makes one name of the ids."""
    figures = {}
    for row in found:
        known = {key: (rate.numerator, rate.denominator) for key, rate in row.rates.items() if rate.denominator}
        figures[place(row.keys)] = known | ({"received": (row.received,) * 2} if row.received else {})
    return {key: value for key, value in figures.items() if value}


def reckoned(histories, period=OCTOBER, by=lambda _history, _hand: ""):
    """The slow path."""
    return slow.figures(histories, first=period.first, last=period.last, zone=CITY, now=NOW, by=by)


PLACES = {
    "category": lambda history, _hand: history.last("category"),
    "department": lambda history, _hand: history.last("department"),
    "district": lambda history, _hand: history.district,
    "source": lambda history, _hand: history.filed.detail["source"],
}


def test_every_rate_is_what_the_event_log_tells_reckoned_the_slow_way(lived):
    histories, homes = log(lived)

    whole = told(rows(lived), lambda _keys: "")
    assert whole == reckoned(histories)
    assert set(whole[""]) == {*RATES, "received"}, "the month has something of everything"
    for period in (
        holding("week", date(2026, 10, 14)),
        holding("day", date(2026, 10, 9)),
        Period(date(2026, 10, 3), date(2026, 11, 9)),
    ):
        assert told(rows(lived, period=period), lambda _keys: "") == reckoned(histories, period)
    for home in ("hotline", "property"):
        mine = {number: events for number, events in histories.items() if homes[number] == home}
        for key, place in PLACES.items():
            found = rows(lived, key, institution=[home])
            assert told(found, lambda keys, key=key: keys[key]) == reckoned(mine, by=place), (home, key)


def test_the_rates_of_handlers_are_of_what_their_own_hands_did(lived):
    histories, homes = log(lived)
    mine = {number: events for number, events in histories.items() if homes[number] == "hotline"}

    found = told(rows(lived, "handler", institution=["hotline"]), lambda keys: keys["handler"])

    expected = reckoned(mine, by=lambda _history, hand: hand)
    for rate in set(RATES) - {"on_time"}:
        assert {key: one[rate] for key, one in found.items() if rate in one} == {
            key: one[rate] for key, one in expected.items() if rate in one
        }
    assert set(month.OFFICERS) <= set(found)


def test_stretches_of_time_add_up_to_the_whole(lived):
    whole = rows(lived)[0]

    for kind in ("day", "week", "month"):
        parts = rows(lived, kind)
        assert [row.keys[kind] for row in parts] == sorted(row.keys[kind] for row in parts)
        for key, rate in whole.rates.items():
            assert sum(row.rates[key].denominator for row in parts) == rate.denominator
            assert sum(row.rates[key].numerator for row in parts) == rate.numerator


def test_ids_of_two_institutions_are_never_added_up(lived):
    assert {tuple(row.keys) for row in rows(lived, "department")} == {("institution", "department")}


def test_a_scope_of_one_institution_or_of_no_sealed_cases_counts_no_others(changing):
    def seal(work):
        number = work.cases.page(limit=1, institution="hotline")[0][0].number
        case = work.cases.get(number)
        case.sealed = True
        work.cases.save(case, zone=CITY)

    everything, one = Period(date(2026, 9, 1), date(2026, 12, 1)), Scope(institution="property")
    before = rows(changing, period=everything)[0].received
    changing.run_now(seal)
    changing.run_now(lambda work: work.totals.clear())
    count(changing)

    hidden = rows(changing, period=everything, scope=Scope(named="小赵"))[0]
    assert (rows(changing, period=everything)[0].received, hidden.received) == (before, before - 1)
    theirs = rows(changing, "institution", period=everything, scope=one)
    assert [row.keys["institution"] for row in theirs] == ["property"]
    assert rows(changing, period=everything, scope=one, institution=["hotline"])[0].received == 0


def test_a_department_renamed_meanwhile_counts_as_one_and_both_names_are_told(changing):
    home = HOMES["hotline"]
    changing.run_now(totals.name, HOMES, today=date(2026, 9, 1))
    lamps = home.departments[0].model_copy(update={"name": "城市照明中心"})
    new = home.model_copy(update={"departments": (lamps, *home.departments[1:])})
    now = {**HOMES, "hotline": new}
    changing.run_now(totals.name, now, today=date(2026, 10, 12))

    found = rows(changing, "department", homes=now, institution=["hotline"])

    row = next(one for one in found if one.keys["department"] == home.departments[0].id)
    assert row.names["department"] == "城市照明中心"
    assert row.notes[0][0] == (f"“城市照明中心”在 2026-10-12 之前叫“{home.departments[0].name}”，按同一个部门计。")
    assert changing.read_now(totals.renamed, now) == {}


def test_what_cannot_be_counted_together_is_refused(store):
    with pytest.raises(rates.NoSuchKey, match="'colour'"):
        rows(store, "colour")
    with pytest.raises(NotKept):
        rows(store, "district", "handler")


def test_an_empty_period_is_one_row_of_nothing(store):
    (row,) = rows(store)

    assert row.received == 0
    assert all(rate.share is None for rate in row.rates.values())
    assert rows(store, "department") == []


RATED = Scope(rated=True)
THEN = datetime(2026, 11, 7, 4, 0, tzinfo=UTC)
SETTLED = date(2026, 10, 30)
"""Of windows of a week; of the days after, some may be open then."""
AUTUMN = Period(date(2026, 10, 1), date(2026, 11, 7))


def test_who_handled_it_reads_what_was_said_when_its_window_is_over_as_the_event_log_tells(lived):
    histories, homes = log(lived)
    upto = Period(AUTUMN.first, SETTLED)
    assert {survey.settled(HOMES[home], THEN) for home in homes.values()} == {SETTLED}

    seen = rows(lived, period=AUTUMN, scope=RATED, at=THEN)[0]
    assert {key: (seen.rates[key].numerator, seen.rates[key].denominator) for key in THREE} == {
        key: reckoned(histories, upto)[""][key] for key in THREE
    }
    every, early = (by_department(lived, period=period) for period in (AUTUMN, upto))
    assert by_department(lived, period=AUTUMN, scope=RATED) == {
        ids: {key: early.get(ids, NONE)[key] if key in THREE else rate for key, rate in told.items()}
        for ids, told in every.items()
    }


NONE = dict.fromkeys(RATES, (0, 0))


def by_department(store, **asked):
    """Each rate of each department."""
    return {
        tuple(row.keys.values()): {key: (rate.numerator, rate.denominator) for key, rate in row.rates.items()}
        for row in rows(store, "department", at=THEN, **asked)
    }


def test_a_day_more_or_less_tells_them_no_answer_of_an_open_window(lived):
    def upto(day, scope):
        rates = rows(lived, period=Period(AUTUMN.first, day), scope=scope, at=THEN)[0].rates
        return [(rates[key].numerator, rates[key].denominator) for key in THREE]

    days = [SETTLED + timedelta(days=more) for more in range(9)]
    assert all(upto(day, RATED) == upto(SETTLED, EVERYTHING) for day in days)
    assert upto(days[-1], EVERYTHING) != upto(SETTLED, EVERYTHING)
    later = [row for row in rows(lived, "day", period=AUTUMN, scope=RATED, at=THEN) if row.keys["day"] > str(SETTLED)]
    assert later
    assert not any(SAID & row.counts.keys() for row in later)


def test_each_institution_has_its_own_window_and_one_that_is_no_more_the_longest(lived):
    quick = HOMES["property"].survey.model_copy(update={"wait": "6h"})
    homes = {**HOMES, "property": HOMES["property"].model_copy(update={"survey": quick})}

    def solved(homes):
        found = rows(lived, "institution", period=AUTUMN, scope=RATED, homes=homes, at=THEN)
        return {row.keys["institution"]: row.rates["solution"].denominator for row in found}

    usual = solved(HOMES)
    assert solved(homes) == {**usual, "property": usual["property"] + 1}
    assert solved({"hotline": HOMES["hotline"]}) == usual
