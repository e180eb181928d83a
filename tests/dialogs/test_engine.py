"""The conversation as a citizen lives through it."""

from __future__ import annotations

import pytest

from dialogs.conversation import Stage
from dialogs.effects import Add, FileCase
from dialogs.messages import Location
from tests.dialogs.talking import NUMBER, brief

STORY = "昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着，都一个礼拜了"


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

    assert "这个号码不像能打通的" in said
    assert citizen.now.asking == "contact"


def test_anonymous_is_offered_only_where_the_institution_allows_it(citizen, owner):
    for talker in (citizen, owner):
        for text in ("楼道灯坏了一个月没人修，昨晚8点在幸福里3栋2单元1201室门口", "同意"):
            talker.says(text)
        while talker.now.asking != "who":
            talker.says("没有")

    assert citizen.choices == ["匿名", "保密"]
    assert owner.choices == ["跳过", "保密"]
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
    assert citizen.now.alarm.draft.grade == "emergency"


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


def test_english_is_answered_in_english(citizen):
    said = citizen.says("There is a broken street lamp in Renmin Road since Monday")

    assert said.startswith("Hello")
    assert citizen.choices == ["I agree", "I do not agree"]


def test_thanks_are_answered_and_not_filed(citizen):
    citizen.mine = (brief(open_=False, answer="已处理"),)

    assert "不客气" in citizen.says("谢谢")
    assert citizen.now.stage is Stage.IDLE
