"""Which words ask who has looked at one's data, and what is answered."""

from __future__ import annotations

import pytest

from dialogs.privacy.looking import asks


@pytest.mark.parametrize(
    "text",
    ["谁看过我的信息", "谁看过我的信息？", "请问有谁查看过我的电话", "我的信息被谁看过", "我的电话都有谁看过了", "有没有人看过我的个人信息", "哪些人查过我的姓名和电话",
     "誰看過我的資料", "Who has looked at my data?", "who saw my phone number", "Has anyone accessed my personal information?"],
)  # fmt: skip
def test_who_wants_to_know_is_heard(text):
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "他们看过我的信息还到处说",
        "谁泄露了我的信息",
        "我的信息",
        "物业的人偷看我的手机",
        "谁能看我的房子",
        "who are you",
        "看过了",
        "",
        "有人看过我的信息，第二天就打电话推销",
    ],
)
def test_who_tells_of_something_else_is_not_answered_so(text):
    assert not asks(text)
