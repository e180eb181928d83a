"""Whoever comes and goes whenever they like: an answer always comes, and no story is lost unless they dropped it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.conversation import Conversation, Draft, Stage
from dialogs.effects import Discard, FileCase
from dialogs.events import DraftDue, DraftMovable, DraftMoved, DraftTaken
from tests.dialogs.talking import HOTLINE, Citizen
from tests.fuzzing import examples

STORIES = ["楼下烧烤店放音响，吵得睡不着", "中山路88号路口的红绿灯不亮了", "小区电梯坏了没人修"]
TEXTS = [
    *STORIES, "你好", "在吗", "同意", "继续", "接着上次", "我昨天说到一半的，接着说", "接着说，在幸福里3栋楼下", "等下我先开会", "不用了", "好的",
    "说新的事", "新的事", "补充这一件", "昨晚11点", "幸福里3栋楼下", "我叫李芳", "13800138000", "匿名", "没有", "跳过", "返回", "改一项", "帮助",
    "换个设备", "7KDM-Q2XW", "代码 7KDM-Q2XW", "进度", "",
]  # fmt: skip
TAKEN = DraftTaken(Draft({"what": "路灯坏了一个月"}, evidence=((99, "photo"),)), consented=True)
steps = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(["draft.continue", "draft.new", "draft.drop", "skip", "submit", "consent.yes"]).map(
        lambda key: {key}
    ),
    st.sampled_from(["nudge", "warn", "close", "erase"]),
    st.sampled_from([TAKEN, DraftTaken(None), DraftMovable("7KDM-Q2XW", 30)]),
)


def play(citizen: Citizen, steps: list[tuple[int, Any]]) -> None:
    """Each step after a pause; what falls due only where it could."""
    for hours, step in steps:
        citizen.later(hours=hours)
        now = citizen.now
        told = bool(now.draft.values or now.draft.evidence)
        if step in {"nudge", "warn", "close"} if isinstance(step, str) else False:
            if told and now.stage in {Stage.ASKING, Stage.CONSENT, Stage.CONFIRMING, Stage.CHANGING}:
                assert citizen.event(DraftDue(step, citizen.at, citizen.at + timedelta(days=1)))
        elif step == "erase":
            if now.shelf:
                citizen.event(DraftDue("erase", citizen.at, citizen.at))
        elif isinstance(step, set):
            assert citizen.says(choice=next(iter(step)))
        elif isinstance(step, str):
            before = len(citizen.effects)
            said = citizen.says(step)
            assert said or len(citizen.effects) > before
            assert "None" not in said
        else:
            citizen.event(step)


def stories(now: Conversation) -> str:
    """All that is kept."""
    drafts = [now.draft, *(kept.draft for kept in now.shelf), *([now.aside] if now.aside else [])]
    return "\n".join(str(draft.values.get("what", "")) for draft in drafts) + now.pending


@settings(max_examples=examples(200))
@given(st.lists(st.tuples(st.sampled_from([0, 1, 5, 8, 30, 200]), steps), max_size=14))
def test_every_message_gets_an_answer_whatever_came_between(told):
    play(Citizen(HOTLINE), told)


keeping = st.sampled_from([text for text in TEXTS if text not in {"不用了", *STORIES}])
silence = st.sampled_from(["nudge", "warn", "close"])


@settings(max_examples=examples(200))
@given(
    st.sampled_from(STORIES), st.lists(st.tuples(st.sampled_from([0, 1, 8, 30, 200]), keeping | silence), max_size=12)
)
def test_a_story_told_with_consent_stays_until_it_is_filed_or_dropped(story, told):
    citizen = Citizen(HOTLINE)
    citizen.says(story)
    citizen.says("同意")
    play(citizen, told)

    filed = "".join(str(effect.draft.values["what"]) for effect in citizen.did(FileCase))
    assert story in stories(citizen.now) + filed
    assert not citizen.did(Discard)


@settings(max_examples=examples(100))
@given(st.lists(st.tuples(st.sampled_from([0, 8, 200]), steps), max_size=10))
def test_cancelling_always_ends_what_is_open(told):
    citizen = Citizen(HOTLINE)
    play(citizen, told)
    for text in ("取消", "取消登记"):
        citizen.says(text)

    assert citizen.now.stage is Stage.IDLE
    assert citizen.now.draft == Draft()


@settings(max_examples=examples(50))
@given(st.lists(st.tuples(st.sampled_from([0, 8]), steps), max_size=8))
def test_what_moves_away_leaves_nothing_open(told):
    citizen = Citizen(HOTLINE)
    play(citizen, told)
    citizen.event(DraftMoved())

    assert citizen.now.draft == Draft()
    assert citizen.now.stage is Stage.IDLE
