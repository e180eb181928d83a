"""What is drawn is told too: each chart of every report has words and a table; and what leaves the desk names nobody."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from shutil import copy
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from docx import Document
from docx.oxml.ns import qn

from backend.domain.periods import holding
from backend.domain.scope import EVERYTHING
from backend.reporting import making
from backend.reporting.outside import LEFT_OUT, outside
from backend.reporting.table import TABLE
from backend.reports import as_paper, as_text
from backend.reports.figures import Asked
from backend.services.cases import totals
from backend.store.engine import open_store
from backend.web.desk import reports_view
from backend.web.desk.view import Reader
from institutions.catalog import load_all
from tests.backend.reports import month

HOMES = load_all()
NOW = month.END + timedelta(days=1)
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"daily": 0, "weekly": 1, "monthly": 1, "quarterly": 1, "half": 1, "annual": 1, "capacity": 1}
"""Charts of a report; of the others none."""


@pytest.fixture(scope="module")
def reports(sqlite_template, tmp_path_factory):
    """Every report of what holds October, made of a month of chance."""
    path = copy(sqlite_template, tmp_path_factory.mktemp("drawn") / "jiesu.db")
    store = open_store(f"sqlite:///{path}")
    store.run_now(month.live, HOMES, cases=30, seed=11)
    upto = store.run_now(totals.horizon)
    while store.run_now(totals.step, HOMES, upto=upto):
        pass
    yield {key: made(store, key) for key in TABLE}
    store.close()


def made(store, key):
    period = holding(TABLE[key].period, date(2026, 10, 7))
    asked = Asked(HOMES, EVERYTHING, "hotline", period, NOW, ZoneInfo("Asia/Shanghai"))
    return store.read_now(making.make, TABLE[key], asked)


@pytest.mark.parametrize("key", TABLE)
def test_a_chart_has_words_and_stands_beside_the_table_that_it_shows(reports, key):
    drawn = 0
    for chapter in reports[key].chapters:
        sheets = {sheet.key: sheet for sheet in chapter.sheets}
        for chart in chapter.charts:
            drawn += 1
            assert chart.title.zh
            assert chart.text.zh
            assert chart.text.en
            columns = list(zip(*sheets[chart.key].rows, strict=True))
            assert all(values in columns for values in chart.values)

    assert drawn == DRAWN.get(key, 0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_on_the_page_a_chart_is_one_picture_with_a_name_and_a_description(reports, language):
    for found in reports.values():
        page = reports_view.shown(found, Reader(language, NOW))
        for chapter in page["chapters"]:
            tables = {table["key"] for table in chapter["tables"] if table["rows"]}
            for chart in chapter["charts"]:
                root = ET.fromstring(chart["svg"])  # noqa: S314 - our own
                (title,), (text,) = root.iter(f"{SVG}title"), root.iter(f"{SVG}desc")
                assert root.get("role") == "img"
                assert title.text
                assert text.text
                assert root.get("aria-labelledby") == f"{title.get('id')} {text.get('id')}"
                assert title.get("id", "").removeprefix(f"{chapter['key']}-").removesuffix("-title") in tables


def test_in_the_word_file_a_chart_is_its_table_with_a_caption_and_a_row_of_headings(reports):
    for found in (reports["monthly"], reports["capacity"]):
        paper: Any = Document(io.BytesIO(as_paper.docx(found, "zh", at=NOW)))
        captions = [one.text for one in paper.paragraphs if one.style.name == "Caption"]
        named = [table._tbl.tblPr.find(qn("w:tblCaption")) for table in paper.tables]
        for chapter in found.chapters:
            for chart in chapter.charts:
                (caption,) = (one for one in captions if one.endswith(chart.text.zh))
                assert caption in [one.get(qn("w:val")) for one in named if one is not None]
        for table, name in zip(paper.tables, named, strict=True):
            if name is not None:
                assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


@pytest.mark.parametrize("key", TABLE)
def test_what_leaves_the_desk_names_no_case_and_no_officer(reports, key):
    kept = (part.inside for chapter in reports[key].chapters for part in (chapter, *chapter.sheets))
    told = as_text.as_json(outside(reports[key]))

    assert not re.search(r"\d{8}-[A-Z]{2}-\d{6}", told)
    assert not any(officer in told for officer in month.OFFICERS)
    assert "幸福路" not in told
    assert (LEFT_OUT.zh in told) == any(kept)
