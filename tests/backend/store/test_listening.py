"""Scores and marks are kept once, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from backend.store.listening import Mark, Score

AT = datetime(2026, 11, 21, 1, 12, tzinfo=UTC)


@pytest.fixture
def talk(store):
    """A citizen asked for a person; 小赵 came, wrote and went."""

    def had(work):
        person = work.people.find_or_add("web", "li", language="zh", at=AT)
        row = work.handovers.ask(person.id, "hotline", kind="person", reason="asked", number=None, at=AT, due=None)
        work.handovers.take(row.id, by="小赵", at=AT, due=AT)
        work.handovers.note(row.id, "said", by="小赵", at=AT)
        work.handovers.end(row.id, by="小赵", at=AT + timedelta(minutes=5))
        return person.id, row.id

    return store.run_now(had)


def test_a_talk_with_a_handlers_words_was_had(store, talk):
    _, key = talk

    def had(work, institution, since):
        return [one.id for one in work.listening.had(institution=institution, since=since)]

    assert store.read_now(had, "hotline", AT) == [key]
    assert store.read_now(had, "property", AT) == []
    assert store.read_now(had, None, AT + timedelta(hours=1)) == []


def test_one_reviewer_scores_a_talk_and_its_handler_replies_once(store, talk):
    _, key = talk
    score = Score(key, "hotline", "小赵", "孙", AT, 3, 5, [{"key": "kind", "points": 3}], "", None)

    def put(work, one):
        return work.listening.put(one)

    def reply(work, who):
        return work.listening.reply(key, who, "好", at=AT)

    assert store.run_now(put, score)
    assert store.run_now(put, replace(score, points=4))
    assert not store.run_now(put, replace(score, reviewer="钱"))
    assert not store.run_now(reply, "钱")
    assert store.run_now(reply, "小赵")
    assert not store.run_now(reply, "小赵")
    assert not store.run_now(put, score)
    kept = store.read_now(lambda work: work.listening.scores([key]))[key]
    assert (kept.points, kept.reviewer, kept.reply, kept.lines) == (4, "孙", "好", score.lines)


def test_the_last_mark_counts(store, talk):
    person, _ = talk
    mark = Mark(person, "hotline", AT.isoformat(), "consent", AT.date(), "idle", "孙", AT)

    def keep(work):
        work.listening.mark(mark)
        work.listening.mark(replace(mark, why="unclear"))

    store.run_now(keep)

    assert store.read_now(lambda work: work.listening.marked("hotline", since=AT.date())) == {("consent", "unclear"): 1}
    assert store.read_now(lambda work: work.listening.marks([person])) == {
        (person, "hotline", mark.begun): replace(mark, why="unclear")
    }


def test_only_what_was_told_and_is_not_filed_was_left(store, talk):
    person, _ = talk

    def told(work, due):
        work.people.keep_conversation(person, "hotline", {"walk": {"at": "consent"}}, at=AT, due=due)

    def left(work):
        return [one.person for one in work.listening.left(institution="hotline", before=AT, limit=9)]

    store.run_now(told, AT)
    assert store.read_now(left) == [person]
    store.run_now(told, None)
    assert store.read_now(left) == []
