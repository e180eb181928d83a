"""A conversation saved by another version: read as far as it fits, and what was told is never lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.conversation import Conversation, Stage
from dialogs.restoring import Misfit, restored
from tests.dialogs.talking import HOTLINE, Citizen
from tests.fuzzing import examples

STORY = "楼下烧烤店放音响，吵得睡不着"
TOLD = ["你好", STORY, "昨晚11点", "幸福里3栋楼下", "我叫李芳", "13800138000", "同意", "没有"]
junk = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.text(max_size=5), st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
)  # fmt: skip


def state(*texts: str) -> Any:
    """What is stored after these words."""
    citizen = Citizen(HOTLINE)
    for text in texts:
        citizen.says(text)
    return json.loads(json.dumps(citizen.now.to_json()))


def going_on(stored: dict[str, Any]) -> Citizen:
    """The citizen whose conversation that is."""
    citizen = Citizen(HOTLINE)
    citizen.now = Conversation.from_json(stored)
    return citizen


def words_of(now: Conversation) -> str:
    """All that is kept of what was told."""
    drafts = [now.draft, *(kept.draft for kept in now.shelf), *([now.aside] if now.aside else [])]
    return " ".join(str(draft.values) for draft in drafts)


def test_what_is_written_is_read_again():
    stored = state(STORY, "同意", "昨晚11点")

    assert json.loads(json.dumps(Conversation.from_json(stored).to_json())) == stored


def test_the_first_version_of_all_goes_on():
    stored = {
        "version": 1,
        "stage": "asking",
        "language": "zh",
        "consented": True,
        "draft": {"values": {"what": STORY}, "evidence": [[1, "photo"]], "skipped": [], "asked": ["when"]},
        "asking": "when",
        "offered": [["skip", "跳过"]],
    }
    citizen = going_on(stored)

    assert "幸福里" in citizen.says("在幸福里3栋楼下")
    assert citizen.now.draft.evidence == ((1, "photo"),)
    assert citizen.now.asking == "when"


@pytest.mark.parametrize(
    "change", [{"stage": "pondering"}, {"stage": 7}, {"stage": "asking", "asking": "shoe_size"}, {"stage": ["asking"]}]
)
def test_where_we_no_longer_know_what_was_asked_the_draft_is_offered(change):
    citizen = going_on({**state(STORY, "同意"), **change})

    assert citizen.now.stage is Stage.IDLE
    said = citizen.says("你好")
    assert STORY in said
    assert "什么时候" in citizen.says("继续")


def test_values_of_an_older_form_are_shown_as_words():
    stored = state(STORY, "同意")
    stored["draft"]["values"] |= {
        "where": "幸福里3栋",
        "when": {"said": "昨晚"},
        "who": ["李", "芳"],
        "contact": "+8613800138000",
    }
    citizen = going_on(stored)
    citizen.says("没有")
    said = citizen.to_summary()

    assert "幸福里3栋" in said
    assert "昨晚" in said
    assert "李 芳" in said


def test_a_proposal_that_nobody_can_read_is_made_anew():
    stored = state(STORY, "同意")
    stored["draft"]["proposal"] = {"category": "城管"}

    assert going_on(stored).now.draft.proposal is None


def test_a_survey_without_its_case_is_none():
    assert Conversation.from_json({"survey": {"asking": "solved"}}).survey is None


@pytest.mark.parametrize("junk_", ["0", "yesterday", "2026-11-21T09:12:00", 7, None, ["2026"]])
@pytest.mark.parametrize("said", [("楼道里好大煤气味，有人晕倒了", "幸福里3栋"), (STORY, "同意")])
def test_a_time_that_nobody_can_read_is_none_and_the_words_stay(said, junk_):
    stored = state(*said)
    stored |= {"heard_at": junk_, "closes_at": junk_, "photo_at": junk_, "shelf": [{"draft": {}, "since": junk_}]}
    for part in (stored["draft"], stored["alarm"] or {}, (stored["alarm"] or {}).get("draft", {})):
        part |= {key: junk_ for key in ("at", "begun") if key in part}
    citizen = going_on(stored)

    assert said[0] in str(citizen.now)
    for text in ("你好", "还有", "取消", "没事了", "继续"):
        assert citizen.says(text).strip() or citizen.effects


def test_nothing_at_all_is_a_new_conversation():
    assert Conversation.from_json({}) == Conversation()
    with pytest.raises(Misfit):
        restored(Conversation, "idle")


@settings(max_examples=examples(80))
@given(st.lists(st.sampled_from(TOLD), min_size=1, max_size=6), st.data())
def test_whatever_shape_it_had_the_words_stay_and_it_goes_on(texts, data):
    stored = state(STORY, "同意", *texts)
    before = Conversation.from_json(stored)
    for key in data.draw(st.lists(st.sampled_from(sorted(stored.keys() - {"draft", "shelf"})), max_size=4)):
        if data.draw(st.booleans()):
            stored.pop(key, None)
        else:
            stored[key] = data.draw(junk)
    parts = sorted(stored["draft"].keys() - {"values"})
    for key in data.draw(st.lists(st.sampled_from(parts), max_size=3)):
        stored["draft"][key] = data.draw(junk)
    stored["draft"]["values"] |= data.draw(st.dictionaries(st.sampled_from(["when", "who", "shoe", "where"]), junk))
    citizen = going_on(stored)

    assert (STORY in words_of(citizen.now)) == (STORY in words_of(before))
    for text in data.draw(st.lists(st.sampled_from([*TOLD, "继续", "返回", "提交", "改一项", "帮助"]), max_size=3)):
        assert citizen.says(text).strip() or citizen.effects
    assert Conversation.from_json(json.loads(json.dumps(citizen.now.to_json()))) is not None
