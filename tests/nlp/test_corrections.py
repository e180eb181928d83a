"""What a citizen takes back, and the many sentences that only sound like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.corrections import find
from nlp.segment import normal


@pytest.mark.parametrize(
    ("text", "slot", "old", "new"),
    [
        ("不是3栋，是5栋", "where", "3栋", "5栋"),
        ("不是3栋是5栋", "where", "3栋", "5栋"),
        ("时间说错了，应该是前天", "when", None, "前天"),
        ("时间写错了 是11月20号", "when", None, "11月20号"),
        ("电话改成13800138000", "contact", None, "13800138000"),
        ("电话错了，是19900001234", "contact", None, "19900001234"),
        ("名字打错了 是王丽不是王莉", "who", "王莉", "王丽"),
        ("地址不对 在人民路88号", "where", None, "人民路88号"),
        ("刚才说错了，是前天", "when", None, "前天"),
        ("说错了 5栋", "where", None, "5栋"),
        ("不对不对，是下午三点", "when", None, "下午三点"),
        ("应该是5栋才对", "where", None, "5栋"),
        ("其实是前天", "when", None, "前天"),
        ("是5栋，打错了", "where", None, "5栋"),
        ("5栋，不是3栋", "where", "3栋", "5栋"),
        ("是前天不是昨天", "when", "昨天", "前天"),
        ("不是昨天，是前天晚上", "when", "昨天", "前天晚上"),
        ("我不姓李，我姓王", "who", "李", "王"),
        ("不叫王莉，叫王丽", "who", "王莉", "王丽"),
        ("把3栋改成5栋", "where", "3栋", "5栋"),
        ("3栋应为5栋", "where", "3栋", "5栋"),
        ("更正一下：是和平路5号", "where", None, "和平路5号"),
        ("更正：时间应该是11月19日", "when", None, "11月19日"),
        ("不好意思，手机号发错了，13800138000", "contact", None, "13800138000"),
        ("我换号了，新号码是13800138000", "contact", None, "13800138000"),
        ("地址填错了，应该是幸福里5栋2单元", "where", None, "幸福里5栋2单元"),
        ("填错地址了，应该是和平路5号", "where", None, "和平路5号"),
        ("房号写错了，是1203", "room", None, "1203"),
        ("单元错了，是2单元", "unit", None, "2单元"),
        ("车牌记错了，应该是湘A12345", "plate", None, "湘A12345"),
        ("订单号打错了，是A20260302", "order_number", None, "A20260302"),
        ("姓名写错了，叫王丽", "who", None, "王丽"),
        ("帮我把电话改一下，19900001234", "contact", None, "19900001234"),
        ("把时间改成昨天下午", "when", None, "昨天下午"),
        ("日期记错了，是周三", "when", None, "周三"),
        ("地点不对，是人民路不是解放路", "where", "解放路", "人民路"),
        ("不是人民路，而是解放路", "where", "人民路", "解放路"),
        ("不是王莉，是王丽", "who", "王莉", "王丽"),
        ("时间不是昨天是前天", "when", "昨天", "前天"),
        ("不是13800138000，是19900001234", "contact", "13800138000", "19900001234"),
        ("前面写的时间有误，应为前天", "when", None, "前天"),
        ("时间说错了", "when", None, None),
        ("刚才说错了", "", None, None),
        ("it was Tuesday, not Monday", "when", "Monday", "Tuesday"),
        ("not building 3, building 5", "where", "building 3", "building 5"),
        ("my phone number is wrong, it should be 13800138000", "contact", None, "13800138000"),
        ("sorry, it was yesterday", "when", None, "yesterday"),
        ("change the phone to 13800138000", "contact", None, "13800138000"),
        ("my name is Mary, not Marie", "who", "Marie", "Mary"),
    ],
)
def test_a_correction_tells_what_was_wrong_and_what_is_right(text, slot, old, new):
    (one,) = find(normal(text))

    assert (one.slot, one.old, one.new) == (slot, old, new)


@pytest.mark.parametrize(
    "text",
    [
        "投诉电话打不通，换了三个号码都没人接",
        "物业把电话改成空号了",
        "他们把营业时间改成了晚上",
        "这不是第一次了，是第三次了",
        "不是我不交物业费，是他们不服务",
        "这不是钱的问题，是态度的问题",
        "是不是3栋的人",
        "不是说好前天来修吗",
        "护士把我名字写错了",
        "银行把我的姓名打错了",
        "发票上的时间不对",
        "地址写错了导致快递丢失",
        "公交改线，站名改成了新村",
        "门牌号错了没人管",
        "医生把药开错了",
        "商家不给改地址",
        "不是本地人是外地人就多收费",
        "建议把开放时间改成九点",
        "希望垃圾每天清运改为一天两次",
        "能不能把垃圾桶改到楼下",
        "学校把放学时间改成五点",
        "收费不对，多收了30元",
        "不知道是3栋还是5栋",
        "他不是住户，是租客",
        "医院叫错号了",
        "快递送错地址了",
        "把我的包裹送到3栋不是5栋",
        "昨天不是周末，是上班时间",
        "这里不是停车场",
        "不是没水就是没电",
        "The bus was not on time, it was an hour late",
        "It is not a shop, it is a restaurant",
        "They changed the time to 11 pm",
    ],
)
def test_a_contrast_a_wish_or_somebody_elses_mistake_is_no_correction(text):
    assert find(normal(text)) == ()


def test_two_corrections_of_one_message_are_both_read():
    told = find(normal("不是3栋，是5栋。电话也错了，是13800138000"))

    assert [(one.slot, one.new) for one in told] == [("where", "5栋"), ("contact", "13800138000")]


@given(st.text(alphabet="不是应该错了改成时间电话3栋5昨天前天,。名字王丽 not was", max_size=120))
def test_spans_are_those_of_the_words(text):
    for one in find(text):
        if one.right is not None:
            assert text[slice(*one.right)] == one.new
        if one.wrong is not None:
            assert text[slice(*one.wrong)] == one.old
