"""What the store knows of drafts: when one falls due, and the codes that move one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

AT = datetime(2026, 11, 21, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def li(work):
    """Somebody with a conversation."""
    person = work.people.find_or_add("web", "li", language="zh", at=AT)
    work.people.save_conversation(person.id, "hotline", {"stage": "asking"}, at=AT)
    return person.id


def test_a_conversation_is_found_when_it_falls_due(work, li):
    work.drafts.set_due(li, "hotline", AT + HOUR)

    assert work.drafts.due(AT) == []
    assert work.drafts.due(AT + HOUR) == [(li, "hotline")]
    assert work.drafts.next_due() == AT + HOUR


def test_saving_a_conversation_leaves_what_is_due(work, li):
    work.drafts.set_due(li, "hotline", AT + HOUR)
    work.people.save_conversation(li, "hotline", {"stage": "idle"}, at=AT)

    assert work.drafts.next_due() == AT + HOUR
    assert work.drafts.told_at(li, "hotline") == AT


def test_nothing_due_is_nothing_found(work, li):
    work.drafts.set_due(li, "hotline", None)

    assert work.drafts.next_due() is None


def test_a_code_counts_once_and_only_in_its_time(work, li):
    work.drafts.put_code("a" * 64, "hotline", li, expires=AT + HOUR)

    assert work.drafts.whose_code("a" * 64, at=AT) == li
    assert work.drafts.whose_code("a" * 64, at=AT + HOUR) is None
    assert work.drafts.use_code("a" * 64)
    assert not work.drafts.use_code("a" * 64)


def test_a_new_code_ends_the_one_before(work, li):
    work.drafts.put_code("a" * 64, "hotline", li, expires=AT + HOUR)
    work.drafts.put_code("b" * 64, "hotline", li, expires=AT + HOUR)

    assert work.drafts.whose_code("a" * 64, at=AT) is None
    assert work.drafts.drop_codes(before=AT + HOUR) == 1


def test_only_what_belongs_to_no_case_is_deleted_or_given_away(work, li):
    zhang = work.people.find_or_add("web", "zhang", language="zh", at=AT).id
    keys = [
        work.evidence.add(
            li, kind="photo", media_type="image/png", filename=f"{n}.png", sha256=f"{n:064}", size=1, at=AT
        )
        for n in range(3)
    ]

    work.drafts.give_evidence(keys[:1], zhang)
    gone = work.drafts.drop_evidence(keys, li)

    assert gone == 2
    assert work.evidence.get(keys[0]).person == zhang


def test_words_are_blanked_and_a_replay_still_finds_its_answer(work, li):
    for n, at in enumerate((AT, AT + HOUR, AT + 2 * HOUR)):
        entry = work.journal.enter(li, f"m{n}", {"text": f"秘密{n}"}, at=at)
        work.journal.say(li, f"记下了：秘密{n}", [{"id": "skip", "label": "跳过"}], at=at, answers=entry)

    erased = work.forgetting.erase_words(li, since=AT, upto=AT + 2 * HOUR)

    lines = work.journal.talk(li)
    assert erased == 2
    assert [line.text for line in lines] == ["", "…", "", "…", "秘密2", "记下了：秘密2"]
    assert len(work.journal.answer(li, "m0")) == 1
