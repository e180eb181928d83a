"""The conversation as a citizen lives through it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialogs.conversation import Stage
from dialogs.effects import Add, Claim, FileCase, Rate, Withdraw
from dialogs.events import Brief, VisitBackDue
from dialogs.messages import Location
from institutions.catalog import load_all
from tests.dialogs.talking import NOW, NUMBER, Citizen

STORY = "昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着，都一个礼拜了"


@pytest.fixture
def citizen() -> Citizen:
    """Somebody who writes to the city hotline for the first time."""
    return Citizen(load_all()["hotline"])


@pytest.fixture
def owner() -> Citizen:
    """Somebody who writes to the property manager, which takes no anonymous complaints."""
    return Citizen(load_all()["property"])


def brief(*, open_: bool = True, answer: str = "") -> Brief:
    return Brief(
        NUMBER,
        "办理中",
        "With the department",
        "城市管理局",
        "City Management",
        NOW,
        "烧烤店放音响",
        NOW + timedelta(days=7),
        answer,
        open_,
    )


def test_one_message_tells_nearly_all_and_only_the_rest_is_asked(citizen):
    citizen.says(STORY)
    asked = citizen.says("同意")

    assert "照片" in asked
    assert citizen.now.asking == "evidence"
    assert citizen.now.draft.values["where"]["text"] == "幸福里3栋楼下"
    assert citizen.now.draft.values["when"]["start"] == "2026-11-20T23:00:00+08:00"


def test_the_first_answer_says_who_we_are_what_happens_with_the_words_and_asks_for_consent(citizen):
    said = citizen.says(STORY)

    assert said.startswith("您好，这里是")
    assert "只用来办理这件事" in said
    assert citizen.choices == ["同意", "不同意"]


def test_without_consent_nothing_is_kept_in_the_draft(citizen):
    citizen.says(STORY)
    said = citizen.says("不同意")

    assert "这次不登记" in said
    assert citizen.now.draft.values == {}


def test_a_whole_conversation_ends_in_a_case_and_a_receipt(citizen):
    citizen.says(STORY)
    citizen.says("同意")
    assert "收到1张照片" in citizen.says(photos=1)
    citizen.says("李芳")
    citizen.says("13800138000")
    summary = citizen.to_summary()
    receipt = citizen.says("提交")

    assert "请核对" in summary
    assert "138****8000" in summary
    filed = citizen.did(FileCase)[0].draft
    assert (filed.values["who"], filed.values["contact"]) == ("李芳", "+8613800138000")
    assert filed.evidence == ((1, "photo"),)
    assert NUMBER in receipt
    assert "11月28日 9:12" in receipt


def test_questions_come_one_at_a_time(citizen):
    citizen.says("你好")
    said = [citizen.says("同意"), citizen.says("楼下烧烤店半夜放音响，吵得睡不着"), citizen.says("昨晚11点")]

    assert [text.count("？") for text in said] == [0, 1, 1]


def test_a_correction_at_the_summary_changes_what_was_wrong(citizen):
    for text in (STORY, "同意"):
        citizen.says(text)
    citizen.to_summary()

    said = citizen.says("不是3栋，是5栋")

    assert "改好了" in said
    assert citizen.now.draft.values["where"]["text"] == "幸福里5栋楼下"
    assert "3栋" not in citizen.now.draft.values["what"]


def test_every_slot_can_be_changed_from_the_summary(citizen):
    for text in (STORY, "同意"):
        citizen.says(text)
    citizen.to_summary()
    citizen.says("改一项")

    citizen.says("地点")
    said = citizen.says("人民路12号菜市场门口")

    assert "请核对" in said
    assert "人民路12号" in citizen.now.draft.values["where"]["text"]


def test_the_category_can_be_changed_by_the_citizen(citizen):
    for text in (STORY, "同意"):
        citizen.says(text)
    citizen.to_summary()
    for text in ("改一项", "类别", "交通运输"):
        citizen.says(text)

    proposal = citizen.now.draft.proposal
    assert proposal is not None
    assert proposal["top"][0]["category"] == "交通运输"
    assert citizen.now.stage is Stage.CONFIRMING


def test_a_bad_phone_number_is_asked_again_with_the_reason(citizen):
    for text in (STORY, "同意", "没有", "李芳"):
        citizen.says(text)

    said = citizen.says("12345678")

    assert "这不像电话号码" in said
    assert citizen.now.asking == "contact"


def test_anonymous_is_offered_only_where_the_institution_allows_it(citizen, owner):
    for talker in (citizen, owner):
        for text in ("楼道灯坏了一个月没人修，昨晚8点在幸福里3栋2单元1201室门口", "同意"):
            talker.says(text)
        while talker.now.asking != "who":
            talker.says("没有")

    assert citizen.choices == ["匿名"]
    assert owner.choices == ["跳过"]
    assert "需要实名" in owner.says("不想说")
    assert "先这样登记" in owner.says("不想说")
    assert citizen.says("匿名").startswith("好的，按匿名登记")


def test_back_asks_the_question_before_again(citizen):
    for text in (STORY, "同意", "没有"):
        citizen.says(text)

    said = citizen.says("返回")

    assert "照片" in said


def test_cancel_is_asked_once_and_then_done(citizen):
    citizen.says(STORY)

    assert citizen.choices == ["同意", "不同意"]
    assert "确定取消" in citizen.says("取消")
    assert "已取消" in citizen.says("取消登记")
    assert citizen.now.stage is Stage.IDLE


def test_a_cancelled_order_in_a_story_is_no_command(citizen):
    citizen.says("他们取消了我的订单还不退款，请帮我处理")

    assert citizen.now.stage is Stage.CONSENT
    assert "取消了我的订单" in citizen.now.draft.values["what"]


def test_help_in_the_middle_comes_back_to_the_question(citizen):
    for text in (STORY, "同意"):
        citizen.says(text)

    said = citizen.says("帮助")

    assert "查进度" in said
    assert "照片" in said.split("\n")[-1]


def test_danger_is_answered_first(citizen):
    said = citizen.says("楼道里好大煤气味，有人晕倒了，在幸福里3栋")

    assert "119" in said.split("\n")[0]
    assert citizen.now.draft.grade == "emergency"


def test_an_empty_message_is_said_to_be_empty(citizen):
    citizen.says(STORY)

    assert "没有收到内容" in citizen.says("  ")


@pytest.mark.parametrize("text", ["😀😀😀", "' OR 1=1 --", "<script>alert(1)</script>", "\x07\x1b[31m", "。。。", "1"])
def test_nonsense_is_answered_kindly_and_asked_again(citizen, text):
    citizen.says("你好")
    citizen.says("同意")
    said = citizen.says(text)

    assert said
    assert citizen.now.stage in {Stage.ASKING, Stage.CONFIRMING}


def test_a_long_story_is_kept_whole(citizen):
    story = STORY + "，还有" + "很吵" * 20_000

    said = citizen.says(story)

    assert "已全文保存" in said
    assert citizen.now.draft.values["what"] == story
    assert len(said) < 600


def test_a_file_that_was_refused_is_named_with_the_reason(citizen):
    for text in (STORY, "同意"):
        citizen.says(text)

    said = citizen.says(remarks=(("file.large", "长视频.mp4"),))

    assert "长视频.mp4超过了 20 MB" in said
    assert citizen.now.asking == "evidence"


def test_a_pin_is_the_place(citizen):
    citizen.says("楼下烧烤店昨晚半夜放音响，吵得睡不着")
    citizen.says("同意")
    citizen.says(pin=Location(28.2, 112.9, "人民公园"))

    where = citizen.now.draft.values["where"]
    assert (where["lat"], where["lon"]) == (28.2, 112.9)
    assert where["text"] == "人民公园"


def test_more_about_an_open_case_is_sorted_by_one_question(citizen):
    citizen.mine = (brief(),)
    citizen.now = type(citizen.now)(consented=True)

    asked = citizen.says("昨晚烧烤店又放音响了，比上次还吵")
    citizen.says("补充这一件")

    assert "补充" in asked
    assert citizen.did(Add)[0].number == NUMBER
    assert "又放音响" in citizen.did(Add)[0].text


def test_a_new_matter_beside_an_open_case_begins_at_once(citizen):
    citizen.mine = (brief(),)
    citizen.now = type(citizen.now)(consented=True)
    citizen.says("中山路的路灯坏了一个星期，晚上太黑")
    citizen.says("新的事")

    assert citizen.now.stage is Stage.ASKING
    assert "路灯" in citizen.now.draft.values["what"]


def test_a_photo_after_filing_goes_to_the_open_case(citizen):
    citizen.mine = (brief(),)
    said = citizen.says(photos=1)

    assert NUMBER in said
    assert citizen.did(Add)[0].evidence == (1,)


def test_progress_shows_ones_own_case(citizen):
    citizen.mine = (brief(),)

    said = citizen.says("进度")

    assert NUMBER in said
    assert "办理中" in said
    assert "11月28日" in said


def test_somebody_elses_number_needs_the_phone_on_file(citizen):
    said = citizen.says(NUMBER, number=NUMBER)
    refused = citizen.says("13800138000")

    assert "手机号" in said
    assert citizen.did(Claim) == [Claim(NUMBER, "+8613800138000")]
    assert "对不上" in refused


def test_a_case_can_be_taken_back_after_a_question(citizen):
    citizen.mine = (brief(),)
    citizen.says("进度")
    citizen.says("撤回这件")
    said = citizen.says("撤回")

    assert citizen.did(Withdraw) == [Withdraw(NUMBER)]
    assert "已撤回" in said


def test_the_visit_back_asks_three_things_and_thanks(citizen):
    asked = citizen.event(VisitBackDue(NUMBER))
    said = [citizen.says("联系过"), citizen.says("解决了"), citizen.says("很满意")]

    assert "联系过您吗" in asked
    assert ["解决了吗" in said[0], "满意吗" in said[1], "谢谢您的评价" in said[2]] == [True, True, True]
    assert citizen.did(Rate)[-1] == Rate(NUMBER, True, "yes", 5)


def test_not_solved_reopens_and_says_the_new_date(citizen):
    citizen.event(VisitBackDue(NUMBER))
    citizen.says("没有联系")
    said = citizen.says("没解决")

    assert "很抱歉" in said
    assert "12月5日" in said
    assert "满意吗" in said


def test_an_old_button_of_a_finished_visit_back_is_answered_kindly(citizen):
    said = citizen.says(choice=f"visit:{NUMBER}:solved:yes")

    assert "已经记下了" in said


def test_a_visit_back_does_not_disturb_a_draft(citizen):
    for text in (STORY, "同意"):
        citizen.says(text)

    citizen.event(VisitBackDue(NUMBER))

    assert citizen.now.asking == "evidence"
    citizen.says("没有")
    assert citizen.now.asking == "who"
    assert citizen.now.survey is not None


def test_english_is_answered_in_english(citizen):
    said = citizen.says("There is a broken street lamp in Renmin Road since Monday")

    assert said.startswith("Hello")
    assert citizen.choices == ["I agree", "I do not agree"]


def test_thanks_are_answered_and_not_filed(citizen):
    citizen.mine = (brief(open_=False, answer="已处理"),)

    assert "不客气" in citizen.says("谢谢")
    assert citizen.now.stage is Stage.IDLE


@pytest.mark.parametrize(
    ("answers", "rated"),
    [
        (("没有", "没有解决", "2分"), (False, "no", 2)),
        (("打过电话", "还是漏水", "不太满意"), (True, "no", 2)),
        (("有", "修好了", "非常满意"), (True, "yes", 5)),
        (("联系了", "解决了一部分", "还行"), (True, "partly", 3)),
        (("yes", "yes", "5"), (True, "yes", 5)),
    ],
)
def test_the_visit_back_understands_answers_in_ones_own_words(citizen, answers, rated):
    citizen.event(VisitBackDue(NUMBER))
    for answer in answers:
        citizen.says(answer)

    last = citizen.did(Rate)[-1]
    assert (last.contacted, last.solved, last.satisfied) == rated


def test_a_new_matter_told_during_a_visit_back_is_no_answer_to_it(citizen):
    citizen.event(VisitBackDue(NUMBER))
    citizen.says("中山路的路灯坏了一个星期了，晚上走路太黑，请派人来修一下")

    assert citizen.now.draft.values["what"].startswith("中山路")
    assert citizen.did(Rate) == []


def test_an_old_button_does_nothing_and_the_open_question_is_asked_again(citizen):
    for text in (STORY, "同意"):
        citizen.says(text)

    said = citizen.says(choice="submit")

    assert "之前的" in said
    assert "照片" in said
    assert citizen.did(FileCase) == []


def test_an_old_button_does_not_end_a_visit_back(citizen):
    citizen.event(VisitBackDue(NUMBER))
    for answer in ("联系过", "没解决", "很不满意"):
        citizen.says(answer)

    said = citizen.says(choice="submit")
    citizen.says("店还在吵")

    assert "还有想说的吗" in said
    assert citizen.did(Rate)[-1].remark == "店还在吵"


def test_a_case_number_in_the_middle_is_answered_and_is_no_date(citizen):
    citizen.now = type(citizen.now)(consented=True)
    citizen.says("中山路的路灯坏了")
    said = citizen.says(NUMBER, number=NUMBER)

    assert "不是在这个聊天里登记的" in said
    assert "when" not in citizen.now.draft.values


def test_a_sentence_said_instead_of_cancelling_is_kept(citizen):
    for text in (STORY, "同意", "取消"):
        citizen.says(text)

    citizen.says("店里又开始吵了，还摔瓶子")

    assert "摔瓶子" in citizen.now.draft.values["what"]


def test_a_phone_told_at_the_summary_ends_anonymity(citizen):
    for text in (STORY, "同意"):
        citizen.says(text)
    citizen.to_summary()

    said = citizen.says("13800138000")

    assert "138****8000" in said
    assert "anonymous" not in citizen.now.draft.values
    assert "13800138000" not in citizen.now.draft.values["what"]


def test_another_phone_told_at_another_question_replaces_the_first(citizen):
    for text in (STORY, "同意", "没有", "李芳", "13800138000"):
        citizen.says(text)
    assert citizen.now.asking == "request"

    citizen.says("我的电话是19900000002才对")

    assert citizen.now.draft.values["contact"] == "+8619900000002"
    assert citizen.now.asking == "request"


def test_an_emergency_is_told_the_numbers_again_and_promised_no_date(citizen):
    for text in ("楼道里好大煤气味，有人晕倒了，在幸福里3栋", "同意", "匿名"):
        citizen.says(text)
    receipt = citizen.says("提交")

    assert "紧急情况登记" in receipt
    assert "119" in receipt
    assert "前答复" not in receipt


GAS = "我家煤气泄漏了，味道很大，幸福里3栋"


@pytest.mark.parametrize(
    "before",
    [
        ("进度", "撤回这件"),
        (NUMBER,),
        ("visit",),
        ("visit", "联系过"),
        ("visit", "联系过", "没解决", "很不满意"),
        ("昨晚又吵了",),
    ],
)
@pytest.mark.parametrize("words", [GAS, "煤气泄漏，我不投诉了怎么办", "没电了，电线着火了", "有人被困电梯里了"])
def test_danger_is_heard_whatever_was_going_on(citizen, before, words):
    citizen.now = type(citizen.now)(consented=True)
    citizen.mine = (brief(),)
    for text in before:
        if text == "visit":
            citizen.event(VisitBackDue(NUMBER))
        else:
            citizen.says(text, number="20261121-HL-000999-1" if text == NUMBER else "")

    said = citizen.says(words)

    assert "119" in said.split("\n")[0]
    assert citizen.now.draft.grade == "emergency"
    assert citizen.now.draft.values["what"]


def test_words_that_are_no_yes_keep_the_case_and_are_listened_to(citizen):
    citizen.mine = (brief(),)
    citizen.now = type(citizen.now)(consented=True)
    for text in ("进度", "撤回这件"):
        citizen.says(text)

    citizen.says("人民路12号的路灯坏了")

    assert citizen.did(Withdraw) == []
    assert "路灯" in citizen.now.draft.values["what"]


def test_a_side_question_keeps_the_draft(citizen):
    citizen.now = type(citizen.now)(consented=True)
    citizen.says("小区门口井盖丢了，很危险")
    asked = citizen.now.asking
    citizen.mine = (brief(),)

    said = citizen.says(choice=f"withdraw:{NUMBER}")

    assert NUMBER in said
    assert citizen.now.asking == asked
    assert "井盖" in citizen.now.draft.values["what"]
