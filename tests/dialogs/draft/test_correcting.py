"""What a citizen takes back changes the right slot, and the line that repeats says so."""

from __future__ import annotations

import pytest

from dialogs.conversation import Stage
from institutions.catalog import load_all
from tests.dialogs.talking import Citizen

STORY = "昨天下午3点幸福里3栋楼下烧烤店放音响，吵得睡不着，我叫王莉，电话13800138000"


@pytest.fixture
def told() -> Citizen:
    """A citizen who told all, and is asked for evidence."""
    citizen = Citizen(load_all()["hotline"])
    citizen.says(STORY)
    citizen.says("同意")
    return citizen


def value(citizen: Citizen, slot: str) -> str:
    found = citizen.now.draft.values[slot]
    return str(found["text"] if isinstance(found, dict) else found)


@pytest.mark.parametrize(
    ("text", "slot", "expected"),
    [
        ("不是3栋，是5栋", "where", "幸福里5栋楼下"),
        ("5栋，不是3栋", "where", "幸福里5栋楼下"),
        ("楼栋号错了，是5栋", "where", "幸福里5栋楼下"),
        ("地址不对 在人民路88号", "where", "人民路88号"),
        ("时间说错了，应该是前天", "when", "前天下午3点"),
        ("不是昨天，是前天", "when", "前天下午3点"),
        ("不是3点，是4点", "when", "昨天下午4点"),
        ("电话改成19900001234", "contact", "+8619900001234"),
        ("电话错了，应该是19900001234", "contact", "+8619900001234"),
        ("名字打错了 是王丽不是王莉", "who", "王丽"),
        ("不是王莉，是王丽", "who", "王丽"),
        ("刚才说错了，是前天晚上", "when", "前天晚上"),
    ],
)
@pytest.mark.parametrize("stage", ["asking", "summary"])
def test_the_right_slot_changes_and_the_answer_repeats_it(told, stage, text, slot, expected):
    if stage == "summary":
        told.to_summary()

    answer = told.says(text)

    assert value(told, slot) == expected
    assert "改好了" in answer


def test_a_day_taken_back_keeps_the_hour(told):
    told.says("不是昨天，是前天")

    assert told.now.draft.values["when"]["start"] == "2026-11-19T15:00:00+08:00"


def test_what_is_wrong_without_the_right_word_is_asked_for_again(told):
    told.says("时间说错了")

    assert told.now.asking == "when"

    told.says("前天上午")

    assert value(told, "when") == "前天上午"
    assert told.now.asking == "evidence"


def test_something_wrong_that_is_not_named_offers_every_slot(told):
    told.to_summary()
    told.says("刚才说错了")

    assert told.now.stage is Stage.CHANGING
    assert "时间" in told.choices


def test_a_fact_told_beside_a_correction_is_kept():
    citizen = Citizen(load_all()["hotline"])
    citizen.says("昨天幸福里3栋楼下烧烤店放音响")
    citizen.says("同意")
    citizen.says("不是3栋，是5栋，我叫王丽")

    assert value(citizen, "where") == "幸福里5栋楼下"
    assert value(citizen, "who") == "王丽"


def test_the_other_questions_go_on_after_a_correction(told):
    before = told.now.asking
    told.says("不是3栋，是5栋")

    assert told.now.asking == before


@pytest.mark.parametrize("text", ["建议把开放时间改成九点", "他们前天才来人看过", "这不是第一次了，是第三次了"])
def test_a_look_alike_changes_no_time_and_no_place(told, text):
    where, when = value(told, "where"), value(told, "when")
    told.says(text)

    assert (value(told, "where"), value(told, "when")) == (where, when)


def test_an_english_correction_changes_the_day():
    citizen = Citizen(load_all()["hotline"])
    citizen.says("Last Monday at 3 pm the bus driver did not stop at Xinmin Road, my name is John Smith")
    citizen.says("agree")
    citizen.says("it was Tuesday, not Monday")

    assert citizen.now.draft.values["when"]["start"] == "2026-11-17T15:00:00+08:00"


@pytest.mark.parametrize("said", ["刚才说错了，是育才小学门口", "地点搞错了，是育才小学门口", "说错了 在育才小学门口"])
def test_the_place_is_replaced_though_no_list_holds_the_right_one(told, said):
    answer = told.says(said)

    assert value(told, "where") == "育才小学门口"
    assert "说错" not in value(told, "what")
    assert "改好了：育才小学门口。" in answer
