"""Whoever is complained of reads what happened, and nothing that tells who says so."""

from __future__ import annotations

import pytest

from backend.services.privacy.veiling import secrets_of, veiled


@pytest.mark.parametrize(
    ("text", "gone", "left"),
    [
        ("我叫张建国，昨天在窗口被骂了。张建国", "张建国", "昨天在窗口被骂了"),
        ("我是你们科的临时工，上个月加班费没发", "临时工", "上个月加班费没发"),
        ("我住幸福里3栋2单元501室，楼下烧烤店太吵", "501", "楼下烧烤店太吵"),
        ("3栋2单元501室漏水，物业不管", "501", "3栋"),
        ("车停在门口，车牌京A12345被划了", "A12345", "被划了"),
        ("电话13800138000，微信号zjg_2020，打不通", "zjg_2020", "打不通"),
        ("写信到 zhang@example.com 就行，窗口态度差", "zhang@example.com", "窗口态度差"),
        ("My name is John Smith, the clerk shouted at me", "John", "the clerk shouted at me"),
    ],
)
def test_who_says_it_is_gone_and_what_happened_stays(text, gone, left):
    told = veiled(text)

    assert gone not in told
    assert left in told


def test_the_name_on_record_is_gone_wherever_it_stands():
    who = {"name": "李芳", "contact": "+8613800138000", "confidential": False}

    told = veiled("已给李芳打电话，李芳说还在吵，号码13800138000", secrets_of(who))

    assert "李芳" not in told
    assert "13800138000" not in told
    assert "还在吵" in told


@pytest.mark.parametrize("text", ["", "窗口人员态度很差", "我是说过很多次了，没人管", "我在大厅排队等了两个小时"])
def test_words_that_tell_nobody_stay_as_they_are(text):
    assert veiled(text) == text
