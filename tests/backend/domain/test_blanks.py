"""An answer with a blank that nobody filled in does not go out."""

from __future__ import annotations

import pytest

from backend.domain.blanks import BRACKETS, check, unfilled
from backend.domain.refusals import BadField
from institutions.catalog import load_all

ALL = load_all()
TELECOM, MARKET = ALL["telecom"], ALL["market"]


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("确实多收了【金额】，已退。", "【金额】"),
        ("确实多收了【】，已退。", "【】"),
        ("we refund [ ] today", "[ ]"),
        ("查到的情况：……\n双方商定：退款。", "查到的情况：……"),
        ("What we found: …\nThank you.", "What we found: …"),
    ],
)
def test_a_blank_that_was_left_is_found(text, blank):
    assert unfilled(text, TELECOM) == blank


@pytest.mark.parametrize(
    "text",
    [
        "确实多收了20元，已退。",
        "【处理结果】已退20元。",
        "见附件[2026]15号",
        "他说：……后来才知道是误会。",
        "等了很久……",
        "地址：解放路2号",
    ],
)
def test_what_a_handler_wrote_themself_is_no_blank(text):
    assert unfilled(text, TELECOM) == ""


def test_the_refusal_names_the_blank_in_both_languages():
    with pytest.raises(BadField) as refused:
        check("answered", {"answer": "多收了【金额】"}, TELECOM)

    assert "【金额】" in str(refused.value)
    assert refused.value.zh == "“【金额】”还没有填，请补上再提交。"


@pytest.mark.parametrize("institution", ALL.values(), ids=ALL)
def test_no_reply_can_go_out_as_it_is_if_it_has_a_blank(institution):
    for reply in institution.casework.replies:
        for words in (reply.text, reply.text_en):
            if BRACKETS.search(words) or "…" in words:
                assert unfilled(words, institution), words
