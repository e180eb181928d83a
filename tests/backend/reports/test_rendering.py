"""A report reads well as Markdown, and says the same as JSON."""

from __future__ import annotations

import json

from backend.reports.rendering import as_json, markdown

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


def test_no_cases_are_a_sentence():
    assert markdown(HEAD, []).endswith("这段时间没有可统计的案件。")


def test_json_holds_the_same_rows():
    assert json.loads(as_json(HEAD, [{"件数": 8}])) == HEAD | {"rows": [{"件数": 8}]}
