"""Whatever a citizen sends, in whatever order: an answer comes, and nothing told is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.conversation import Stage
from dialogs.effects import FileCase
from dialogs.events import VisitBackDue
from dialogs.messages import Location
from institutions.catalog import load_all
from tests.dialogs.talking import NUMBER, Citizen
from tests.fuzzing import examples

HOTLINE = load_all()["hotline"]
TEXTS = [
    "你好", "同意", "不同意", "提交", "改一项", "取消", "取消登记", "接着填", "返回", "跳过", "重新开始", "帮助", "进度",
    "匿名", "没有", "地点", "不是3栋，是5栋", "楼下烧烤店半夜放音响，吵得睡不着", "昨晚11点", "幸福里3栋楼下",
    "我叫李芳", "13800138000", "12345678", "😀", "", "English", "The lamp in Renmin Road is broken", "1", "2",
    "路灯坏了一个月了，另外楼下烧烤店半夜放音响吵得睡不着", "分开", "合成一件",
    "楼道里好大煤气味，有人晕倒了", "你们几点上班？", "会不会查到我", "这个归你们管吗", "那个怎么样了", "要带什么材料，收费吗？",
    "话费查询，运营商乱扣话费", "仍要登记", "不用了", "没解决", "联系过", "解决了", "很满意", "撤回", NUMBER,
]  # fmt: skip
messages = st.one_of(
    st.sampled_from(TEXTS).map(lambda text: {"text": text}),
    st.text(max_size=40).map(lambda text: {"text": text}),
    st.sampled_from(["submit", "change", "change:where", "change:category", "skip", "anonymous", "visit:x:solved:no",
                     f"visit:{NUMBER}:contacted:yes", "category:transport", "consent.yes", "nonsense"]).map(
        lambda choice: {"choice": choice}
    ),
    st.just({"photos": 2}),
    st.just({"pin": Location(28.2, 112.9, "人民公园")}),
    st.just({"contact": "+8613800138000"}),
)  # fmt: skip


@settings(max_examples=examples(150), deadline=None)
@given(st.lists(messages, max_size=15), st.booleans())
def test_every_message_gets_an_answer(sent, visited):
    citizen = Citizen(HOTLINE)
    if visited:
        citizen.event(VisitBackDue(NUMBER))

    for message in sent:
        before = len(citizen.effects)
        said = citizen.says(**message)
        assert said.strip() or len(citizen.effects) > before
        assert "None" not in said


STORY, PLACE = "小区门口的路灯坏了没人修", "幸福里3栋"
PIN = Location(28.2, 112.9, "")
SENT: dict[str, dict[str, Any]] = {
    "what": {"text": STORY},
    "when": {"text": "前天晚上开始的"},
    "estate": {"text": "幸福里"},
    "house": {"text": "3栋"},
    "who": {"text": "我叫李芳"},
    "contact": {"text": "13800138000"},
    "card": {"contact": "+8613800138000"},
    "pin": {"pin": PIN},
    "photos": {"photos": 3},
    "more": {"text": "", "photos": 1},
    "wish": {"text": "希望尽快修好"},
}


@settings(max_examples=examples(150), deadline=None)
@given(st.permutations(list(SENT)), st.integers(0, len(SENT)))
def test_whatever_comes_first_the_case_is_the_same(order, agreed):
    citizen = Citizen(HOTLINE)
    for number, key in enumerate(order):
        citizen.says(**SENT[key])
        if number == agreed:
            citizen.says("同意")
    citizen.says("同意")
    if citizen.now.stage is Stage.ASKING:
        citizen.to_summary()
    citizen.says("提交")

    draft = citizen.did(FileCase)[0].draft
    where = draft.values["where"]
    assert (where["text"], where["lat"], where["pieces"]["building"]) == (PLACE, 28.2, "3栋")
    assert (draft.values["who"], draft.values["contact"]) == ("李芳", "+8613800138000")
    assert draft.values["when"]["start"].startswith("2026-11-19T")
    assert STORY in draft.values["what"]
    assert sorted(kind for _, kind in draft.evidence) == ["photo"] * 4
    assert draft.values["request"] == "希望尽快修好"


@settings(max_examples=examples(60), deadline=None)
@given(st.permutations([("a", key) for key in ("what", "house", "who")] + [("b", key) for key in ("what", "when")]))
def test_two_citizens_who_write_at_once_do_not_mix(order):
    both = {"a": Citizen(HOTLINE), "b": Citizen(HOTLINE)}
    alone = {"a": Citizen(HOTLINE), "b": Citizen(HOTLINE)}
    for name, key in order:
        both[name].says(**SENT[key])
    for name, citizen in alone.items():
        for _, key in (pair for pair in order if pair[0] == name):
            citizen.says(**SENT[key])

    assert {name: citizen.now for name, citizen in both.items()} == {n: citizen.now for n, citizen in alone.items()}


PHONE, TABLET = ("what", "estate", "photos", "when"), ("house", "who", "contact", "more")


@settings(max_examples=examples(60), deadline=None)
@given(st.permutations("pppptttt"), st.integers(1, 7))
def test_from_two_devices_at_once_one_citizen_files_one_case(order, agreed):
    """Each device keeps its own order; the other's button is pressed where it may be an old one."""
    citizen, phone, tablet = Citizen(HOTLINE), iter(PHONE), iter(TABLET)
    for number, device in enumerate(order):
        citizen.says(**SENT[next(phone if device == "p" else tablet)])
        if number in {agreed, agreed - 1}:
            citizen.says(choice="consent.yes")
    if citizen.now.stage is Stage.ASKING:
        citizen.to_summary()
    citizen.says(choice="submit")
    citizen.says(choice="submit")

    [filed] = citizen.did(FileCase)
    values = filed.draft.values
    assert (values["where"]["text"], values["who"], values["contact"]) == (PLACE, "李芳", "+8613800138000")
    assert STORY in values["what"]
    assert values["when"]["start"].startswith("2026-11-19T")
    assert len(filed.draft.evidence) == 4


FACTS = {
    "what": "烧烤店半夜放音响吵得睡不着",
    "when": "昨晚11点",
    "where": "幸福里3栋楼下",
    "who": "我叫李芳",
    "contact": "13800138000",
}


@settings(max_examples=examples(60), deadline=None)
@given(st.permutations(list(FACTS)), st.lists(st.booleans(), min_size=4, max_size=4))
def test_the_same_facts_in_any_order_and_split_give_the_same_case(order, splits):
    citizen = Citizen(HOTLINE)
    parts = [FACTS[order[0]]]
    for key, split in zip(order[1:], splits, strict=True):
        if split:
            parts.append(FACTS[key])
        else:
            parts[-1] += "，" + FACTS[key]
    citizen.says(parts[0])
    citizen.says("同意")
    for part in parts[1:]:
        citizen.says(part)
    if citizen.now.stage is Stage.ASKING:
        citizen.to_summary()
    citizen.says("提交")

    values = citizen.did(FileCase)[0].draft.values
    assert values["where"]["text"] == "幸福里3栋楼下"
    assert values["when"]["start"] == "2026-11-20T23:00:00+08:00"
    assert (values["who"], values["contact"]) == ("李芳", "+8613800138000")
    assert "放音响吵得睡不着" in values["what"]
