"""Grade and danger."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.category.kinds import kind
from nlp.danger.urgency import danger, judge
from nlp.segment import normal


def in_danger(text: str) -> str | None:
    found = danger(normal(text))
    return found.value if found else None


def graded(text: str) -> str:
    plain = normal(text)
    return judge(plain, kind=kind(plain)).grade


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("家里着火了", "fire"),
        ("楼上冒浓烟", "fire"),
        ("电动车自燃了", "fire"),
        ("樓下起火", "fire"),
        ("楼道里好大煤气味 有人晕了", "gas"),
        ("闻到一股天然气味", "gas"),
        ("疑似燃气泄漏", "gas"),
        ("昨天煤气泄漏，到现在还在漏", "gas"),
        ("gas leak in the hallway", "gas"),
        ("我不想活了", "self_harm"),
        ("再不解决我就跳楼", "self_harm"),
        ("楼下有人持刀", "crime"),
        ("楼下正在打架", "crime"),
        ("老公又打我", "crime"),
        ("刚刚车祸，有人受伤", "traffic"),
        ("老人晕倒了", "medical"),
        ("孩子掉进井里了", "medical"),
        ("好几个学生食物中毒", "medical"),
    ],
)
def test_danger_is_seen(text, expected):
    assert in_danger(text) == expected
    assert graded(text) == "emergency"


@pytest.mark.parametrize(
    "text",
    [
        "去年着过火",
        "上个月发生过火灾",
        "没有着火",
        "消防通道被占",
        "存在火灾隐患",
        "担心引发火灾",
        "如果着火怎么办",
        "灭火器过期了",
        "火锅店油烟大",
        "工厂烟囱冒黑烟",
        "煤气灶价格太贵",
        "燃气公司乱收费",
        "怕煤气泄漏",
        "气死我了",
        "跳楼价大甩卖",
        "电脑中毒了",
        "昨天保安打人",
        "交通事故责任认定不公",
        "爆炸性新闻",
        "昨晚起火已经扑灭了",
    ],
)
def test_what_was_might_be_or_is_denied_is_no_danger_now(text):
    assert in_danger(text) is None


def test_a_long_letter_tells_of_dangers_in_passing():
    letter = "小区物业多年来不作为，" + "我们反映了很多问题。" * 20

    assert in_danger(letter + "有老人晕倒，也没有人管。") is None
    assert in_danger(letter + "现在有人晕倒了！") == "medical"
    assert in_danger("老人晕倒了！" + letter) == "medical"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我被困在电梯里", "emergency"),
        ("停水三天了", "urgent"),
        ("整栋楼没电了", "urgent"),
        ("路上井盖丢了", "urgent"),
        ("电线垂下来了", "urgent"),
        ("经常停水", "ordinary"),
        ("水费太贵", "ordinary"),
        ("小区烂尾五年", "complex"),
        ("全体业主要求换物业", "complex"),
        ("表扬社区的王师傅，又快又好", "minor"),
    ],
)
def test_the_grade_tells_how_soon_somebody_must_look(text, expected):
    assert graded(text) == expected


@given(st.text(max_size=300))
def test_every_text_has_a_grade(text):
    assert graded(text) in {"emergency", "urgent", "ordinary", "complex", "minor"}


@pytest.mark.parametrize(
    "answer", ["我先去赶车，回头再说", "没有，就我一个人", "我昨天说到一半的，接着说", "不用了", "在幸福里3栋楼下"]
)
def test_what_people_answer_in_the_middle_of_a_talk_is_no_danger(answer):
    assert danger(normal(answer)) is None
