"""Whatever a citizen sends, in whatever order: an answer comes, and nothing told is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.conversation import Stage
from dialogs.effects import FileCase
from dialogs.events import VisitBackDue
from dialogs.messages import Location
from institutions.catalog import load_all
from tests.dialogs.talking import NUMBER, Citizen

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


@settings(max_examples=150, deadline=None)
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


FACTS = {
    "what": "烧烤店半夜放音响吵得睡不着",
    "when": "昨晚11点",
    "where": "幸福里3栋楼下",
    "who": "我叫李芳",
    "contact": "13800138000",
}


@settings(max_examples=60, deadline=None)
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
