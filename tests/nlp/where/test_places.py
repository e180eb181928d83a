"""What citizens say about places."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.catalog import BUILT_IN
from institutions.places import read
from nlp.where.gazetteer import Gazetteer
from nlp.where.places import find

PLACES = {
    "幸福里3栋楼下": {"compound": "幸福里", "building": "3栋"},
    "幸福里５栋": {"compound": "幸福里", "building": "5栋"},
    "阳光花园3栋2单元1201室": {"compound": "阳光花园", "building": "3栋", "unit": "2单元", "room": "1201室"},
    "幸福里3-2-501": {"compound": "幸福里", "building": "3", "unit": "2", "room": "501"},
    "人民路88号门口": {"road": "人民路", "number": "88号"},
    "五一路和解放路交叉口": {"road": "五一路、解放路"},
    "建设路与和平路口": {"road": "建设路、和平路"},
    "桂花村三组": {"village": "桂花村三组"},
    "青山县白云镇桂花村": {"district": "青山县", "street": "白云镇", "village": "桂花村"},
    "江苏省南京市鼓楼区中山北路100号": {
        "province": "江苏省",
        "city": "南京市",
        "district": "鼓楼区",
        "road": "中山北路",
        "number": "100号",
    },
    "花园路街道": {"street": "花园路街道"},
    "城东菜市场对面": {"poi": "城东菜市场"},
    "第三人民医院住院部": {"poi": "第三人民医院住院部"},
    "北区食堂": {"poi": "北区食堂"},
    "幸福路小学": {"road": "幸福路", "poi": "小学"},
    "小区门口": {"compound": "小区"},
    "3号楼2单元电梯里": {"building": "3号楼", "unit": "2单元"},
    "创新大厦A座1502室": {"compound": "创新大厦", "building": "A座", "room": "1502室"},
}


@pytest.mark.parametrize(("text", "pieces"), PLACES.items())
def test_an_address_comes_apart_into_its_pieces(text, pieces):
    where, start, end = find(text)[0]

    assert (where.text, where.pieces) == (text, pieces)
    assert (start, end) == (0, len(text))


LEFTOVERS = {
    "3#-5#楼都停水": {"building": "3#-5#楼"},
    "龙塘小区12#-15#停水": {"compound": "龙塘小区", "building": "12#-15#"},
    "我们小区3-5栋停电": {"compound": "小区", "building": "3-5栋"},
    "人民路88门口": {"road": "人民路", "number": "88"},
    "望江大道120-8号": {"road": "望江大道", "number": "120-8号"},
    "去人民路": {"road": "人民路"},
    "人民路2024年修过": {"road": "人民路"},
    "秦皇岛市经济技术开发区": {"province": "河北省", "city": "秦皇岛市", "district": "经济技术开发区"},
}


@pytest.mark.parametrize(("text", "pieces"), LEFTOVERS.items())
def test_ranges_and_bare_numbers_are_pieces_as_well(text, pieces):
    assert find(text)[0][0].pieces == pieces


CODED = {
    "我在江北区海尔路": ("330205", "浙江省宁波市江北区海尔路"),
    "河北区路灯坏了": ("120105", "天津市河北区"),
    "芙蓉区解放路有人占道": ("430102", "湖南省长沙市芙蓉区解放路"),
    "湖南湘潭市湘潭县城塘社区停水": ("430321", "湖南省湘潭市湘潭县城塘社区"),
    "湘潭城塘社区": ("430300", "湖南省湘潭市城塘社区"),
    "云南省红河哈尼族彝族自治州元阳县黄茅岭乡": ("532528", "云南省红河哈尼族彝族自治州元阳县黄茅岭乡"),
    "成都市新津县金华镇": ("510118", "四川省成都市新津区金华镇"),
}


@pytest.mark.parametrize(("text", "known"), CODED.items())
def test_a_countys_place_has_its_code_and_its_normal_form(text, known):
    where, *_ = find(text)[0]

    assert (where.code, where.name) == known


def test_a_countys_name_that_several_bear_has_candidates_and_no_code():
    where, *_ = find("朝阳区垃圾没人清")[0]

    assert (where.code, where.candidates) == (None, ("北京市朝阳区", "吉林省长春市朝阳区"))
    assert find("朝阳区垃圾没人清", city="长春市")[0][0].code == "220104"


@pytest.mark.parametrize("text", ["北京东路12号", "南京路步行街", "延安新村3栋", "西安交通大学"])
def test_a_road_or_school_that_bears_a_citys_name_is_in_no_city_for_that(text):
    where, *_ = find(text)[0]

    assert where.code is None
    assert where.text == text


YUNXI = Gazetteer(read(BUILT_IN / "places" / "demo_city.csv"))
HOME = {"district": "青石区", "street": "青石镇"}
KNOWN = {
    "昨晚我住的幸福里3栋停电": ("幸福里3栋", HOME | {"compound": "幸福里", "building": "3栋"}, ""),
    "棉纺厂宿舍3栋漏水": ("棉纺厂宿舍3栋", HOME | {"compound": "幸福里", "building": "3栋"}, ""),
    "幸福理3栋漏水": ("幸福理3栋", HOME | {"compound": "幸福里", "building": "3栋"}, "幸福里3栋"),
    "我住幸福理": ("幸福理", HOME | {"compound": "幸福里"}, "幸福里"),
    "青石镇政府门口": ("青石镇政府门口", HOME | {"poi": "政府"}, ""),
    "我在港区对面": ("港区对面", {"district": "临港新区"}, ""),
    "滨河路88号": ("滨河路88号", {"road": "滨河路", "number": "88号"}, ""),
    "北滨河路堵车": ("北滨河路", {"road": "北滨河路"}, ""),
}


@pytest.mark.parametrize(("text", "known"), KNOWN.items())
def test_what_the_gazetteer_knows_is_told_in_official_names_with_what_it_lies_in(text, known):
    where, *_ = find(text, YUNXI)[0]

    assert (where.text, where.pieces, where.mended) == known


def test_the_normal_form_is_the_official_name_with_all_it_lies_in():
    assert find("棉纺厂宿舍3栋漏水", YUNXI)[0][0].name == "青石区青石镇幸福里3栋"


def test_a_name_that_is_only_like_a_known_one_is_kept_and_the_known_one_suggested():
    where, *_ = find("滨江花园5栋漏水", YUNXI)[0]

    assert where.pieces == {"compound": "滨江花园", "building": "5栋"}
    assert where.suggestions == ("南塘区大塘镇滨河花园",)


@pytest.mark.parametrize("text", ["幸福里面没有痛苦", "一生幸福", "向阳的房间", "在这里说过了", "住得不舒服"])
def test_ordinary_words_become_no_place_because_a_gazetteer_is_there(text):
    assert find(text, YUNXI) == []


SENTENCES = {
    "烧垃圾和平路5号院": "和平路5号院",
    "漏水和平路18号": "和平路18号",
    "停电了幸福家园3栋": "幸福家园3栋",
    "积水中山路口": "中山路口",
    "积水潭医院门口": "积水潭医院门口",
    "23路公交车和平路站甩站": "和平路站",
    "和平路站飞站不停": "和平路站",
    "昨晚十一点多幸福里3栋楼下烧烤店又在放音响": "幸福里3栋楼下",
    "我住阳光花园5栋，楼上漏水": "阳光花园5栋",
    "今年6月底东湖花园停水三天": "东湖花园",
    "规划的住宅小区离我家只有两米": "住宅小区",
    "请问在长虹路12号办什么证": "长虹路12号",
    "昨天在城东幼儿园门口差点被车撞": "城东幼儿园门口",
    "每天晚上十点以后烧烤摊还在光明巷口放音响": "光明巷口",
    "你好，关于白云镇桂花村二组的路灯问题": "白云镇桂花村二组",
    "从人民医院到火车站绕路了": "人民医院",
}


@pytest.mark.parametrize(("sentence", "place"), SENTENCES.items())
def test_a_place_is_cut_out_of_its_sentence(sentence, place):
    assert find(sentence)[0][0].text == place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "农村户口",
        "道路很差",
        "全市人民",
        "电话13800138000",
        "2026年11月3日",
        "学校不管",
        "楼下",
        "城市管理",
        "12路公交不来",
        "走投无路",
        "超过3号",
        "晚上看不清路",
        "黑得看不见路",
        "老板关门跑路了",
        "插座短路冒火",
    ],
)
def test_words_that_only_look_like_places_are_left_alone(text):
    assert find(text) == []


def test_the_more_exact_place_comes_first():
    found = [where.text for where, _, _ in find("青山区的业主反映，幸福里3栋2单元电梯坏了")]

    assert found == ["幸福里3栋2单元电梯", "青山区"]


PLACE_WORDS = st.sampled_from(
    "省 市 县 区 镇 村 路 街 号 小区 花园 3 栋 2 单元 1201 室 楼下 门口 口 和 与 在 的 ， A 一 二 组 期 幸福 人民 学校 医院 - “ ” 里 城".split()
)


@given(st.lists(PLACE_WORDS, max_size=30).map("".join))
def test_any_jumble_of_place_words_is_read_without_a_stumble(text):
    for gazetteer in (None, YUNXI):
        for where, start, end in find(text, gazetteer):
            assert where.text == text[start:end] != ""
            assert where.pieces


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_stumble(text):
    for where, start, end in find(text):
        assert where.text == text[start:end]


@pytest.mark.parametrize(
    "text", ["小区", "一", "1", "路", "东", "3栋", "S1", "3-2-", "北区", "幸福里3栋楼下", "幸福理", "幸福里", "长沙市"]
)
def test_reading_time_grows_with_the_text_and_no_faster(text):
    def seconds(length: int) -> float:
        told = text * (length // len(text))
        best = float("inf")
        for _ in range(3):
            began = time.thread_time()  # of the processor, so that a busy machine does not count
            find(told, YUNXI)
            best = min(best, time.thread_time() - began)
        return best

    assert seconds(16_000) < 32 * max(seconds(2_000), 0.002)  # eight times as long; the square would be 64
