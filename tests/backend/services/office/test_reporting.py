"""A manager who wants a report is told of each period that ends, once, whoever looks how often."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.domain.case import Actor
from backend.services.office import reporting
from institutions.catalog import load_all

HOMES = load_all()
KINDS = {"monthly": "month", "daily": "day"}
MANAGER = Actor("陈经理", frozenset({"manager"}))
THEIRS = Actor("李经理", frozenset({"manager"}), "property")
ASKED = datetime(2026, 11, 10, 2, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, 1, tzinfo=UTC)  # nine o'clock there


def ready(store, actor=MANAGER):
    return [(one.report, one.institution, one.first) for one in store.read_now(reporting.mine, by=actor)[1]]


def test_a_month_that_ends_is_told_of_once(store):
    store.run_now(reporting.want, "monthly", "hotline", by=MANAGER, at=ASKED)

    assert store.run_now(reporting.tell, HOMES, KINDS, at=ASKED + timedelta(days=1)) == 0, "October was over before"
    assert store.run_now(reporting.tell, HOMES, KINDS, at=DECEMBER - timedelta(hours=2)) == 0, "nobody is at work"
    assert store.run_now(reporting.tell, HOMES, KINDS, at=DECEMBER) == 1
    assert store.run_now(reporting.tell, HOMES, KINDS, at=DECEMBER + timedelta(days=3)) == 0
    assert ready(store) == [("monthly", "hotline", date(2026, 11, 1))]


def test_who_wants_no_more_is_told_no_more(store):
    store.run_now(reporting.want, "daily", "", by=MANAGER, at=ASKED)
    store.run_now(reporting.want, "daily", "", by=MANAGER, at=ASKED)
    store.run_now(reporting.stop, "daily", "", by=MANAGER)

    assert store.run_now(reporting.tell, HOMES, KINDS, at=DECEMBER) == 0


def test_only_who_reads_reports_of_that_institution_may_want_them(store):
    for actor, home in ((Actor("小赵", frozenset({"handler"})), "hotline"), (THEIRS, "hotline")):
        with pytest.raises(reporting.NotAllowed):
            store.run_now(reporting.want, "monthly", home, by=actor, at=ASKED)
    store.run_now(reporting.want, "monthly", "property", by=THEIRS, at=ASKED)


def test_nobody_wants_more_than_anybody_reads(store):
    for n in range(reporting.MOST):
        store.run_now(reporting.want, "monthly", f"home{n}", by=MANAGER, at=ASKED)

    with pytest.raises(reporting.TooMany):
        store.run_now(reporting.want, "monthly", "hotline", by=MANAGER, at=ASKED)
