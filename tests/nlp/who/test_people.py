"""Names and phone numbers, in running text and as answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.segment import normal
from nlp.who.people import _mobiles, _numbers, find_name, find_phone, name, phone

MINE, OTHER = "19900001234", "13800138000"


def told_name(text: str) -> str | None:
    found = find_name(normal(text))
    return found.value if found else None


def told_phone(text: str) -> str | None:
    found = find_phone(normal(text))
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我叫王小明住在3栋", "王小明"),
        ("我叫王芳家住3栋，水管坏了", "王芳"),
        ("我是王芳，电话" + MINE, "王芳"),
        ("我是和平里业主李明", "李明"),
        ("我是王女士", "王女士"),
        ("我姓陈", "陈"),
        ("本人刘建国，家住幸福里", "刘建国"),
        ("姓名：欧阳娜娜", "欧阳娜娜"),
        ("姓名:阿依古丽·买买提", "阿依古丽·买买提"),
        ("我叫高峰", "高峰"),
        ("叫我老王就行", "老王"),
        ("要求退款。王芳 " + MINE, "王芳"),
        ("业主：张伟", "张伟"),
        ("我叫陳靜", "陈静"),
        ("My name is John Smith, no water", "John Smith"),
    ],
)
def test_a_name_is_read_where_the_citizen_gives_it(text, expected):
    assert told_name(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "我是3栋的业主",
        "我是高中生",
        "我是车主",
        "我是党员",
        "我是王芳的妈妈",
        "我是向您反映一件事",
        "我是任家村的",
        "本人方便的时候",
        "本人马上要搬家",
        "老板叫王强",
        "我叫了王师傅来修",
        "小区名字叫王家湾",
        "楼下太吵了",
    ],
)
def test_other_peoples_names_and_what_one_is_are_no_name(text):
    assert told_name(text) is None


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("王芳", "王芳"),
        ("刘芳。", "刘芳"),
        ("司马光", "司马光"),
        ("李先生", "李先生"),
        ("姓王", "王"),
        ("王芳 " + MINE, "王芳"),
        ("王女士，电话" + MINE, "王女士"),
        ("John Smith", "John Smith"),
    ],
)
def test_a_bare_answer_is_a_name(answer, expected):
    assert name(answer) == expected


@pytest.mark.parametrize(
    "answer", ["随便", "不想说", "匿名", "没有", "方便", "高兴", "车太吵", "白天吵", "物业", "", "😀", MINE]
)
def test_an_answer_without_a_name_gives_none(answer):
    assert name(answer) is None


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (OTHER, "+8613800138000"),
        ("138 0013 8000", "+8613800138000"),
        ("138-0013-8000", "+8613800138000"),
        ("+86 13800138000", "+8613800138000"),
        ("００８６１３８００１３８０００", "+8613800138000"),
        ("一三八零零一三八零零零", "+8613800138000"),
        ("021-61234567", "+862161234567"),
        ("021-61234567转801", "+862161234567;ext=801"),
        ("02161234567-801", "+862161234567;ext=801"),
        ("400-820-8820", "+864008208820"),
        ("+852 9123 4567", "+85291234567"),
        ("61234567", "61234567"),
    ],
)
def test_a_number_is_given_back_in_one_form(answer, expected):
    assert phone(answer) == expected


@pytest.mark.parametrize(
    "answer",
    [
        "138****8000",
        "1380013****",
        "12345",
        "110",
        "95588",
        "1380013800",
        "138001380001",
        "110101199003070019",
        "202611211380013800012",
        "20261121",
        "没有",
        "",
    ],
)
def test_masked_short_and_other_numbers_are_refused(answer):
    assert phone(answer) is None


def test_of_two_numbers_the_citizens_own_is_taken():
    assert told_phone(f"物业电话{OTHER}打不通，我电话{MINE}") == f"+86{MINE}"


@pytest.mark.parametrize(
    "text",
    [
        f"物业电话{OTHER}打不通",
        f"打了{OTHER}没人接",
        f"骗子用{OTHER}打给我",
        f"房东{OTHER}",
        "客服4008208820不理人",
        "打了12345三次",
        "订单号202611211380013800012没发货",
    ],
)
def test_numbers_of_the_other_side_are_not_the_citizens(text):
    assert told_phone(text) is None


@given(st.text(max_size=200))
def test_reading_names_and_numbers_never_fails_and_points_into_the_text(text):
    plain = normal(text)
    for found in (find_name(plain), find_phone(plain)):
        assert found is None or 0 <= found.start < found.end <= len(plain)
    name(text)
    phone(text)


@given(
    st.from_regex(r"199 ?0000 ?[0-9]{4}", fullmatch=True), st.sampled_from(["", "电话", "我的手机号是", "请回复我，"])
)
def test_a_well_formed_number_is_never_missed(number, lead):
    digits = number.replace(" ", "")

    assert phone(lead + number) == told_phone(lead + number) == f"+86{digits}"


NOT_GIVEN_OUT = ("179" + "0" * 8, "140" + "0" * 8)
BESIDE = "0731-88888888 12345 1802室 2张 34 电话 号 转801 x12 ~ #5 +86 ext3 - , 。 : 、 ( )".split()
SAID = st.sampled_from((MINE, OTHER, *NOT_GIVEN_OUT, *BESIDE, " ", "\n"))


@given(st.lists(SAID, min_size=1, max_size=7).map("".join))
def test_mobile_numbers_that_stand_alone_are_read_as_the_matcher_reads_them(digits):
    """The quick way never finds other numbers than the slow one."""
    quick = _mobiles(digits)

    assert quick in ([], list(_numbers(digits)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("我是工头小李，老板欠钱", "小李"),
        ("我是司机王强", "王强"),
        ("我是小区楼长张桂兰", "张桂兰"),
        ("我是工人，老板跑了", None),
        ("我是老师说的那个家长", None),
        ("我是员工 高温补贴没发", None),
    ],
)
def test_what_somebody_is_may_stand_before_their_name(text, told):
    assert told_name(text) == told
