"""Numbers that name one thing: found whole where they are well formed, and nowhere else."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric, uscc

from nlp.segment import normal
from nlp.who import people as who
from nlp.who.identifiers import birth_date, find, is_female, sound_id

ID = "11010519491231002X"  # the example of GB 11643
CODE = "91350100M000100Y43"  # the example of GB 32100
CARD = "622202100112345678" + luhn.calc_check_digit("622202100112345678")


def told(text: str) -> list[tuple[str, str]]:
    return [(one.slot, one.value) for one in find(normal(text)) if one.sound]


def wrong(text: str) -> list[str]:
    return [one.slot for one in find(normal(text)) if not one.sound]


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        (f"身份证号{ID}，请核实", "id_number", ID),
        (f"我的身份证是{ID.lower()}", "id_number", ID),
        ("身份证 110105 19491231 002X", "id_number", ID),
        ("身份证号码１１０１０５１９４９１２３１００２Ｘ", "id_number", ID),
        ("身份证一一零一零五一九四九一二三一零零二X", "id_number", ID),
        (f"公司的统一社会信用代码：{CODE}", "credit_code", CODE),
        (f"营业执照{CODE.lower()}", "credit_code", CODE),
        ("车牌湘A12345撞了我", "plate", "湘A12345"),
        ("湘a·12345", "plate", "湘A12345"),
        ("车号是苏 E 88B66", "plate", "苏E88B66"),
        ("粤BD12345的网约车", "plate", "粤BD12345"),
        ("京AF0236一直停在消防通道", "plate", "京AF0236"),
        ("大客车鲁B12345D", "plate", "鲁B12345D"),
        ("沪A1234警", "plate", "沪A1234警"),
        ("教练车川A1234学", "plate", "川A1234学"),
        ("粤Z1234港", "plate", "粤Z1234港"),
        ("粤ZA123澳的车", "plate", "粤ZA123澳"),
        ("货车冀B1234挂", "plate", "冀B1234挂"),
        ("豫Ｃ·６６６６６", "plate", "豫C66666"),
        (f"银行卡{CARD}被盗刷", "card_number", CARD),
        (f"卡号 {CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:16]} {CARD[16:]}", "card_number", CARD),
        ("ETC卡号43010000123456781234多扣了钱", "card_number", "43010000123456781234"),
        ("邮箱Zhang.San@example.com，谢谢", "email", "zhang.san@example.com"),
        ("发到 a_b-c@mail.example.com.cn。", "email", "a_b-c@mail.example.com.cn"),
        ("订单号A20260301一直没发货", "order_number", "A20260301"),
        ("订单编号：2026-0301-0001", "order_number", "2026-0301-0001"),
        ("订单号是13800138000", "order_number", "13800138000"),
        ("单号 889900112233", "order_number", "889900112233"),
        ("快递单号SF1234567890123", "waybill_number", "SF1234567890123"),
        ("运单号为75312345678901丢件了", "waybill_number", "75312345678901"),
        ("发票号码12345678", "receipt", "12345678"),
        ("小票号000123", "receipt", "000123"),
        ("航班CA1234延误", "flight", "CA1234"),
        ("坐飞机mu5735没拿到行李", "flight", "MU5735"),
        ("航班号9C8888", "flight", "9C8888"),
        ("CZ3101", "flight", "CZ3101"),
        ("PNR是JXRTYP", "booking", "JXRTYP"),
        ("订座编号ABC123", "booking", "ABC123"),
        ("工号0312的柜员态度差", "employee_number", "0312"),
        ("警号012345", "employee_number", "012345"),
        ("司机工号1208", "driver_number", "1208"),
        ("票号T000123", "ticket", "T000123"),
        ("型号X-100", "model", "X-100"),
        ("批次B20260301", "batch", "B20260301"),
        ("户号1020304050没水", "account_number", "1020304050"),
        ("业务号码13800138000被扣费", "phone_number", "13800138000"),
        ("102路公交车甩站", "route", "102路"),
        ("公交车12路 司机开车的时候抽烟", "route", "12路"),
        ("坐12路的时候", "route", "12路"),
        ("G1234次列车", "route", "G1234"),
        ("my order number is A20260301", "order_number", "A20260301"),
        ("flight CA1234 was cancelled", "flight", "CA1234"),
    ],
)
def test_a_well_formed_number_is_found_whole_under_its_slot(text, slot, value):
    assert told(text) == [(slot, value)]


@pytest.mark.parametrize(
    "text",
    [
        "电话13800138000",
        "座机0731-55512345转801",
        "我住3栋2单元1203",
        "2026年11月21日交了3500元",
        "20261121下午三点",
        "订单30个都没发",
        "有3个订单 20260301 下的",
        "和平路102号",
        "五一路88号",
        "AC1200路由器坏了",
        "桂A区",
        "新A市",
        "京东快递",
        "宁夏A级景区",
        "工号没看清",
        "车牌看不清，好像是湘A尾号23",
        "身份证丢了",
        "微信@我",
        "a@b",
        "第102路段",
        "12345热线打了10086次",
        "共计4300000元",
        "指使123456",
        "1234567890123456",
    ],
)
def test_what_only_looks_like_such_a_number_is_none(text):
    assert find(normal(text)) == []


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("身份证号110105194912310021", "id_number"),
        ("110105194912310021", "id_number"),
        ("身份证11010519491231002", "id_number"),
        ("身份证号110105194913310021", "id_number"),
        ("信用代码91350100M000100Y44", "credit_code"),
        (f"银行卡号{CARD[:-1]}{(int(CARD[-1]) + 1) % 10}", "card_number"),
    ],
)
def test_a_wrong_check_digit_is_noticed(text, slot):
    assert wrong(text) == [slot]


@pytest.mark.parametrize(
    "text",
    ["订单号13800138000", "身份证11010519491231002X", "运单号75312345678901", f"银行卡{CARD}", "批号19900001234"],
)
def test_no_such_number_is_taken_for_a_phone(text):
    plain = normal(text)
    for one in find(plain):
        plain = plain[: one.start] + "," * (one.end - one.start) + plain[one.end :]

    assert who.find_phone(plain) is None


def test_several_numbers_of_one_message_come_in_its_order():
    text = f"湘A12345的司机工号1208，我身份证{ID}，订单号A20260301"

    assert [slot for slot, _ in told(text)] == ["plate", "driver_number", "id_number", "order_number"]


def test_an_identity_card_tells_birth_and_sex():
    assert birth_date(ID).isoformat() == "1949-12-31"
    assert is_female(ID)


areas = st.integers(100000, 699999)
days = st.dates(min_value=date(1930, 1, 1), max_value=date(2020, 1, 1))


@given(area=areas, day=days, serial=st.integers(0, 999), before=st.sampled_from(["", "我身份证", "号码是", "，"]))
def test_every_sound_identity_number_is_found(area, day, serial, before):
    first = f"{area}{day:%Y%m%d}{serial:03}"
    number = first + ric.calc_check_digit(first + "0")

    assert sound_id(number)
    assert told(f"{before}{number}。") == [("id_number", number)]


@given(area=areas, day=days, serial=st.integers(0, 999), digit=st.sampled_from("0123456789X"))
def test_no_identity_number_with_a_wrong_check_digit_is_sound(area, day, serial, digit):
    first = f"{area}{day:%Y%m%d}{serial:03}"

    assert sound_id(first + digit) == (digit == ric.calc_check_digit(first + "0"))


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9))
def test_every_sound_credit_code_is_found(unit):
    first = "91350100" + unit
    code = first + uscc.calc_check_digit(first)

    assert told(f"信用代码{code}") == [("credit_code", code)]


@given(st.text(alphabet="京湘AaB12 -·@.号单订路次身份证卡X", max_size=200))
def test_any_text_gives_spans_that_lie_apart(text):
    spans = [(one.start, one.end) for one in find(text)]

    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert all(0 <= start < end <= len(text) for start, end in spans)
