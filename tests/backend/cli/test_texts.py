"""What one text tells, as JSON."""

from __future__ import annotations

import json

import pytest

KEYS = ["category", "category_id", "matter", "matter_id", "department", "department_id"]


def test_a_text_is_classified_with_the_words_that_say_so(jiesu):
    told = json.loads(jiesu("classify", "小区电梯坏了三天没人修", "--institution", "property").out)

    assert list(told)[:10] == [*KEYS, "confidence", "decided", "top", "why"]
    assert list(told)[10:] == ["departments", "runner_up", "would_change", "would_tip"]
    assert list(told["top"][0]) == [*KEYS, "score"]
    assert {tuple(why) for why in told["why"]} == {("word", "category", "weight")}
    assert told["top"][0]["category"] == told["category"]


def test_the_department_is_explained_and_what_would_change_the_result(jiesu):
    told = json.loads(jiesu("classify", "化工厂夜里偷排废水", "--institution", "hotline").out)
    first = told["departments"][0]

    assert list(first) == ["department", "department_id", "score", "rule", "words", "place", "kind"]
    assert (first["department_id"], first["rule"]) == (told["department_id"], "route")
    assert first["words"]
    assert told["runner_up"] == told["top"][1]["category"]


def test_a_text_may_come_from_standard_input(jiesu):
    from_words, from_input = jiesu("classify", "路灯坏了"), jiesu("classify", "-", stdin="路灯坏了\n")

    assert from_words == from_input


def test_facts_are_found_with_their_places_in_the_text(jiesu):
    text = "我叫王小明，昨晚十一点多幸福里3栋楼下烧烤店放音响，13800138000"

    told = json.loads(jiesu("extract", text, "--now", "2026-11-21T08:30:00+08:00").out)

    assert told["who"] == "王小明"
    assert told["contact"] == "+8613800138000"
    assert told["when"]["start"] == "2026-11-20T23:00:00+08:00"
    assert told["where"]["text"].startswith("幸福里3栋")
    assert all(text[p["start"] : p["end"]] == p["text"] for p in told["pieces"])


def test_what_is_not_told_is_null(jiesu):
    told = json.loads(jiesu("extract", "你好").out)

    assert {key: told[key] for key in ("who", "contact", "when", "where", "request")} == dict.fromkeys(
        ("who", "contact", "when", "where", "request")
    )


@pytest.mark.parametrize("text", ["", "🙂" * 50, "\udcff", "'; DROP TABLE cases; --", "<script>", "吵" * 100_000])
def test_no_text_is_too_strange(jiesu, text):
    assert jiesu("classify", text).code == 0
    assert jiesu("extract", text).code == 0


def test_a_time_or_institution_that_does_not_exist_is_named(jiesu):
    assert jiesu("extract", "x", "--now", "yesterday").err.startswith("jiesu: --now 'yesterday' is no time; ")
    assert jiesu("classify", "x", "--institution", "../x").err.startswith("jiesu: there is no institution '../x'; ")


def test_an_unknown_institution_in_the_settings_is_the_settings_fault(jiesu, tmp_path):
    (tmp_path / "jiesu.toml").write_text('institution = "nope"')

    ended = jiesu("classify", "x")

    assert ended.code == 2
    assert "jiesu.toml: institution: there is no 'nope'" in ended.err
