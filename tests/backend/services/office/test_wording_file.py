"""What was written at the desk can go into the file, and says the same from there."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime

from backend.services.office.wording import laid_over
from backend.services.office.wording_file import exported
from backend.store.wording import Wording
from dialogs.wording import ZH
from institutions.casework import Reply
from institutions.catalog import load_all
from institutions.guidance import Faq

HOTLINE = load_all()["hotline"]
REPLY, QUESTION = HOTLINE.casework.replies[0].id, HOTLINE.faq[0].id
AT = datetime(2026, 11, 21, tzinfo=UTC)


def version(*words):
    return Wording("hotline", 3, AT, "陈经理", "更亲切", words, (), None)


def test_it_says_from_the_file_what_it_said_from_the_desk():
    written = version(
        ("said", "thanks", ZH, '不客气，说"谢谢"就好。'),
        ("reply", REPLY, ZH, "您好，{number}已经办好。\n再见。"),
        ("faq", QUESTION, ZH, "随时都有人。"),
    )
    now = laid_over(HOTLINE, HOTLINE, written)

    told = tomllib.loads(exported(HOTLINE, written))

    assert told["wording"] == {"zh": {"thanks": '不客气，说"谢谢"就好。'}}
    assert Reply.model_validate(told["casework"]["replies"][0]) == now.casework.replies[0]
    assert Faq.model_validate(told["faq"][0]) == now.faq[0]


def test_what_fits_no_longer_is_named_and_left_out():
    told = exported(HOTLINE, version(("reply", "gone", ZH, "好。")))

    assert "# left out, the file has it no longer: reply gone zh" in told
    assert tomllib.loads(told) == {}


def test_where_nothing_was_written_that_is_said():
    assert "nothing differs from the file" in exported(HOTLINE, None)
