from __future__ import annotations

from scripts.demo_channels.wire import HIDDEN, LONGEST, redacted


def test_what_names_a_person_or_opens_a_door_is_hidden():
    seen = redacted(
        {
            "touser": "oSomebody",
            "access_token": "72_secret",
            "chat_id": 7,
            "message": {"from": {"id": 7}, "text": "电话13800138000"},
            "list": [{"secret_token": "x", "key": "JIESU_FILE"}],
        }
    )

    assert seen == {
        "touser": HIDDEN,
        "access_token": HIDDEN,
        "chat_id": HIDDEN,
        "message": {"from": HIDDEN, "text": "电话138****8000"},
        "list": [{"secret_token": HIDDEN, "key": "JIESU_FILE"}],
    }


def test_long_texts_and_files_are_cut():
    seen = redacted({"text": "长" * 999, "photo": b"\xff\xd8", "n": 3})

    assert seen == {"text": "长" * LONGEST + "…", "photo": "2 bytes", "n": 3}
