"""Each question's fate is counted once, whatever a citizen does, and no word of theirs stands in the counts."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.conversation import Stage
from dialogs.effects import FileCase
from dialogs.events import DraftDue
from dialogs.steps import MORE, MOST_TURNS, bucket, silent
from institutions.catalog import load_all
from tests.dialogs.talking import NOW, Citizen
from tests.fuzzing import examples

HOTLINE = load_all()["hotline"]
STORY = "昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着"
TEXTS = [STORY, "同意", "不同意", "提交", "取消", "确定取消", "没有", "13800138000", "匿名", "返回", "改一项", "嗯嗯嗯", "你好",
         "你们几点上班？", "我叫李芳", "重新开始", "不用了", "着火了，有人被困", "路灯坏了一个月了，另外楼下烧烤店半夜放音响",
         "分开", "接着上次", "换个设备"]  # fmt: skip


def counts(citizen):
    return {(step, what): n for step, what, n in citizen.now.walk.tally}


def test_a_whole_story_is_asked_little_and_filed():
    citizen = Citizen(HOTLINE)
    for text in (STORY, "同意"):
        citizen.says(text)
    citizen.to_summary()
    citizen.later(minutes=2).says("提交")

    told = counts(citizen)
    assert told["consent", "arrived"] == told["consent", "answered"] == 1
    assert told["who", "answered"] == 1
    assert told["evidence", "skipped"] == 1
    assert told["confirming", "answered"] == told["case", "filed"] == 1
    assert told["case", "turns"] == citizen.did(FileCase)[0].draft.turns
    assert told["seconds", "120"] == 1
    assert citizen.now.walk.at == ""


def test_who_refuses_has_left_at_the_consent():
    citizen = Citizen(HOTLINE)
    for text in (STORY, "不同意"):
        citizen.says(text)

    assert counts(citizen) == {("consent", "arrived"): 1, ("consent", "left"): 1}


def test_who_cancels_has_left_at_the_question_before():
    citizen = Citizen(HOTLINE)
    for text in (STORY, "同意"):
        citizen.says(text)
    asked = citizen.now.asking
    for text in ("取消", "取消"):
        citizen.says(text)

    told = counts(citizen)
    assert citizen.now.stage is Stage.IDLE
    assert told[asked, "arrived"] == told[asked, "left"] == 1
    assert "cancelling" not in {step for step, _ in told}


def test_a_question_in_between_changes_no_count():
    asks, not_ = Citizen(HOTLINE), Citizen(HOTLINE)
    for text in (STORY, "同意", "你们几点上班？"):
        asks.says(text)
    for text in (STORY, "同意"):
        not_.says(text)

    assert counts(asks) == counts(not_)


def test_what_is_not_understood_is_counted_where_it_was_asked():
    citizen = Citizen(HOTLINE)
    for text in (STORY, "同意"):
        citizen.says(text)
    while citizen.now.asking != "contact":
        citizen.says("没有")
    for _ in range(3):
        citizen.says("12")

    told = counts(citizen)
    assert told["contact", "missed"] == 3
    assert told["contact", "skipped"] == 1


def test_silence_counts_once_and_whoever_speaks_again_is_back():
    citizen = Citizen(HOTLINE)
    for text in (STORY, "同意"):
        citizen.says(text)
    asked = citizen.now.asking
    citizen.now = silent(citizen.now)
    citizen.event(DraftDue("close", NOW, NOW))

    assert counts(citizen)[asked, "left"] == 1

    back = Citizen(HOTLINE)
    back.says(STORY)
    back.now = silent(back.now)
    back.later(days=2).says("同意")

    assert counts(back)["consent", "returned"] == counts(back)["consent", "left"] == 1


def test_turns_lie_in_buckets():
    assert [bucket(n, MOST_TURNS) for n in (1, 20, 21, 101)] == ["1", "20", "25", MORE]


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(st.sampled_from(TEXTS), max_size=14))
def test_nobody_leaves_or_answers_more_often_than_they_arrived(texts):
    citizen = Citizen(HOTLINE)
    for text in texts:
        citizen.says(text)

    told, ended = counts(citizen), Counter[str]()
    for (step, what), n in told.items():
        ended[step] += n if what in {"answered", "skipped", "left"} else 0
    for step, n in ended.items():
        still = 1 if citizen.now.walk.at == step else 0
        assert n + still <= told.get((step, "arrived"), 0), step
    steps = {"consent", "elsewhere", "splitting", "confirming", "case", "turns", "seconds"}
    assert {step for step, _ in told} <= steps | set(HOTLINE.required) | set(HOTLINE.optional) | {"what"}
    assert all(what.isascii() for _, what in told)
    assert (citizen.now.walk.at == "") or citizen.now.stage is not Stage.IDLE
