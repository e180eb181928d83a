"""Every report runs on an empty store and on a small city, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from backend.reports import accuracy, counts, funnel
from backend.reports.registry import REPORTS, TwoReports, report
from tests.backend.services.city import City

MODULES = (accuracy, counts, funnel)
"""What registers reports when it is imported."""


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_every_report_runs_on_an_empty_store_and_on_a_city(store, name):
    def ask(work):
        return work.conn.execute(REPORTS[name].query(date(2026, 11, 1), date(2026, 11, 30))).all()

    assert store.read_now(ask) == []

    city = City(store)
    li = city.citizen()
    number = li.files_a_case()
    city.answer(number)
    for word in ("contacted:yes", "solved:yes", "satisfied:5"):
        li.says(choice=f"visit:{number}:{word}")

    assert store.read_now(ask)


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_every_report_has_a_title_and_says_what_its_columns_are(name):
    found = REPORTS[name]

    columns = found.query(date(2026, 1, 1), date(2026, 12, 31)).selected_columns
    assert found.title
    assert not any(column.name.isascii() for column in columns)


def test_two_reports_cannot_have_one_name():
    with pytest.raises(TwoReports, match="by_status"):
        report("又一个")(counts.by_status)
