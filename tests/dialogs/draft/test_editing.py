"""What the old words of an edited message filled in, the new ones correct."""

from __future__ import annotations

from dialogs.effects import Add
from dialogs.events import Before
from tests.dialogs.talking import NOW, NUMBER, Citizen, brief, heard_of

STORY = "昨晚十一点幸福里3栋楼下烧烤店放音响，吵得睡不着"
FIXED = "前天晚上十一点幸福里5栋楼下烧烤店放音响，吵得睡不着"


def edits(citizen: Citizen, old: str, new: str) -> str:
    """Change an earlier message."""
    return citizen.says(new, before=Before(old, heard_of(old).facts, NOW))


def test_everything_that_the_old_words_told_is_put_right(citizen):
    citizen.says(STORY)
    citizen.says("同意")
    said = edits(citizen, STORY, FIXED)

    values = citizen.now.draft.values
    assert "改好了" in said
    assert (values["what"], values["where"]["text"]) == (FIXED, "幸福里5栋楼下")
    assert values["when"]["start"].startswith("2026-11-19T23")


def test_an_answer_is_put_right_and_the_question_stays_open(citizen):
    for text in (STORY, "同意", "没有", "李芬"):
        citizen.says(text)
    edits(citizen, "李芬", "李芳")

    assert citizen.now.draft.values["who"] == "李芳"
    assert citizen.now.asking == "contact"


def test_what_the_new_words_no_longer_tell_is_open_again(citizen):
    citizen.says(STORY)
    citizen.says("同意")
    edits(citizen, STORY, "楼下烧烤店放音响，吵得睡不着")

    assert "when" not in citizen.now.draft.values
    assert "where" not in citizen.now.draft.values


def test_once_it_is_filed_the_new_words_are_noted_on_the_case(citizen):
    citizen.mine = (brief(filed=-1),)
    edits(citizen, STORY, FIXED)

    assert [(each.number, FIXED in each.text) for each in citizen.did(Add)] == [(NUMBER, True)]


def test_the_same_words_again_change_nothing(citizen):
    citizen.says(STORY)
    before = citizen.now.draft.values
    edits(citizen, STORY, STORY)

    assert citizen.now.draft.values == before


def test_a_code_in_the_middle_fills_in_what_nobody_told(citizen):
    citizen.says("楼下烧烤店半夜放音响，吵得睡不着")
    citizen.says(
        "你好", place={"where": {"text": "幸福里", "lat": None, "lon": None, "pieces": {}}, "target": "星光网吧"}
    )

    assert citizen.now.draft.values["where"]["text"] == "幸福里"
    assert "烧烤店" in citizen.now.draft.values["target"]  # what was told stays
