"""Who wants a copy of what is kept of them gets a link; who complains of such copies is heard."""

from __future__ import annotations

import pytest

from dialogs.conversation import Stage
from dialogs.effects import AskCopy
from dialogs.events import CopyReady
from dialogs.privacy.copying import wants
from tests.dialogs.talking import HOTLINE, Citizen

READY = CopyReady("/chat/copy/abc", 60)


@pytest.mark.parametrize(
    "text",
    ["导出我的资料", "我要导出我的个人信息", "下载我的聊天记录", "请把我的数据导出一份给我", "帮我复制一份我的个人信息", "我的资料能导出吗",
     "導出我的資料", "给我一份我的个人信息副本", "export my data", "Please send me a copy of my data", "Can I have a copy of my personal data?",
     "download my chat history"],
)  # fmt: skip
def test_the_wish_is_understood_in_many_words(text):
    assert wants(text)


@pytest.mark.parametrize(
    "text",
    ["他们导出我的资料拿去卖", "医院不让复制我的病历记录，推来推去", "物业泄露我的个人信息", "删除我的信息", "我的资料", "下载不了软件", "复印机坏了",
     "they export my data to others without asking"],
)  # fmt: skip
def test_what_is_a_complaint_is_no_wish(text):
    assert not wants(text)


def test_the_link_is_told_with_its_time_and_that_it_counts_once():
    citizen = Citizen(HOTLINE)
    citizen.says("导出我的资料")
    assert citizen.did(AskCopy)

    said = citizen.event(READY)

    assert "/chat/copy/abc" in said
    assert "60分钟" in said
    assert "一次" in said


def test_the_link_begins_with_where_citizens_reach_us():
    citizen = Citizen(HOTLINE.model_copy(update={"address": "https://12345.example.gov.cn"}))

    assert "https://12345.example.gov.cn/chat/copy/abc" in citizen.event(READY)


def test_what_was_asked_before_is_asked_again():
    citizen = Citizen(HOTLINE)
    citizen.says("幸福里小区门口路灯坏了一个月了")
    citizen.says("同意")
    asking = citizen.now.asking
    citizen.says("导出我的资料")
    said = citizen.event(READY)

    assert citizen.now.stage is Stage.ASKING
    assert citizen.now.asking == asking
    assert "/chat/copy/abc" in said


def test_in_english_and_traditional_characters():
    english, hant = Citizen(HOTLINE), Citizen(HOTLINE)
    english.says("export my data")
    hant.says("請導出我的資料")

    assert "once" in english.event(READY)
    assert "下載" in hant.event(READY)
