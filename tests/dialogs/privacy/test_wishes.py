"""Which words ask us to forget somebody, or take back their consent, and which only speak of such things."""

from __future__ import annotations

import pytest

from dialogs.privacy.wishes import wish


@pytest.mark.parametrize(
    "text",
    ["忘记我", "删除我的信息", "请把我的个人信息删掉", "注销", "能不能删除我的信息？", "怎么删除我的聊天记录", "把我的信息都删了吧", "刪除我的資料",
     "forget me", "Please delete all my personal data", "How can I delete my data?"],
)  # fmt: skip
def test_who_wants_to_be_forgotten_is_heard(text):
    assert wish(text) == "forget"


@pytest.mark.parametrize(
    "text",
    ["撤回同意", "我要撤回我的授权", "不要再用我的信息", "我不同意你们再使用我的信息", "别再用我的资料了", "withdraw my consent",
     "I want to withdraw my consent", "stop using my data please"],
)  # fmt: skip
def test_who_takes_back_their_consent_is_heard(text):
    assert wish(text) == "unconsent"


@pytest.mark.parametrize(
    "text",
    [
        "他们没有删掉我的信息",
        "银行不删除我的信息，还打电话",
        "忘了吧",
        "删除",
        "forget it",
        "没经过我同意就用我的信息",
        "不同意",
        "同意",
        "",
    ],
)
def test_who_tells_of_it_or_means_something_else_is_not_asked(text):
    assert wish(text) == ""


def test_what_the_other_side_shall_delete_is_an_answer_where_a_wish_is_asked_for():
    assert wish("删除我的信息", asked=True) == ""
    assert wish("忘记我", asked=True) == "forget"
