"""Reports from the command line."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from backend.cli import reporting, surroundings
from backend.reports.registry import REPORTS
from backend.store.engine import open_store
from tests.backend.services.city import START, City

DAYS = ("--from", "2026-11-01", "--to", "2026-11-30")


@pytest.fixture(autouse=True)
def _late_in_november(monkeypatch):
    monkeypatch.setattr(surroundings, "now", lambda: START + timedelta(days=2))


@pytest.fixture
def city(migrated, tmp_path):
    store = open_store(f"sqlite:///{tmp_path}/var/jiesu.db")
    city = City(store)
    li = city.citizen()
    number = li.files_a_case()
    city.answer(number)
    for word in ("contacted:yes", "solved:yes", "satisfied:5"):
        li.says(choice=f"visit:{number}:{word}")
    yield migrated
    store.close()


def test_each_module_of_reports_registers_one():
    assert len(REPORTS) >= len(reporting.KNOWN)


@pytest.mark.parametrize("name", sorted(REPORTS))
def test_every_report_can_be_written_out_both_ways(city, name):
    told = city("report", name, *DAYS, "--format", "json")
    read = city("report", name, *DAYS)

    found = json.loads(told.out)
    assert (found["report"], found["from"], found["to"]) == (name, "2026-11-01", "2026-11-30")
    assert found["rows"]
    assert read.out.startswith(f"# {REPORTS[name].title}\n")
    assert (told.err, read.err) == ("", "")


def test_accuracy_names_institution_and_category(city):
    (every, one) = json.loads(city("report", "accuracy", *DAYS, "--format", "json").out)["rows"]

    assert (every["类别"], every["建议件数"], every["准确率"]) == ("全部", 1, 1.0)
    assert not one["类别"].isascii()


@pytest.mark.parametrize("name", ["monthly", "capacity", "accuracy"])
def test_a_report_is_written_in_every_format(city, tmp_path, name):
    for form, begins in (("docx", b"PK"), ("xlsx", b"PK"), ("md", b"# "), ("json", b"{")):
        ended = city("report", name, *DAYS, "--institution", "hotline", "--format", form, "--out", f"it.{form}")
        assert ended == (0, "", "")
        assert (tmp_path / f"it.{form}").read_bytes().startswith(begins)


def test_a_whole_month_is_compared_as_a_month_and_counts_what_nobody_had_counted(city):
    found = json.loads(city("report", "monthly", *DAYS, "--format", "json").out)

    assert (found["period"], found["report"], found["title_en"]) == ("month", "monthly", "Monthly report")
    received = found["sections"][0]["tables"][0]["rows"][0]
    assert (received["what_en"], received["now"]) == ("Cases filed", 1)
    assert "共登记来件 1 件" in city("report", "monthly", *DAYS).out
    assert "1 case was filed in November 2026" in city("report", "monthly", *DAYS, "--language", "en").out


def test_another_institution_has_none(city):
    assert "没有可统计的案件" in city("report", "accuracy", *DAYS, "--institution", "property").out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nope", *DAYS), "there is no report 'nope'; choose one of: accuracy, annual, by_category"),
        (("accuracy", *DAYS, "--format", "pdf"), "there is no format 'pdf'; choose one of: docx, json, md, xlsx"),
        (("monthly", *DAYS, "--language", "fr"), "there is no language 'fr'; choose one of: en, zh"),
        (("monthly", "--from", "2999-01-01", "--to", "2999-01-31"), "2999-01-01 is still to come; choose other days"),
        (("monthly", "--from", "1999-01-01", "--to", "1999-01-31"), "nothing is counted before 2000-01-01"),
        (("by_status", "--from", "2999-01-01", "--to", "2999-01-31"), "2999-01-01 is still to come; choose other days"),
        (("by_status", "--from", "2010-01-01", "--to", "2026-01-31"), "5875 days are too many; 3660 at most"),
        (("annual", "--from", "2010-01-01", "--to", "2026-01-31"), "5875 days are too many; 3660 at most"),
        (("monthly", *DAYS, "--institution", "nowhere"), "there is no institution 'nowhere'; choose one of:"),
        (("monthly", *DAYS, "--out", "no/such/folder"), "no/such/folder cannot be written"),
        (("accuracy", "--from", "soon", "--to", "2026-11-30"), "--from 'soon' is no day; write it as in"),
        (("accuracy", "--from", "2026-12-01", "--to", "2026-11-30"), "--to 2026-11-30 is before --from 2026-12-01"),
    ],
)
def test_what_is_wrong_is_told(migrated, words, sentence):
    ended = migrated("report", *words)

    assert (ended.code, ended.out) == (2, "")
    assert sentence in ended.err
