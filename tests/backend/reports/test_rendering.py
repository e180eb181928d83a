"""A report reads well as Markdown, and says the same as JSON."""

from __future__ import annotations

import json
import re
from datetime import date

from backend.domain.periods import Period
from backend.reports import as_text
from backend.reports.rendering import as_json, markdown
from backend.reports.written import TEXT, Chapter, Column, Said, Sheet, Written

HEAD = {"report": "accuracy", "title": "归类准确率", "from": "2026-11-01", "to": "2026-11-30", "institution": None}


def test_a_table_says_what_it_is_of_which_days():
    told = markdown(HEAD, [{"类别": "噪声|扰民", "准确率": 0.875, "件数": 8, "按时": True, "误作": None}])

    assert told.splitlines() == [
        "# 归类准确率",
        "",
        "2026-11-01 至 2026-11-30（按登记日期）",
        "",
        "| 类别 | 准确率 | 件数 | 按时 | 误作 |",
        "| --- | --- | --- | --- | --- |",
        "| 噪声\\|扰民 | 87.5% | 8 | 是 | — |",
    ]


def test_words_of_a_case_are_no_tag_no_link_and_no_picture():
    words = "<script>x</script> ![x](http://a.example/p.png) [a](javascript:x) `c` \\\n# 标题"
    sheet = Sheet("s", Said("表", "Table"), (Column("a", Said("甲", "A"), TEXT),), ((words,),))
    chapters = (Chapter("c", Said("章", "Chapter"), (Said(words, words),), (sheet,)),)
    day = Period(date(2026, 11, 1), date(2026, 11, 1))
    name = Said("报", "Report")
    whole = as_text.markdown(Written("r", name, name, None, day, name, (), chapters, "2026-11-01T08:00"), "zh")

    for told in (whole, markdown(HEAD, [{"类别": words}])):
        assert not re.search(r"(?<!\\)[<\[`]", told)
        assert not re.search(r"^# 标题", told, re.MULTILINE)


def test_no_cases_are_a_sentence():
    assert markdown(HEAD, []).endswith("这段时间没有可统计的案件。")


def test_json_holds_the_same_rows():
    assert json.loads(as_json(HEAD, [{"件数": 8}])) == HEAD | {"rows": [{"件数": 8}]}
