"""Fields of templates, against the rules that the fake platform enforces as production does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots.wechat_api.forms import KINDS, Form, fitted
from tests.fakes.wechat_fields import fits


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("kind", [*KINDS, "unheard_of"])
@settings(max_examples=25)
@given(text=st.text(max_size=60) | st.text("某甲张。，\n 12:3年月日ABab-¥", max_size=60))
def test_whatever_is_told_the_platform_takes_it(kind, plain, text):
    assert fits(f"{kind}1", fitted(f"{kind}1", text, plain=plain))


@pytest.mark.parametrize(
    ("key", "text", "filled"),
    [
        (
            "thing4",
            "店家已拆除外放音响，\n并签了承诺书，如有反复请直接在这里说一声",
            "店家已拆除外放音响，并签了承诺书，如有…",
        ),
        ("thing4", "", "无"),
        ("character_string1", "20261121-HL-000412-7", "20261121-HL-000412-7"),
        ("character_string1", "编号 20261121", "20261121"),
        ("phrase2", "待受理（补充材料）", "待受理"),
        ("phrase2", "Answered", "有进展"),
        ("time3", "2026-11-22T15:01:00+08:00", "2026年11月22日 15:01"),
        ("time3", "2026年11月22日 15:01 前", "2026年11月22日 15:01"),
        ("time3", "尽快", "00:00"),
        ("date3", "2026-11-22T15:01:00+08:00", "2026年11月22日"),
        ("name1", "城市管理局行政执法大队第三中队", "城市管理局行政执法大"),
        ("phone_number1", "电话 0731-12345", "0731-12345"),
        ("car_number1", "湘A·12345", "湘A12345"),
        ("number1", "共 3 件", "3"),
    ],
)
def test_what_is_told_is_shortened_to_what_fits(key, text, filled):
    assert fitted(key, text) == filled


def test_a_form_has_the_platforms_fields_for_ours():
    form = Form("T1", {"case": "character_string1", "note": "thing4"})

    data = form.filled({"case": "20261121", "state": "已答复", "note": "😀好的。"}, refused="thing4")

    assert data == {"character_string1": {"value": "20261121"}, "thing4": {"value": "好的"}}
