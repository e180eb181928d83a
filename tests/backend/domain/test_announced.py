"""A year's days off as an office writes them down: taken whole, or refused with the key and the reason."""

import tomllib
from datetime import date

import pytest

from backend.domain.announced import BadCalendar, read
from backend.domain.workdays import LAST_KNOWN, Workday, holiday, workday
from institutions.calendar import USUAL

YEAR = LAST_KNOWN + 1  # 2027 while the program knows 2026
LAW = [f"{YEAR}-{day}" for day in ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")]


def told(holidays: list[str], workdays: list[str] = [], year: int = YEAR):  # noqa: B006 it is only read
    return {str(year): {"holidays": holidays, "workdays": workdays}}


def weekday_of(kind: str) -> date:
    """A Sunday or Wednesday of that year far from any holiday."""
    wanted = {"sunday": 7, "wednesday": 3}[kind]
    return next(day for n in range(8, 20) if (day := date(YEAR, 7, n)).isoweekday() == wanted)


def test_a_year_written_down_is_sure_and_replaces_what_was_guessed():
    sunday, wednesday = weekday_of("sunday"), weekday_of("wednesday")
    calendar = read(told([*LAW, str(wednesday)], [str(sunday)]))

    assert workday(wednesday, calendar) == Workday(working=False, provisional=False)
    assert workday(sunday, calendar) == Workday(working=True, provisional=False)
    assert workday(date(YEAR, 10, 1), calendar) == Workday(working=False, provisional=False)
    assert holiday(wednesday, calendar) == ("", "")
    assert workday(wednesday, USUAL) == Workday(working=True, provisional=True)


def test_dates_may_be_written_with_or_without_quotation_marks():
    text = f"[{YEAR}]\nholidays = [{', '.join(LAW)}]\nworkdays = []\n"

    assert read(tomllib.loads(text)) == read(told(LAW))


def test_a_year_the_program_knows_may_be_corrected():
    calendar = read(told([f"{LAST_KNOWN}{day[4:]}" for day in LAW], year=LAST_KNOWN))

    assert workday(date(LAST_KNOWN, 10, 5), calendar).working == (date(LAST_KNOWN, 10, 5).isoweekday() < 6)


def test_two_years_ahead_may_be_told_when_the_one_between_is():
    later = [f"{YEAR + 1}{day[4:]}" for day in LAW]

    assert read(told(LAW) | told(later, year=YEAR + 1)).years == {YEAR, YEAR + 1}


@pytest.mark.parametrize(
    ("tables", "key", "reason"),
    [
        (told([f"{YEAR + 1}{day[4:]}" for day in LAW], year=YEAR + 1), f"{YEAR + 1}", f"{YEAR} is missing before it"),
        (told(LAW[1:]), f"{YEAR}.holidays", "a day off by law and is missing; the list has a gap"),
        (told([*LAW, f"{YEAR}-10-05"]), f"{YEAR}.holidays", f"{YEAR}-10-04 is missing between two days off"),
        (told(LAW, [f"{YEAR}-05-01"]), f"{YEAR}.workdays", "the two overlap"),
        (told(LAW, [str(weekday_of("wednesday"))]), f"{YEAR}.workdays", "is no Saturday or Sunday"),
        (told([*LAW, LAW[0]]), f"{YEAR}.holidays", "stands there twice"),
        (told([*LAW, "2025-01-01"]), f"{YEAR}.holidays", f"2025-01-01 is not in {YEAR}"),
        (told([*LAW, "1 May"]), f"{YEAR}.holidays", "'1 May' is no date; write it like 2027-10-01"),
        (told(LAW, year=1999), "1999", "this is no year between"),
        (told(LAW, year=2090), "2090", "no notice tells of 2090 yet"),
        ({"next": {}}, "next", "a table is named after a year"),
        ({str(YEAR): []}, f"{YEAR}", "this must be a table"),
        ({str(YEAR): {"workdays": []}}, f"{YEAR}.holidays", "this key is missing"),
        ({str(YEAR): {"holidays": LAW, "holiday": []}}, f"{YEAR}.holiday", "there is no such key"),
        ({str(YEAR): {"holidays": "10-01"}}, f"{YEAR}.holidays", "this must be a list of dates"),
    ],
)
def test_a_year_that_cannot_be_true_is_refused_with_key_and_reason(tables, key, reason):
    with pytest.raises(BadCalendar) as refused:
        read(tables)

    assert refused.value.key == key
    assert reason in str(refused.value)
