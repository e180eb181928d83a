"""What is usual is learnt; what rises is told once, where it is; what is usual at this hour is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.rising import REST, WINDOWS, look, over, tail
from backend.domain.usual import FEWEST_DAYS, HOURS, PAST_DAYS, Cell, Counted, Usual, kind_of, learn

FIRST = date(2026, 3, 2)  # a Monday
DAYS = [FIRST + timedelta(days=n) for n in range(PAST_DAYS)]
NOON = 2 * HOURS + 12  # Wednesday at twelve
WHOLE, EAST, STREET = Cell("noise"), Cell("noise", "东区"), Cell("noise", "东区/一街")


def past(by_day=12, by_night=2):
    """Each street of two districts, eight weeks."""
    for day in DAYS:
        for hour in range(HOURS):
            n = by_day if 8 <= hour < 20 else by_night
            for place in ("东区/一街", "东区/二街", "西区/三街"):
                for category in ("noise", "roads"):
                    yield Counted(day, hour, category, place, n + (day.day + hour) % 3)


@pytest.fixture(scope="module")
def usual():
    return learn(past(), DAYS, lambda day: kind_of(day, working=day.weekday() < 5))


def windows(usual, hour, more=None):
    """Counts and stretches when the last hours were as usual, but for *more* by cell (times)."""
    stretches = {h: [(hour - n, 1.0) for n in range(h)] for h in WINDOWS}
    counts = {}
    for h in WINDOWS:
        counts[h] = {
            cell: round(usual.expected(cell, stretches[h]) * (more or {}).get(cell, 1)) for cell in usual.levels
        }
    return counts, stretches


def test_the_level_follows_what_was_there(usual):
    assert usual.expected(STREET, [(NOON, 1.0)]) == pytest.approx(13, rel=0.1)
    assert usual.expected(WHOLE, [(NOON, 1.0)]) == pytest.approx(39, rel=0.1)
    assert usual.expected(STREET, [(2 * HOURS + 3, 1.0)]) == pytest.approx(3, rel=0.2)


def test_the_usual_rush_of_a_day_is_no_alarm(usual):
    assert look(usual, *windows(usual, NOON)) == []


def test_a_tripled_street_is_told_as_that_street_alone(usual):
    rest = (39 - 13 + 13 * 3) / 39
    more = {STREET: 3, EAST: 2, WHOLE: rest}

    found = look(usual, *windows(usual, NOON, more))

    assert [one.cell for one in found] == [STREET]
    assert found[0].count > 2 * found[0].expected


def test_a_rise_everywhere_is_told_once_for_the_whole(usual):
    more = {cell: 3 for cell in usual.levels if cell.category == "noise"}

    assert [one.cell for one in look(usual, *windows(usual, NOON, more))] == [WHOLE]


def test_what_is_told_already_is_not_told_again(usual):
    counts = windows(usual, NOON, {STREET: 3, EAST: 2, WHOLE: 5 / 3})

    assert look(usual, *counts, standing=[STREET]) == []
    assert look(usual, *counts, standing=[WHOLE]) == []


def test_another_category_is_told_beside_it(usual):
    other = Cell("roads", "西区")
    more = {STREET: 3, EAST: 2, WHOLE: 5 / 3, other: 4, Cell("roads", "西区/三街"): 1, Cell("roads"): 2}

    assert {one.cell for one in look(usual, *windows(usual, NOON, more))} == {STREET, other}


def test_an_alarm_ends_when_it_is_as_usual_again(usual):
    stretch = [(NOON - n, 1.0) for n in range(REST)]
    mean = usual.expected(STREET, stretch)

    assert over(usual, STREET, round(mean), stretch)
    assert not over(usual, STREET, round(3 * mean), stretch)


def test_too_few_days_teach_nothing():
    assert learn(past(), DAYS[: FEWEST_DAYS - 1], lambda day: day.weekday()) == Usual()


def test_one_day_that_stood_out_moves_the_level_little(usual):
    flood = [Counted(DAYS[-2], 12, "noise", "东区/一街", 2000)]

    taught = learn([*past(), *flood], DAYS, lambda day: kind_of(day, working=day.weekday() < 5))

    assert taught.levels[STREET].rate < 1.3 * usual.levels[STREET].rate


def test_a_cell_with_few_cases_is_drawn_to_what_its_category_and_place_have():
    rows = [*past(), Counted(DAYS[0], 12, "noise", "西区/九街", 1), Counted(DAYS[0], 12, "roads", "西区/九街", 200)]

    taught = learn(rows, DAYS, lambda day: day.weekday())

    assert taught.levels[Cell("noise", "西区/九街")].rate > 1 / (PAST_DAYS * HOURS)
    assert taught.levels[Cell("noise", "西区/九街")].width > 0.05, "little is known of it"


def test_the_order_of_the_past_does_not_matter(usual):
    assert learn(reversed(list(past())), DAYS, lambda day: kind_of(day, working=day.weekday() < 5)) == usual


def test_a_holiday_is_like_a_sunday_and_a_working_saturday_like_a_friday():
    saturday = FIRST + timedelta(days=5)

    assert kind_of(FIRST, working=False) == 6
    assert kind_of(saturday, working=True) == 4
    assert kind_of(saturday, working=False) == 5


@given(st.integers(1, 200), st.floats(0.1, 100), st.floats(0.01, 2))
def test_the_chance_of_more_is_smaller(count, mean, width):
    chance = tail(count, mean, width)

    assert 0 <= tail(count + 1, mean, width) <= chance + 1e-9
    assert chance <= 1


def test_on_a_day_when_everybody_calls_no_category_stands_out_for_that():
    rows = [Counted(day, hour, category, "", 30) for day in DAYS for hour in range(HOURS) for category in "abcdefg"]
    usual = learn(rows, DAYS, lambda day: day.weekday())
    everywhere = dict.fromkeys(usual.levels, 1.7)

    assert look(usual, *windows(usual, NOON, everywhere)) == []
    assert [one.cell for one in look(usual, *windows(usual, NOON, everywhere | {Cell("c"): 4}))] == [Cell("c")]
