"""Whom a message complains of, and what it asks for."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from institutions.catalog import load_all
from nlp.understand import understand

NOW = datetime(2026, 11, 21, 9, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
HOTLINE = load_all()["hotline"]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("和平路5号烧烤店半夜放音响", "和平路5号烧烤店"),
        ("投诉和平路5号烧烤店", "和平路5号烧烤店"),
        ("楼上住户天天漏水到我家", "楼上住户"),
        ("我住在楼上，楼下的烧烤店太吵", "烧烤店"),
        ("公摊面积太大，开发商不解释", "开发商"),
        ("在购物平台买的鞋子开胶，商家不退货", "商家"),
        ("隔壁邻居装修到半夜", "隔壁邻居"),
        ("物业李经理骂人", "物业李经理"),
        ("班主任王老师打学生", "班主任王老师"),
        ("我们小学旁边的工地夜里施工", "工地"),
        ("医院门口的水果摊乱收费", "水果摊"),
        ("出租车司机绕路", "出租车司机"),
        ("派出所不出警", "派出所"),
        ("联系物业，物业不管", "物业"),
        ("盛嘉房地产有限公司不交房", "盛嘉房地产有限公司"),
        ("多次催促开发商都没有结果", "开发商"),
    ],
)
def test_the_one_complained_of_is_named(text, target):
    assert understand(text, now=NOW, institution=HOTLINE).target == target


@pytest.mark.parametrize(
    "text",
    [
        "住在学校门口，每天堵车",
        "信访平台没人回复",
        "隔壁小区的狗天天叫",
        "公摊面积太大",
        "我住在楼上",
        "请有关部门来管管",
        "放学时堵得走不动，能不能派个交警来",
        "能否派城管来看看",
    ],
)
def test_a_landmark_or_whom_one_asks_is_not_complained_of(text):
    assert understand(text, now=NOW, institution=HOTLINE).target is None


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("要求物业公开账目", "要求物业公开账目"),
        ("物业公司要求业主交三年物业费，我们要求退还", "要求退还"),
        ("路坏了半年，请有关部门体谅百姓，尽快修复道路", "请有关部门体谅百姓，尽快修复道路"),
        ("工厂偷排污水，望相关部门查实", "望相关部门查实"),
        ("小区停水三天了，求解决", "求解决"),
        ("鞋子开胶了，我想退货退款", "我想退货退款"),
        ("路灯坏了，希望尽快处理，谢谢", "希望尽快处理"),
        ("强烈要求严惩黑中介", "强烈要求严惩黑中介"),
    ],
)
def test_what_is_asked_for_is_told_to_its_end(text, request_):
    assert understand(text, now=NOW, institution=HOTLINE).request == request_


@pytest.mark.parametrize(
    "text",
    [
        "开发商要求我们先交钱才给钥匙，这种要求违法",
        "物业要求业主自己换锁，要求合理吗",
        "多次联系都没有回应，太失望了",
        "他们拒绝了我的请求",
    ],
)
def test_what_the_other_side_demands_is_no_wish_of_the_citizens(text):
    assert understand(text, now=NOW, institution=HOTLINE).request is None
