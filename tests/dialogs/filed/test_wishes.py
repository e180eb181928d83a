"""What somebody wants done with a case they have."""

from __future__ import annotations

import pytest

from dialogs.filed.wishes import Wish, wish

SAID = {
    "urge": ["催一下", "催办", "怎么还没处理", "快点", "请尽快处理", "到现在都没人管", "為什麼還沒人來修", "Please hurry up", "能不能快点"],
    "withdraw": ["撤回", "我要撤诉", "不用处理了", "撤销投诉", "不想追究了", "我不想办了 撤回", "Withdraw my complaint"],
    "accept": ["可以了", "接受", "满意", "我接受这个答复", "已经解决了，谢谢"],
    "reject": ["不接受", "没解决", "答复不对", "还是没有解决", "我不同意你们的答复", "不满意", "重新办理", "還是沒解決", "It's still not fixed"],
    "appeal": ["申请复核", "我要申诉", "我要复议", "有异议", "I want to appeal"],
    "rate": ["评价", "我要评价"],
    "more": ["补充材料", "我要补充一张照片"],
}  # fmt: skip


@pytest.mark.parametrize(("verb", "text"), [(verb, text) for verb, texts in SAID.items() for text in texts])
def test_a_wish_is_understood(verb, text):
    assert (found := wish(text)) is not None
    assert found.verb == verb


@pytest.mark.parametrize(
    "text",
    [
        "你好",
        "可以撤回吗",
        "不满意怎么办",
        "怎么催办",
        "楼上把水管弄坏了，物业催了三次都没来修，家里地板全泡了",
        "外卖员催我快点下楼，态度特别差，还骂人，我要投诉这个平台",
        "我在网上买的鞋不满意，商家不给退货，客服也不回消息",
        "老板说不用处理了就把我辞退了，工资还欠着三个月没发",
        "",
        "😀",
    ],
)
def test_a_story_or_a_question_is_no_wish(text):
    found = wish(text)

    assert found is None or found.reason


@pytest.mark.parametrize(
    ("text", "about"),
    [("路灯那个催一下", "路灯"), ("撤回噪音那件", "噪音"), ("水管的没解决", "水管"), ("催一下", "")],
)
def test_what_is_left_may_name_the_case(text, about):
    assert (found := wish(text)) is not None
    assert found.about == about


def test_who_says_at_once_why_is_not_asked():
    assert wish("没解决，水还在漏，昨天夜里又滴了一晚上，天花板都发霉了") == Wish("reject", reason=True)
