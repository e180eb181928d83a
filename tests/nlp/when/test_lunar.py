"""The lunar table against the days that the state gave as holidays."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.when import lunar

NEW_YEARS = {
    1985: date(1985, 2, 20),
    2000: date(2000, 2, 5),
    2012: date(2012, 1, 23),
    2020: date(2020, 1, 25),
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
}


@pytest.mark.parametrize(("year", "day"), NEW_YEARS.items())
def test_new_year_is_the_day_people_kept(year, day):
    assert lunar.day(year, 1, 1) == day


def test_a_leap_month_stands_behind_the_month_of_its_number():
    assert lunar.month(2020, 4, leap=True) == (date(2020, 5, 23), date(2020, 6, 21))
    assert lunar.month(2021, 4, leap=True) is None


def test_every_year_ends_where_the_next_begins():
    for year in range(lunar.FIRST, lunar.FIRST + 100):
        last, following = lunar.month(year, 12), lunar.month(year + 1, 1)
        assert last is not None
        assert following is not None
        assert (following[0] - last[1]).days in {0, 29, 30}  # a leap twelfth month may stand between


def test_a_day_in_january_belongs_to_the_lunar_year_before():
    assert lunar.year_of(date(2026, 1, 31)) == 2025
    assert lunar.year_of(date(2026, 3, 1)) == 2026


def test_a_lunar_day_outside_the_table_is_unknown():
    assert lunar.day(1900, 1, 1) is None
    assert lunar.day(2026, 13, 1) is None


def test_solar_terms_fall_on_their_days():
    assert lunar.term(2026, "清明") == date(2026, 4, 5)
    assert lunar.term(2026, "冬至") == date(2026, 12, 22)
    assert lunar.term(2024, "立春") == date(2024, 2, 4)
    assert lunar.term(2024, "开学") is None
