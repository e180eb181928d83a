from __future__ import annotations

import threading
import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.store.journal import Failed
from tests.backend.store.samples import NOON, a_citizen, later


def test_a_message_is_entered_once(work):
    person = a_citizen(work)

    entered = work.journal.enter(person.id, "m1", {"text": "你好"}, at=NOON)

    assert entered is not None
    assert work.journal.enter(person.id, "m1", {"text": "你好"}, at=later(1)) is None
    assert work.journal.enter(a_citizen(work, "c2").id, "m1", {"text": "你好"}, at=NOON) is not None


def test_a_redelivery_finds_what_was_answered(work):
    person = a_citizen(work)
    one = work.journal.enter(person.id, "m1", {"text": "你好"}, at=NOON)
    two = work.journal.enter(person.id, "m2", {"text": "路灯坏了"}, at=NOON)
    said = [
        work.journal.say(person.id, "您好！", [{"id": "help", "label": "帮助"}], at=NOON, answers=one),
        work.journal.say(person.id, "请说说是什么事。", [], at=NOON, answers=one),
    ]
    work.journal.say(person.id, "在哪里？", [], at=NOON, answers=two)

    assert work.journal.answer(person.id, "m1") == said
    assert said[0].choices == ({"id": "help", "label": "帮助"},)
    assert said[0].at == NOON


def test_those_who_were_told_something_since_are_found(work):
    one, two = a_citizen(work), a_citizen(work, "c2")
    work.journal.say(one.id, "好", [], at=NOON)
    before = work.journal.newest()
    for person in (two, one, two):
        work.journal.say(person.id, "好", [], at=NOON)

    told, newest = work.journal.told_since(before)

    assert told == {one.id: 2, two.id: 2}
    assert work.journal.told_since(newest) == ({}, newest)
    assert newest == work.journal.newest()


def test_bubbles_are_counted_for_each_person(work):
    one, two = a_citizen(work), a_citizen(work, "c2")

    seqs = [work.journal.say(person.id, "好", [], at=NOON).seq for person in (one, two, one, one, two)]

    assert seqs == [1, 1, 2, 3, 2]
    assert [saying.seq for saying in work.journal.said_after(one.id, 1)] == [2, 3]


def test_a_message_that_failed_waits_until_it_is_done(work):
    person = a_citizen(work)
    work.journal.enter(person.id, "m1", {"text": "好"}, at=NOON)
    failed = work.journal.enter(person.id, "m2", {"text": "坏"}, at=NOON, state="failed", trouble="KeyError: 'x'")

    assert work.journal.failed() == [Failed(failed, person.id, "m2", NOON, {"text": "坏"}, "KeyError: 'x'")]

    work.journal.mark_done(failed)

    assert work.journal.failed() == []


def test_a_talk_reads_in_the_order_it_was_held(work):
    person = a_citizen(work)
    one = work.journal.enter(person.id, "m1", {"text": "你好"}, at=NOON)
    work.journal.say(person.id, "您好", [], at=NOON, answers=one)
    two = work.journal.enter(person.id, "m2", {"choice": "skip"}, at=NOON)
    work.journal.say(person.id, "跳过", [], at=NOON, answers=two)
    work.journal.say(person.id, "有答复了", [], at=later(1))
    work.journal.enter(person.id, "m3", {"text": "谢谢"}, at=later(1))

    talk = work.journal.talk(person.id)

    assert [(line.who, line.text) for line in talk] == [
        ("citizen", "你好"),
        ("bot", "您好"),
        ("citizen", ""),
        ("bot", "跳过"),
        ("bot", "有答复了"),
        ("citizen", "谢谢"),
    ]
    assert talk[2].message == {"choice": "skip"}
    assert [line.seq for line in talk] == [None, 1, None, 2, 3, None]
    assert work.journal.talk(person.id, limit=3) == talk[-3:]


def test_control_characters_are_kept_alike_everywhere(work):
    person = a_citizen(work)

    work.journal.enter(person.id, "m1", {"text": "a\x00b\ud83d"}, at=NOON)
    work.journal.say(person.id, "a\x00b\ud83d路", [], at=NOON)

    heard, said = sorted(work.journal.talk(person.id), key=lambda line: line.who, reverse=True)
    assert heard.text == "a\x00b\ud83d"
    assert said.text == "a\ufffdb\ufffd路"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ids=st.lists(st.sampled_from("abcd")), limit=st.integers(1, 20))
def test_redelivered_in_any_order_each_message_stands_once_with_its_one_answer(scratch, ids, limit):
    with scratch() as work:
        person = a_citizen(work)
        for minute, message in enumerate(ids):
            entered = work.journal.enter(person.id, message, {"text": message}, at=later(minute))
            if entered is not None:
                work.journal.say(person.id, f"re {message}", [], at=later(minute), answers=entered)
        once = list(dict.fromkeys(ids))
        lines = [text for message in once for text in (message, f"re {message}")]

        assert [line.text for line in work.journal.talk(person.id, limit=limit)] == lines[-limit:]
        assert all([saying.text for saying in work.journal.answer(person.id, m)] == [f"re {m}"] for m in once)


def test_a_redelivery_waits_for_the_first_and_reads_its_answer(store):
    entered = threading.Event()
    person = store.run_now(a_citizen)

    def first(work):
        journal_id = work.journal.enter(person.id, "m1", {"text": "你好"}, at=NOON)
        entered.set()
        time.sleep(0.1)
        work.journal.say(person.id, "您好", [], at=NOON, answers=journal_id)

    def second(work):
        assert work.journal.enter(person.id, "m1", {"text": "你好"}, at=NOON) is None
        return work.journal.answer(person.id, "m1")

    one = threading.Thread(target=store.run_now, args=(first,))
    one.start()
    entered.wait()
    answer = store.run_now(second)
    one.join()

    assert [saying.text for saying in answer] == ["您好"]


def test_two_units_may_speak_to_one_person_at_once(store):
    person = store.run_now(a_citizen)
    speak = [threading.Thread(target=store.run_now, args=(_say_five, person.id)) for _ in range(6)]
    for thread in speak:
        thread.start()
    for thread in speak:
        thread.join()

    said = store.read_now(lambda work: work.journal.said_after(person.id, 0))

    assert [saying.seq for saying in said] == list(range(1, 31))


def _say_five(work, person_id):
    for word in "一二三四五":
        work.journal.say(person_id, word, [], at=NOON)
