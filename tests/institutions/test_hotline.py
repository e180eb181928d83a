"""The city hotline: the whole taxonomy, words for it, departments and promises."""

from collections import Counter

import pytest

from institutions.catalog import load_all
from institutions.model import Category, Institution


@pytest.fixture(scope="module")
def hotline() -> Institution:
    return load_all()["hotline"]


def weight(category: Category, text: str) -> float:
    """What a category's words weigh in a text, without any cutting into words."""
    words = category.words | {word: value for matter in category.matters for word, value in matter.words.items()}
    return sum(value for word, value in words.items() if word in text)


def test_the_hotline_is_known_by_its_id_and_code(hotline: Institution) -> None:
    assert (hotline.id, hotline.code, hotline.name) == ("hotline", "HL", "市民服务热线")


def test_the_taxonomy_is_whole(hotline: Institution) -> None:
    matters = [matter.name for category in hotline.categories for matter in category.matters]

    assert len(hotline.categories) == 15
    assert len(matters) == 118
    assert len(set(matters)) == 103
    assert Counter(matters).most_common(3) == [("其他", 15), ("安全生产", 2), ("城市建设和市政管理", 1)]


def test_a_name_under_two_categories_has_two_paths(hotline: Institution) -> None:
    sites, industry = hotline.matter("urban/work_safety"), hotline.matter("economy/work_safety")

    assert sites.name == industry.name == "安全生产"
    assert hotline.department_for("urban", "urban/work_safety").name == "住房和城乡建设局"
    assert hotline.department_for("economy", "economy/work_safety").name == "应急管理局"


def test_every_category_has_an_english_name_and_ten_words_of_its_own(hotline: Institution) -> None:
    assert [c.id for c in hotline.categories if len(c.words) < 10 or not c.name_en] == []


def test_every_matter_but_other_has_an_english_name_and_four_words(hotline: Institution) -> None:
    poor = [
        f"{c.id}/{m.id}"
        for c in hotline.categories
        for m in c.matters
        if (m.id != "other" and len(m.words) < 4) or not m.name_en
    ]

    assert poor == []


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("楼下烧烤店半夜放音响，油烟也大，天天扰民", "城市管理局"),
        ("化工厂夜里偷排废水，气味刺鼻", "生态环境局"),
        ("饭店的油烟直排到楼上", "城市管理局"),
        ("工地夜间施工，噪声很大", "城市管理局"),
        ("什么也没说", "城市管理局"),
    ],
)
def test_pollution_goes_to_the_department_of_its_source(hotline: Institution, text: str, department: str) -> None:
    assert hotline.department_for("environment", "environment/pollution", text=text).name == department


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("路灯坏了半个月，物业说归市政管", "城乡建设"),
        ("党支部不转组织关系，入党材料也找不到了", "党务政务"),
        ("征地补偿款一直没有发，耕地也没有了", "国土资源"),
        ("楼下烧烤店半夜放音响，油烟扰民，窗都不敢开", "环境保护"),
        ("村里有人贪污公款，纪委收到举报没有回音", "纪检监察"),
        ("出租车不打表还拒载，司机骂乘客", "交通运输"),
        ("理财公司非法集资，本息都兑付不了", "经济管理"),
        ("宽带网速太慢，手机信号也差，运营商不管", "科技与信息产业"),
        ("低保停发了，残疾人的困难补助也没有", "民政"),
        ("水渠断了，稻田没法灌溉，土地流转的钱也没给", "农村农业"),
        ("健身房办卡后关门跑路，会员卡不退款", "商贸旅游"),
        ("医院医生误诊，手术后没有人给病历", "卫生计生"),
        ("派出所不给上户口，身份证也办不了", "政法"),
        ("学校强制补课，老师收资料费", "教育文体"),
        ("公司拖欠工资，不签劳动合同也不交社保", "劳动和社会保障"),
    ],
)
def test_a_plain_letter_speaks_for_its_category(hotline: Institution, text: str, category: str) -> None:
    likeliest = max(hotline.categories, key=lambda c: weight(c, text))

    assert likeliest.name == category


def test_no_word_stands_twice_in_a_category(hotline: Institution) -> None:
    for category in hotline.categories:
        words = Counter(word for item in (category, *category.matters) for word in item.words)

        assert [word for word, count in words.items() if count > 1] == [], category.id


def test_a_longer_word_weighs_at_least_what_its_part_weighs(hotline: Institution) -> None:
    """Because the longest word at a place counts, and hides its parts."""
    for category in hotline.categories:
        words = category.words | {word: value for matter in category.matters for word, value in matter.words.items()}
        light = [word for word, value in words.items() for part in words if part in word and words[part] > value]

        assert light == [], category.id


def test_the_promise_depends_on_the_grade(hotline: Institution) -> None:
    answer = hotline.clocks["answer"]

    assert answer.starts == "received"
    assert answer.length == {"emergency": "24h", "urgent": "24h", "ordinary": "7d", "complex": "15d", "minor": "7d"}
    assert hotline.clocks["contact"].length == {"emergency": "30m", "urgent": "2h"}
    assert hotline.clocks["accept"].length == "1wd"


def test_a_citizen_may_stay_anonymous_and_is_asked_in_this_order(hotline: Institution) -> None:
    assert (hotline.anonymous, hotline.confidential) == (True, "offered")
    assert hotline.required == ("what", "when", "where", "evidence", "who", "contact")
    assert hotline.optional == ("request",)


@pytest.mark.parametrize("number", ["110", "119", "120", "122", "12368", "95598"])
def test_what_is_not_the_hotline_s_is_sent_to_the_right_number(hotline: Institution, number: str) -> None:
    assert any(number in row.say and number in row.say_en for row in hotline.elsewhere)
