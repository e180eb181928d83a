"""Named schools, branches, stations, firms, each under the slot it may fill."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.segment import normal
from nlp.who.organisations import find


@pytest.mark.parametrize(
    ("text", "slot", "value"),
    [
        ("第一中学食堂的饭是馊的", "school", "第一中学"),
        ("孩子在实验小学被老师打了", "school", "实验小学"),
        ("投诉阳光幼儿园体罚孩子", "school", "阳光幼儿园"),
        ("市二中晚自习太晚", "school", "市二中"),
        ("东江职业技术学院乱收费", "school", "东江职业技术学院"),
        ("昨天在城南收费站多扣了我的钱", "station", "城南收费站"),
        ("在建设银行人民路支行排了三个小时", "branch", "建设银行人民路支行"),
        ("和平路营业厅的人态度差", "branch", "和平路营业厅"),
        ("东湖景区门票太贵", "scenic_spot", "东湖景区"),
        ("星光旅行社强制购物", "scenic_spot", "星光旅行社"),
        ("星光网吧让未成年人进", "business", "星光网吧"),
        ("滨河路改造工程噪音大", "project", "滨河路改造工程"),
        ("施工的是中天建筑公司", "contractor", "中天建筑公司"),
        ("我在红星机械厂上班，三年没交社保", "employer", "红星机械厂"),
        ("蓝天科技有限公司拖欠我3个月工资", "employer", "蓝天科技有限公司"),
        ("中天建设集团拖欠工资", "employer", "中天建设集团"),
        ("上个月在百货商场买的电热水壶", "seller", "百货商场"),
        ("在万家超市买了过期牛奶", "seller", "万家超市"),
        ("星光电器厂生产的热水壶漏电", "maker", "星光电器厂"),
    ],
)
def test_a_named_organisation_is_found_under_its_slot(text, slot, value):
    assert [(one.slot, one.value) for one in find(normal(text))] == [(slot, value)]


@pytest.mark.parametrize(
    "text",
    [
        "我们小学",
        "这所学校乱收费",
        "学校食堂",
        "幼儿园附近的工地",
        "大学生实习补贴",
        "物业公司不管",
        "那家公司骗人",
        "楼下的超市半夜放歌",
        "门口有个酒吧",
        "隔壁网吧很吵",
        "孩子上小学了",
        "去银行网点排队",
        "公司不发工资",
    ],
)
def test_a_kind_alone_names_nothing(text):
    assert find(normal(text)) == []


@given(st.text(alphabet="第一二中小学大校公司店厂的在我路支行景区,", max_size=120))
def test_any_text_gives_spans_of_itself(text):
    for one in find(text):
        assert text[one.start : one.end] == one.value
