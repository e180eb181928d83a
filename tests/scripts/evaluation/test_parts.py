"""Each part of an evaluation measures what its data holds, and is left out by name where there is none."""

from __future__ import annotations

import csv
import json
import re

from scripts.evaluation import hot_topics, own_lists, times
from scripts.evaluation.__main__ import PARTS, collect
from scripts.evaluation.complaints import _first_alone
from scripts.evaluation.given import Given

NEED_NO_DATA = {"gold", "own lists", "answers", "folds"}


def letters(folder, rows):
    (folder / "citizen_messages").mkdir()
    with (folder / "citizen_messages/dev.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("subject", "detail", "label"), *rows])


def suite(folder, name, rows):
    (folder / "slots").mkdir(exist_ok=True)
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "slots" / name).write_text("\n".join(lines), encoding="utf-8")


def test_what_the_folder_lacks_is_left_out_and_said(tmp_path):
    measured, left_out = collect(Given(tmp_path), [part for part in PARTS if part not in NEED_NO_DATA])

    assert measured == []
    assert [one.partition(":")[0] for one in left_out] == [part for part in PARTS if part not in NEED_NO_DATA]
    assert all("there is no " in one for one in left_out)


def test_the_folds_wait_until_they_are_asked_for(tmp_path):
    assert collect(Given(tmp_path), ["folds"]) == ([], ["folds: only with FULL=1"])


def test_shipped_words_are_measured_on_letters_and_on_subjects(tmp_path):
    letters(tmp_path, [("路灯不亮", "门口的路灯坏了半个月", "城乡建设"), ("学校乱收费", "小学收书本费", "教育文体")])

    measured, left_out = collect(Given(tmp_path), ["shipped words"])

    assert left_out == []
    assert {one.n for one in measured if "right when" not in one.name} == {2}
    assert all(one.value == 1.0 for one in measured if one.name.endswith("first three"))


def test_times_are_held_against_start_end_and_span(tmp_path):
    expected = {"type": "time_point", "time": ["2021-06-12 00:00:00", "2021-06-12 23:59:59"]}
    lunar = {"type": "time_delta", "time": ["", ""]}
    suite(
        tmp_path,
        "jionlp_time_parser.jsonl",
        [
            {"text": "昨天", "base": {"year": 2021, "month": 6, "day": 13}, "expected": expected},
            {"text": "前天", "base": [2021, 6, 13], "expected": expected},
            {"text": "三天", "base": 1623604000, "expected": lunar},
        ],
    )
    suite(
        tmp_path,
        "recognizers_text_zh_datetime.jsonl",
        [{"input": "我昨天去的", "reference": "", "results": [{"Start": 1, "Text": "昨天"}]}],
    )

    resolved, spans = times.measure(Given(tmp_path))

    assert (resolved.value, resolved.n) == (0.5, 2)
    assert (spans.value, spans.n) == (1.0, 1)


def test_only_the_first_piece_of_a_slot_counts_where_it_is_asked_for_alone():
    pieces = [{"slot": "when", "text": "昨天"}, {"slot": "where", "text": "这里"}, {"slot": "when", "text": "今天"}]

    assert _first_alone({"pieces": pieces})["pieces"] == pieces[:2]


def test_a_known_matter_is_the_hottest_topic_at_one_place_that_is_mostly_of_it():
    told = {"1": "松柳新城油烟", "2": "松柳新城有油烟", "3": "松柳新城停水", "4": "松柳新油烟", "5": "别处油烟"}
    topics = [{"place": "", "ids": ["5"]}, {"place": "松柳新城", "ids": ["1", "2", "3"]}]

    rank, precision, recall = hot_topics._known("fumes", re.compile("油烟"), topics, told)

    assert rank.value == 2
    assert (precision.value, precision.n) == (2 / 3, 3)
    assert (recall.value, recall.n) == (2 / 3, 3)


def test_a_known_matter_that_no_topic_is_about_ranks_behind_all():
    (rank,) = hot_topics._known("fumes", re.compile("油烟"), [{"place": "别处", "ids": ["1"]}], {"1": "停水"})

    assert (rank.value, rank.met) == (2, True)


def test_our_own_lists_need_no_data(tmp_path):
    measured = {one.name: one.n for one in own_lists.measure(Given(tmp_path))}

    assert measured["dangers seen, and which"] == 100
    assert measured["look-alikes taken for dangers"] == 60
    assert measured["two matters seen as two"] == 20
    assert measured["well-formed numbers found"] > 40
