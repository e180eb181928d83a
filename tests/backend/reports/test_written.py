"""What a written report tells is in its tables: every number of its text is read back; and it reads well when empty."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date, timedelta
from shutil import copy
from zoneinfo import ZoneInfo

import pytest
from docx import Document

from backend.domain.periods import Period, holding
from backend.domain.scope import EVERYTHING, Scope
from backend.reporting import making, typical
from backend.reporting.making import Cancelled
from backend.reporting.table import TABLE
from backend.reports import as_paper, as_sheets, as_text
from backend.reports.cases import Typical
from backend.reports.figures import Asked
from backend.reports.written import Chapter, Column, Said, Sheet, Written, told
from backend.services.cases import totals
from backend.store.engine import open_store
from institutions.catalog import load_all
from tests.backend.reports import month

CITY = ZoneInfo("Asia/Shanghai")
OCTOBER = holding("month", date(2026, 10, 5))
NOW = month.END + timedelta(days=1)
HOMES = load_all()
NUMBER = re.compile(r"\d+(?:\.\d+)?%?")
CERTAIN = {"95%"}
"""How sure an interval is: said in the heading of its columns."""


@pytest.fixture(scope="module")
def lived(sqlite_template, tmp_path_factory):
    """A month of chance; nothing here changes it."""
    path = copy(sqlite_template, tmp_path_factory.mktemp("lived") / "jiesu.db")
    store = open_store(f"sqlite:///{path}")
    store.run_now(month.live, HOMES, cases=45, seed=7)
    count(store)
    yield store
    store.close()


def count(store):
    """Bring the totals up to now."""
    upto = store.run_now(totals.horizon)
    while store.run_now(totals.step, HOMES, upto=upto):
        pass


def written(store, key, *, home="hotline", period=OCTOBER, at=NOW, scope=EVERYTHING, **more):
    """One report."""
    asked = Asked(HOMES, scope, home, period, at, CITY, **more)
    return store.read_now(making.make, TABLE[key], asked)


def numbers(text):
    """The numbers of a text; those of dates and of cases' numbers stay whole."""
    return set(NUMBER.findall(text))


def tabled(found):
    """Every number that stands in the JSON outside of its sentences, as readers see it."""
    whole = json.loads(as_text.as_json(found))
    held = set(CERTAIN)
    for key in ("from", "to", "period_name", "period_name_en"):
        held |= numbers(whole[key])
    for section in found.chapters:
        for sheet in section.sheets:
            for row in sheet.rows:
                for cell, column in zip(row, sheet.columns, strict=True):
                    for language in ("zh", "en"):
                        held |= numbers(told(cell, column.kind, language))
            held |= {number for note in sheet.notes for number in numbers(note.zh + note.en)}
    return held


PERIODS = {
    "daily": holding("day", date(2026, 10, 9)),
    "weekly": holding("week", date(2026, 10, 14)),
    "quarterly": holding("quarter", date(2026, 10, 14)),
    "half": holding("half", date(2026, 10, 14)),
    "annual": holding("year", date(2026, 10, 14)),
}


@pytest.mark.parametrize("key", sorted(TABLE))
def test_every_number_in_the_text_stands_in_a_table(lived, key):
    for home in ("hotline", None):
        found = written(lived, key, home=home, period=PERIODS.get(key, OCTOBER))
        held = tabled(found)

        for chapter in found.chapters:
            for one in chapter.sentences:
                for words in (one.zh, one.en):
                    assert numbers(words) <= held, words


def test_growth_is_told_beside_the_period_before_with_numbers_of_the_table(lived):
    november = Period(date(2026, 10, 16), date(2026, 10, 31))  # as many days before it, with cases
    found = written(lived, "monthly", period=november)

    row = next(iter(found.chapters[0].sheets[0].dicts()))
    assert row["now"] - row["before"] == row["change"]
    assert re.search(r"比上期的 \d+ 件(增加|减少) \d+ 件|与上期持平", found.chapters[0].sentences[1].zh)
    for chapter in found.chapters:
        for one in chapter.sentences:
            assert numbers(one.zh) <= tabled(found), one.zh


@pytest.mark.parametrize("key", sorted(TABLE))
def test_a_report_of_nothing_reads_sensibly_in_every_form(lived, key):
    found = written(lived, key, home="property", period=holding("month", date(2025, 3, 1)), at=NOW)

    read = as_text.markdown(found, "zh")
    assert "在第一件案件之前" in read
    assert "None" not in read + as_text.markdown(found, "en")
    assert not re.search(r"\{\w*\}", read + as_text.markdown(found, "en"))
    assert as_sheets.xlsx(found, "zh").startswith(b"PK")
    assert as_paper.docx(found, "en", at=NOW).startswith(b"PK")
    if key in {"daily", "weekly", "monthly"}:
        assert "没有收到新的来件" in read


@pytest.mark.parametrize("key", ["stops", "proposals", "capacity", "supervision"])
def test_an_english_report_is_english(lived, key):
    read = as_text.markdown(written(lived, key), "en")

    assert not re.search(r"[\u4e00-\u9fff]{2}", read), read


def test_word_has_the_sentences_and_the_tables(lived):
    found = written(lived, "monthly")
    paper = Document(io.BytesIO(as_paper.docx(found, "zh", at=NOW)))

    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    assert found.chapters[0].sentences[0].zh in text
    assert "五、热点问题" in text
    assert {"登记来件", "按期率"} <= cells
    assert "案件明细" not in text


def test_no_cell_of_a_sheet_is_a_formula():
    evil = '=HYPERLINK("http://example.org","x")'
    sheet = Sheet("x", Said(evil, evil), (Column("a", Said("@a", "+a"), "text"),), ((evil,), ("+1",), ("@x",), ("-2",)))
    found = Written(
        "x", Said(evil, "-"), Said("a", "a"), None, OCTOBER, Said("", ""), (Said(evil, evil),),
        (Chapter("x", Said(evil, evil), (Said(evil, evil),), (sheet, sheet)),), "2026-11-01T00:00:00+08:00",
    )  # fmt: skip

    files = zipfile.ZipFile(io.BytesIO(as_sheets.xlsx(found, "zh")))

    pages = [files.read(name).decode() for name in files.namelist() if name.startswith("xl/worksheets/")]
    assert len(pages) == 3
    assert not any("<f>" in page or "hyperlink" in page for page in pages)


def test_typical_cases_tell_neither_who_nor_where(lived):
    def a_private_one(work):
        case = work.cases.get(work.cases.page(limit=1, institution="hotline")[0][0].number)
        case.facts["what"] = "我叫李小芳，住幸福路3号2单元501室，电话13800138000，路灯不亮"
        case.facts["who"] = {"name": "李小芳", "contact": "+8613800138000"}
        case.facts["where"] = {"text": "幸福路3号", "pieces": {"road": "幸福路"}}
        return case

    case = lived.read_now(a_private_one)
    words = typical.words_of(
        Typical(case.number, date(2026, 10, 1), "hotline", "x", "y", "", "received", case.facts, "", 1)
    )
    for secret in ("李小芳", "13800138000", "501", "幸福路"):
        assert secret not in words
    assert "路灯不亮" in words


def test_a_typical_case_tells_what_was_answered_without_whom_and_where(lived):
    rows = [
        row
        for chapter in written(lived, "monthly").chapters
        for sheet in chapter.sheets
        if sheet.key == "typical_answers"
        for row in sheet.dicts()
    ]
    told = " ".join(
        one.zh
        for chapter in written(lived, "monthly").chapters
        if chapter.key == "typical"
        for one in chapter.sentences
    )

    assert any(row["answer"] for row in rows)
    assert "答复：已修好，谢谢反映。现状：" in told
    assert "。。" not in told
    facts = {"what": "x", "target": "佳美服装厂", "where": {"text": "滨河广场"}, "who": {"name": "李小芳"}}
    answer = "李小芳您好，已约谈滨河广场佳美服装厂，电话13800138000"
    one = Typical("x", date(2026, 10, 1), "hotline", "x", "y", "", "received", facts, answer, 1)
    for secret in ("李小芳", "13800138000", "佳美", "滨河"):
        assert secret not in typical.answer_of(one)


def test_a_typical_case_names_nobody_it_is_about():
    facts = {
        "what": "滨河广场的佳美服装厂关门跑路，物业也不管，订单 A-20261003",
        "target": "佳美服装厂",
        "where": {"text": "滨河广场"},
        "extra": {"order": "A-20261003"},
    }

    words = typical.words_of(Typical("x", date(2026, 10, 1), "hotline", "x", "y", "", "received", facts, "", 1))

    assert words == "某处的某方关门跑路，物业也不管，订单 某方"
    assert "物业" in typical.words_of(
        Typical("x", date(2026, 10, 1), "hotline", "x", "y", "", "received", facts | {"target": "物业"}, "", 1)
    )


def test_the_first_three_districts_are_districts_and_who_told_none_is_said_beside(lived):
    (kinds,) = [chapter for chapter in written(lived, "monthly").chapters if chapter.key == "kinds"]
    most, none = (one for one in kinds.sentences if "区域" in one.zh)

    rows = [row for sheet in kinds.sheets if sheet.key == "district" for row in sheet.dicts()]
    assert rows[-1]["district"].en == "not told"
    assert "未说明" not in most.zh
    assert none.zh.startswith(f"另有 {rows[-1]['received']} 件没有说明区域")
    assert none.en.startswith(f"{rows[-1]['received']} told none")


def test_a_department_with_one_bad_case_is_no_problem_and_the_same_share_is_no_change(lived):
    for key in ("daily", "weekly", "monthly"):
        found = written(lived, key, period=PERIODS.get(key, OCTOBER))
        rows = [
            row
            for chapter in found.chapters
            for sheet in chapter.sheets
            if sheet.key == "problems"
            for row in sheet.dicts()
        ]
        assert all(row["count"] >= 3 for row in rows)
    assert told(0.0, "change", "zh") == "0.0%"
    assert told(0.25, "change", "zh") == "+25.0%"


def test_what_is_no_more_wanted_stops_at_the_next_chapter(lived):
    heard = []

    def progress(doing, done, whole):
        heard.append((doing.zh, done, whole))
        if done == 2:
            raise Cancelled

    asked = Asked(HOMES, EVERYTHING, None, OCTOBER, NOW, CITY)
    with pytest.raises(Cancelled):
        lived.read_now(making.make, TABLE["monthly"], asked, progress=progress)
    assert [done for _, done, _ in heard] == [0, 1, 2]


def test_the_scope_of_who_asks_is_kept(lived):
    theirs = written(lived, "monthly", home=None, scope=Scope("property", named=""))
    both = written(lived, "monthly", home=None)

    def received(found):
        return found.chapters[0].sheets[0].rows[0][1]

    assert 0 < received(theirs) < received(both)
    listed = next(sheet for sheet in theirs.chapters[-1].sheets if sheet.key == "cases")
    assert {row[2].zh for row in listed.rows} == {HOMES["property"].name}
    assert len(listed.rows) == received(theirs)
