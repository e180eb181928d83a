"""A voice note without its words is kept; who can type is asked to, once."""

from __future__ import annotations

from dialogs.events import Heard, Received
from tests.dialogs.talking import NOW, Citizen, heard_of


def speaks(citizen: Citizen, number: int = 1) -> str:
    """Send a voice note."""
    nothing = heard_of("").facts
    return citizen.event(Heard("", nothing, NOW, evidence=(Received(number, "voice", "v.amr"),)))


def test_a_note_first_of_all_is_kept_and_asked_about(citizen):
    said = speaks(citizen)

    assert "工作人员会听" in said
    assert "打几个字" in said
    assert citizen.now.draft.evidence == ((1, "voice"),)
    assert "请说说" in citizen.says("同意")


def test_the_question_is_put_once_more_then_the_note_counts(citizen):
    citizen.says("楼下烧烤店半夜放音响，吵得睡不着，幸福里3栋")
    citizen.says("同意")
    citizen.says("没有")
    assert citizen.now.asking == "who"

    assert "怎么称呼" in speaks(citizen)
    assert citizen.now.asking == "who"
    speaks(citizen, 2)
    assert citizen.now.asking == "contact"


def test_a_recording_where_files_are_asked_for_is_evidence(citizen):
    citizen.says("楼下烧烤店半夜放音响，吵得睡不着，幸福里3栋")
    citizen.says("同意")
    assert citizen.now.asking == "evidence"

    assert "收到1段录音" in speaks(citizen)
    assert citizen.now.asking == "who"
