"""Whatever somebody sends who is spoken to slowly: few buttons, short questions, and an end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.conversation import Stage
from dialogs.events import Heard, Received, Transcribed
from dialogs.messages import Say
from institutions.catalog import load_all
from nlp.understand import understand
from tests.dialogs.talking import NOW, NUMBER, Citizen
from tests.fuzzing import examples

INSTITUTIONS = load_all()
HOTLINE = INSTITUTIONS["hotline"].model_copy(update={"elder": True})
TEXTS = [
    "你好", "可以", "不可以", "交上去", "改一下", "取消", "返回", "跳过", "重新开始", "帮助", "进度", "请人帮忙", "别的", "第二个",
    "最后一个", "1", "２", "③", "普通模式", "慢一点", "繁體", "English", "简体", "同意", "提交", "地点", "没有", "匿名",
    "楼下烧烤店半夜放音响，吵得睡不着", "昨晚11点", "幸福里3栋楼下", "我叫李芳", "13800138000", "😀", "", NUMBER,
    "樓下燒烤店半夜放音響",
]  # fmt: skip
MOST = 3  # buttons, beside the alarm
BUTTONS = ["more", "human", "submit", "change", "skip", "consent.yes", "change:where", "nonsense"]
moves = st.one_of(
    st.sampled_from(TEXTS).map(lambda text: ("says", text)),
    st.sampled_from(BUTTONS).map(lambda choice: ("taps", choice)),
    st.integers(1, 4).map(lambda note: ("speaks", note)),
    st.integers(1, 4).map(lambda note: ("is heard", note)),
)
WORDS = "人民路12号门口的路灯坏了三天"


def does(citizen: Citizen, what: str, told: str | int) -> str:
    """One move; what the bot says."""
    match what:
        case "says":
            return citizen.says(str(told))
        case "taps":
            return citizen.says(choice=str(told))
        case "speaks":
            note = Received(int(told), "voice", "voice.amr")
            return citizen.event(Heard("", understand("", now=NOW, institution=HOTLINE), NOW, evidence=(note,)))
    heard = Heard(WORDS, understand(WORDS, now=NOW, institution=HOTLINE), NOW)
    return citizen.event(Transcribed(int(told), heard))


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(moves, max_size=12))
def test_every_move_is_answered_in_few_buttons(moved):
    citizen = Citizen(HOTLINE)

    for what, told in moved:
        before = len(citizen.effects)
        said = does(citizen, what, told)
        assert said.strip() or what == "is heard" or len(citizen.effects) > before
        for effect in citizen.effects[before:]:
            slow = citizen.now.elder is not False and isinstance(effect, Say)
            shown = [c for c in effect.choices if c.id != "danger.now"] if isinstance(effect, Say) else []
            assert not slow or len(shown) <= MOST or told == "普通模式"


@pytest.mark.parametrize("key", sorted(INSTITUTIONS))
def test_voice_notes_alone_lead_to_a_case_in_every_institution(key):
    citizen = Citizen(INSTITUTIONS[key].model_copy(update={"elder": True}))
    citizen.says("你好")
    citizen.says("可以")
    asked: list[str] = []
    while citizen.now.stage is Stage.ASKING:
        asked.append(citizen.now.asking)
        does(citizen, "speaks", len(asked))

    assert len(asked) == len(set(asked)), "nothing is asked twice"
    assert citizen.now.stage is Stage.CONFIRMING
    assert "登记好了" in citizen.says("对")
