"""Whatever happens between danger, persons and other matters: nothing raises, nothing told of danger is lost, cancelling ends."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.conversation import Conversation, Stage
from dialogs.effects import Amend, FileCase
from dialogs.events import AlarmDue, GivenBack, NobodyCame, Taken
from dialogs.messages import Location
from institutions.catalog import load_all
from tests.dialogs.talking import Citizen
from tests.fuzzing import examples

INSTITUTIONS = load_all()
DANGERS = [
    "楼道里好大煤气味，有人晕倒了",
    "我不想活了",
    "我老公正在打我",
    "阳光花园5栋1单元着火了",
    "There is a fire in our building",
]
TEXTS = [
    *DANGERS, "你好", "同意", "提交", "取消", "重新开始", "跳过", "返回", "匿名", "人工", "没事了", "误报", "闻错了", "谢谢",
    "楼下烧烤店半夜放音响，吵得睡不着", "幸福里3栋2单元", "13800138000", "不知道", "别打电话", "你们都是废物", "嗯嗯",
    "English", "进度", "帮助", "", "😀", "中山路的路灯坏了一个星期",
]  # fmt: skip
happenings = st.one_of(
    st.sampled_from(TEXTS).map(lambda text: {"text": text}),
    st.text(max_size=30).map(lambda text: {"text": text}),
    st.sampled_from(["location", "skip", "alarm.nocall", "danger.now", "human", "example:0", "consent.yes"]).map(
        lambda choice: {"choice": choice}
    ),
    st.just({"photos": 1}),
    st.just({"pin": Location(28.2, 112.9, "人民公园")}),
    st.just({"contact": "+8613800138000"}),
    st.sampled_from([Taken(), GivenBack(), NobodyCame("asked"), NobodyCame("self_harm"), AlarmDue()]),
)


def lives(citizen: Citizen, happened: list[Any]) -> None:
    """Everything happens in turn."""
    for one in happened:
        if isinstance(one, dict):
            before = len(citizen.effects)
            said = citizen.says(**one)
            assert said.strip() or len(citizen.effects) > before or citizen.now.hand == "taken"
            assert "None" not in said or "None" in str(happened)
        else:
            citizen.event(one)
        assert Conversation.from_json(citizen.now.to_json()) == citizen.now


def told(citizen: Citizen) -> str:
    """All that a person will read of the dangers: in cases, in what was added, in what is not filed yet."""
    filed = [str(effect.draft.values.get("what")) for effect in citizen.did(FileCase)]
    added = [effect.text for effect in citizen.did(Amend)]
    open_ = str(citizen.now.alarm.draft.values.get("what")) if citizen.now.alarm else ""
    return "\n".join([*filed, *added, open_])


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(happenings, max_size=14), st.booleans(), st.sampled_from(["hotline", "property", "whistleblow"]))
def test_nothing_raises_and_no_danger_is_lost(happened, staffed, institution):
    citizen = Citizen(INSTITUTIONS[institution])
    citizen.staffed = staffed
    lives(citizen, happened)

    for one in happened:
        if isinstance(one, dict) and one.get("text") in DANGERS:
            assert one["text"] in told(citizen)


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(happenings, max_size=10))
def test_a_danger_told_always_becomes_a_case(happened):
    citizen = Citizen(INSTITUTIONS["hotline"])
    lives(citizen, [*happened, {"text": DANGERS[0]}, AlarmDue()])

    assert any(effect.draft.grade == "emergency" for effect in citizen.did(FileCase))
    assert citizen.now.alarm is not None
    assert citizen.now.alarm.number


@settings(max_examples=examples(80), deadline=None)
@given(st.lists(happenings, max_size=10))
def test_cancelling_always_ends(happened):
    citizen = Citizen(INSTITUTIONS["hotline"])
    lives(citizen, [*happened, GivenBack()])
    for _ in range(4):
        citizen.says("取消")

    assert citizen.now.stage is Stage.IDLE
