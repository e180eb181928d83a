"""Questions about the office among what citizens tell; and what only looks like one."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from institutions.catalog import load_all
from nlp.questions.faq import JOINTS, parted

HOTLINE = load_all()["hotline"]

ASKED = {
    "hours": [
        "你们几点上班?",
        "周六上班吗",
        "你们晚上有人上班吗",
        "上班时间是几点到几点",
        "What are your opening hours?",
    ],
    "phone": ["你们电话多少", "怎么联系你们", "What is your phone number?"],
    "where": ["在哪里办", "要去现场吗", "能在网上办吗", "Where are you?"],
    "scope": ["这个归你们管吗", "这事你们管不管", "归谁管", "Do you handle this?"],
    "howlong": ["要多久", "多久能有结果", "什么时候给我答复", "How long will it take?"],
    "fee": ["收费吗", "投诉要钱吗", "是免费的吗", "Is it free?"],
    "confidential": [
        "会不会泄露我的名字",
        "你先说保不保密",
        "對方會不會知道",
        "请帮我保密",
        "你们会跟商家说是我投诉的吗",
        "Will my name be kept secret?",
    ],
    "trace": ["能查到是我吗", "会不会查到我头上？", "我怕被报复", "他会来找我麻烦吗"],
    "anonymous": ["可以匿名吗", "必须实名吗", "不留名字可以吗", "Can I stay anonymous?"],
    "why_ask": ["为什么要我的电话", "电话必须留吗", "要身份证号干什么", "Why do you need my phone?"],
    "data": ["谁能看到我的信息", "我的资料会怎么用", "Who can see my data?"],
    "papers": ["要带什么材料", "需要什么证据", "没有发票可以投诉吗", "Do I need a receipt?"],
    "evidence": ["可以发视频吗", "语音行吗", "Can I send photos?"],
    "bot": ["你是机器人吗", "你是真人吗", "Are you a bot?"],
    "who": ["你是谁", "你们是什么单位", "Who are you?"],
    "how": ["怎么投诉", "流程是什么", "How do I complain?"],
    "handler": ["谁来处理", "会转给哪个部门"],
    "contact_me": ["会给我打电话吗", "怎么通知我结果", "Will you call me?"],
    "change": ["说错了怎么办", "还能改吗"],
    "withdraw": ["可以撤回吗", "怎么撤销"],
    "others": ["可以帮我妈投诉吗", "能替邻居反映吗"],
    "appeal": ["不满意怎么办", "结果不满意可以再投诉吗"],
    "useful": ["投诉有用吗", "会处理吗"],
    "reward": ["有奖励吗", "Is there a reward?"],
    "status": ["ETC那个退了没", "那件事处理得怎样了", "有结果了吗", "我上次那个怎么样了", "路灯修好了没有"],
}

NOT_ASKED = [
    "食堂几点开门",
    "物业晚上有人值班吗",
    "几天了",
    "好几天了",
    "办身份证要多少钱",
    "社保多久能办好",
    "办居住证要带什么材料",
    "停车收费吗",
    "银行泄露我的信息",
    "他们是不是泄露了我的信息",
    "什么时候能通车",
    "楼上漏水怎么办",
    "老板跑了怎么办",
    "没有",
    "不知道",
    "13800138000",
    "李芳",
    "凭什么收停车费",
    "我家什么时候来电",
    "物业收费吗",
    "报警没人管",
    "不满意",
    "不能退钱吗",
    "他怎么能打人呢",
    "商家不给退怎么办",
    "能不能快点",
    "不要告诉别人小区名字",
    "电话打不通",
    "发票不给开",
    "12路几点发车",
    "没有照片",
    "派出所不受理怎么办",
    "人在现场，没人管",
]


@pytest.mark.parametrize(("topic", "text"), [(topic, text) for topic, texts in ASKED.items() for text in texts])
def test_a_question_about_the_office_is_one_and_nothing_else(topic, text):
    parts = parted(text, HOTLINE)

    assert [one.topic for one in parts.asked] == [topic]
    assert parts.rest == ""


@pytest.mark.parametrize("text", NOT_ASKED)
def test_an_answer_or_a_matter_is_no_question_about_the_office(text):
    assert parted(text, HOTLINE).asked == ()


@pytest.mark.parametrize(
    ("text", "topic", "rest"),
    [
        ("楼上漏水三天了。你们收费吗？", "fee", "楼上漏水三天了。"),
        ("我举报刘经理吃回扣。会不会查到我头上？", "trace", "我举报刘经理吃回扣。"),
        ("我们小区停水两天了你们管不管", "scope", "我们小区停水两天了"),
        ("提交，多久有结果？", "howlong", "提交"),
        ("你们几点下班？我想反映路灯坏了", "hours", "我想反映路灯坏了"),
    ],
)
def test_what_stands_beside_a_question_is_kept_where_it_was(text, topic, rest):
    parts = parted(text, HOTLINE)

    assert [one.topic for one in parts.asked] == [topic]
    assert parts.rest.strip() == rest
    assert text[len(parts.rest) - len(parts.rest.lstrip()) :].startswith(rest)


def test_a_reproach_in_a_story_is_no_question():
    assert parted("路塌了三个月，到底谁负责？", HOTLINE).asked == ()


def test_the_words_that_say_which_case_are_told():
    assert parted("路灯修好了没有", HOTLINE).asked[0].about == "路灯"
    assert parted("那件事处理得怎样了", HOTLINE).asked[0].about == "*"
    assert parted("有结果了吗", HOTLINE).asked[0].about == ""


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(sum(ASKED.values(), NOT_ASKED)), max_size=5).map("，".join))
def test_any_text_is_parted_without_loss(text):
    parts = parted(text, HOTLINE)

    for one in parts.asked:
        assert 0 <= one.start < one.end <= len(text)
    if parts.rest:
        kept = [i for i, c in enumerate(text) if c in JOINTS or (i < len(parts.rest) and parts.rest[i] == c)]
        cut = {i for one in parts.asked for i in range(one.start, one.end)}
        assert set(range(len(text))) - cut <= set(kept)


def test_a_long_text_takes_no_longer_than_it_should():
    text = "楼上漏水，谁来管，" * 400

    begun = perf_counter()
    for _ in range(5):
        parted(text, HOTLINE)

    assert (perf_counter() - begun) / 5 < 0.05
