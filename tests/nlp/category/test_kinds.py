"""What the citizen wants to do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.category.kinds import PREFERRED, kind, told
from nlp.segment import normal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("居住证怎么办理？", "consult"),
        ("公积金提取需要什么材料", "consult"),
        ("建议增设公交站", "suggestion"),
        ("希望小区门口增加路灯", "suggestion"),
        ("举报小作坊无证经营", "report"),
        ("感谢社区帮我解决问题", "thanks"),
        ("路灯坏了，请派人修一下", "help"),
        ("楼下太吵了，谢谢", "complaint"),
        ("物业不管，为什么不修？", "complaint"),
        ("漏水", "complaint"),
        ("麻烦问一下，居住证怎么办理", "consult"),
        ("麻烦问一下，楼上天天漏水没人管", "complaint"),
        ("请问你们管不管", "complaint"),
        ("请问你们到底还管不管了，投诉三次了", "complaint"),
        ("请问营业时间", "consult"),
        ("报修三天了没人来", "complaint"),
        ("家里水管漏了，想报修", "help"),
        ("谢谢师傅一大早来帮我修水管", "thanks"),
        ("谢谢回复，可是路灯还是没修", "complaint"),
        ("有人卖假酒", "report"),
        ("谢谢你们，上周反映的路灯已经修好了", "thanks"),
        ("路灯修好了，谢谢！", "thanks"),
        ("谢谢你们，可是路灯还没修好", "complaint"),
        ("路灯修好了又坏了，谢谢", "complaint"),
        ("希望早日解决，谢谢", "complaint"),
        ("这样收费合理吗", "complaint"),
        ("How do I apply for a residence permit?", "consult"),
        ("How long does it take for a refund to arrive?", "consult"),
        ("How long does the refund take?", "consult"),
        ("Could you help me? The restaurant downstairs is too noisy every night", "help"),
        ("Could you please help us with the broken streetlight?", "help"),
        ("我的车在停车场被撞了？？？？", "complaint"),
        ("孩子在学校被老师打了??", "complaint"),
        ("身份证被锁了怎么办??", "consult"),
        ("车被拍了??怎么交罚款", "consult"),
    ],
)
def test_the_kind_is_what_the_citizen_wants_to_do(text, expected):
    assert kind(normal(text)) == expected


def test_the_subject_says_the_kind_louder_than_the_detail():
    assert kind("店里太吵") == "complaint"
    assert kind("店里太吵", subject="想问一下营业时间") == "consult"


def test_a_message_has_one_of_the_kinds_that_the_institution_takes():
    assert kind("司机开车打电话", among=("report",)) == "report"
    assert kind("夜里江边没人巡逻", among=("suggestion", "thanks", "consult")) == "suggestion"


def test_where_nothing_speaks_for_any_it_is_the_one_the_institution_names_first():
    assert kind("会计把钱借给亲戚", among=("report", "complaint")) == "report"


@given(st.text(max_size=300))
def test_every_text_has_a_kind(text):
    assert kind(normal(text)) in PREFERRED


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("昨天在幸福超市买的牛奶过期了，要求退一赔十", ("complaint",)),
        ("我要举报幸福超市一直在卖过期的牛奶，请你们查处", ("report",)),
        ("我要投诉举报幸福超市卖过期牛奶", ("complaint", "report")),
        ("我投诉幸福超市，要求退款，同时举报他们卖假货，请依法处罚", ("complaint", "report")),
        ("要求商家赔偿，并要求立案处罚", ("complaint", "report")),
        ("希望查处，不要求赔偿", ("report",)),
        ("我之前投诉过没用，现在举报他们", ("report",)),
        ("我不投诉，只举报", ("report",)),
        ("投诉举报中心没人接电话", ()),
        ("怎么举报", ()),
        ("牛奶过期了", ()),
        ("I want to complain about the shop and also report them", ("complaint", "report")),
        ("I want a refund", ("complaint",)),
    ],
)
def test_a_complaint_and_a_report_are_told_apart_by_what_is_asked_for(text, kinds):
    assert told(normal(text), ("complaint", "report")) == kinds
