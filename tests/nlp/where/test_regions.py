"""Provinces, prefectures and counties by name and code."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.where.regions import regions, short

ALL = regions()


def test_every_code_is_six_digits_and_lies_in_a_province():
    assert len(ALL.by_code) > 3200
    assert all(re.fullmatch(r"\d{6}", code) and region.province for code, region in ALL.by_code.items())


def test_there_are_34_provinces_and_none_of_their_names_is_anothers():
    names = [region.name for region in ALL.by_code.values() if region.level == "province"]

    assert len(names) == len(set(names)) == 34


NAMED = {
    "岳麓区": ("430104", "湖南省长沙市岳麓区"),
    "河北区": ("120105", "天津市河北区"),
    "海南藏族自治州": ("632500", "青海省海南藏族自治州"),
    "红河州": ("532500", "云南省红河哈尼族彝族自治州"),
    "内蒙古": ("150000", "内蒙古自治区"),
    "湘潭": ("430300", "湖南省湘潭市"),
    "湘潭县": ("430321", "湖南省湘潭市湘潭县"),
    "湖南湘潭市湘潭县": ("430321", "湖南省湘潭市湘潭县"),
    "长春市朝阳区": ("220104", "吉林省长春市朝阳区"),
    "内蒙古通辽市科尔沁左翼后旗": ("150522", "内蒙古自治区通辽市科尔沁左翼后旗"),
    "北京市朝阳区": ("110105", "北京市朝阳区"),
    "仙桃市": ("429004", "湖北省仙桃市"),
    "成都市新津县": ("510118", "四川省成都市新津区"),
}


@pytest.mark.parametrize(("name", "region"), NAMED.items())
def test_a_name_has_its_code_and_all_it_lies_in(name, region):
    (meant,) = ALL.meant(ALL.split(name))

    assert (meant.code, meant.whole) == region


def test_a_name_of_several_stays_open_until_the_institutions_city_decides():
    names = ALL.split("朝阳区")

    assert [region.code for region in ALL.meant(names)] == ["110105", "220104"]
    assert [region.code for region in ALL.meant(names, city="长春市")] == ["220104"]
    assert [region.code for region in ALL.meant(names, city="110000")] == ["110105"]


def test_the_text_weighs_more_than_the_institutions_city():
    assert [region.code for region in ALL.meant(ALL.split("北京朝阳区"), city="长春市")] == ["110105"]


@pytest.mark.parametrize("text", ["", "市", "幸福里", "长沙人民路", "北京的朝阳区"])
def test_what_is_not_wholly_names_is_not_read_as_some(text):
    assert ALL.split(text) == ()


@pytest.mark.parametrize(
    ("name", "spoken"),
    [("长沙市", "长沙"), ("广西壮族自治区", "广西"), ("湘西土家族苗族自治州", "湘西"), ("赵县", "赵县")],
)
def test_people_say_less_than_the_whole_name(name, spoken):
    assert short(name) == spoken


@given(st.sampled_from(sorted(ALL.by_code)))
def test_every_region_is_found_by_its_whole_name(code):
    region = ALL.by_code[code]

    assert region in ALL.meant(ALL.split(region.whole))
