"""Histories can be checked, and nobody can rewrite one that was sealed."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import String, delete, select, text, update
from sqlalchemy.exc import DBAPIError

from backend.domain.audit import event_hash
from backend.domain.standing import Standing
from backend.services.cases import sealing
from backend.services.files import redacting
from backend.services.talks.intake import StoredFile
from backend.store import schema
from backend.store import tables as t
from backend.store.engine import open_store
from backend.store.history import chains_of
from tests.backend.services.city import OFFICER, START, City
from tests.fuzzing import FACTOR


@pytest.fixture
def city(store):
    city = City(store)
    city.answer(city.citizen().files_a_case())
    city.unit(sealing.seal, at=city.now)
    return city


def wrong(city: City, expected: str = "") -> list[str]:
    return list(city.store.read_now(lambda work: sealing.verify(work, expected=expected)))


def alter(city: City, statement: str) -> None:
    city.unit(lambda work: work.conn.execute(text(statement)))


def test_an_honest_city_is_whole(city):
    last = city.store.read_now(lambda work: work.seals.last())

    assert wrong(city, last.hash) == []


def test_nothing_new_needs_no_new_seal(city):
    assert city.unit(sealing.seal, at=city.later(hours=1)) == 0


def test_a_changed_line_is_noticed(city):
    alter(city, 'UPDATE events SET "by" = 1 WHERE seq = 2')

    assert wrong(city)


def vanish(work, number):
    """Every trace of a case, but for the seals."""
    events = select(t.events.c.id).where(t.events.c.number == number)
    sayings = select(t.outbox.c.id).where(t.outbox.c.number == number)
    work.conn.execute(update(t.sayings).where(t.sayings.c.notice.in_(sayings)).values(notice=None))
    work.conn.execute(delete(t.event_texts).where(t.event_texts.c.event.in_(events)))
    for table in reversed(t.metadata.sorted_tables):
        if "number" in table.c and isinstance(table.c.number.type, String):
            work.conn.execute(delete(table).where(table.c.number == number))


def number_of(city: City) -> str:
    return city.store.read_now(lambda work: work.cases.page(limit=1))[0][0].number


def test_a_case_that_vanished_is_noticed(city):
    number = number_of(city)
    city.unit(vanish, number)

    assert f"{number} was sealed and is gone" in wrong(city)


def test_a_case_that_vanished_before_it_was_sealed_leaves_its_number_behind(store):
    city = City(store)
    number = city.citizen().files_a_case()
    city.unit(vanish, number)

    assert wrong(city) == [f"{number} was given out, and there is no such case"]


def test_a_seal_written_down_elsewhere_must_be_among_ours(city):
    assert wrong(city, "0" * 64) == [f"no seal has the hash {'0' * 64}"]


def test_a_text_that_is_gone_without_a_tombstone_is_noticed(city):
    number = number_of(city)
    city.unit(lambda work: work.cases.erase(number, seq=1))

    assert f"{number}, event 1: its text 'facts' is gone, and nothing says that it was erased" in wrong(city)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE cases SET status = 'closed'", "its status is 'closed', by its history"),
        ("UPDATE cases SET answer = '没有这回事'", "its answer is not the one that was given"),
        ("UPDATE cases SET grade = 'minor'", "its grade is 'minor', by its history"),
        ("UPDATE cases SET department_id = 'nobody'", "its department_id is 'nobody'"),
        ("UPDATE events SET detail = '{}' WHERE seq = 3", "what it says is not what was recorded"),
        ("UPDATE events SET at = at + 1 WHERE seq = 3", "what it says is not what was recorded"),
        ("UPDATE events SET seq = seq + 1000 WHERE seq = 3", "one is missing, doubled or out of order"),
        ("UPDATE event_texts SET value = '别的'", "is not what was recorded"),
        ("UPDATE seals SET root = ''", "does not hold"),
        ("UPDATE seals SET upto = upto + 1000", "does not cover what it says"),
    ],
)
def test_what_was_changed_by_hand_is_told_in_a_sentence(city, statement, said):
    alter(city, statement)

    assert any(said in sentence for sentence in wrong(city))


def test_a_history_cut_short_with_its_head_is_noticed_by_the_row_and_the_seal(city):
    def cut(work):
        """The answer never came: the last events go, and the row remembers the one before."""
        number = work.cases.page(limit=1)[0][0].number
        kept = work.cases.history(number)[2]
        gone = select(t.events.c.id).where(t.events.c.number == number, t.events.c.seq > kept.seq)
        work.conn.execute(delete(t.event_texts).where(t.event_texts.c.event.in_(gone)))
        work.conn.execute(delete(t.events).where(t.events.c.number == number, t.events.c.seq > kept.seq))
        work.conn.execute(update(t.cases).values(seq=kept.seq, head=kept.hash))

    city.unit(cut)

    sentences = "\n".join(wrong(city))
    assert "it is not the one that was sealed" in sentences
    assert "its status is 'visiting_back', by its history" in sentences


def forge(work):
    """Somebody who knows how the hashes are made writes another history, and a row that agrees with it."""
    number = work.cases.page(limit=1)[0][0].number
    (chain,) = chains_of(work.conn, [number])
    previous = ""
    for link in chain.links:
        by = "别人" if link.seq == 2 else link.by
        told = {"number": number, "seq": link.seq, "at": link.at, "by": by, "what": link.what}
        mark = event_hash(previous, **told, detail=link.detail, digests=link.digests)
        row = (t.events.c.number == number, t.events.c.seq == link.seq)
        work.conn.execute(update(t.events).where(*row).values(by=by, previous=previous, hash=mark))
        previous = mark
    work.conn.execute(update(t.cases).where(t.cases.c.number == number).values(head=previous))
    return number


def test_a_history_forged_with_sound_hashes_is_caught_by_its_seal(city):
    city.unit(forge)

    assert any("it is not the one that was sealed" in sentence for sentence in wrong(city))


def test_a_forger_who_seals_anew_is_caught_by_the_hash_that_was_written_down(city):
    written = city.store.read_now(lambda work: work.seals.last().hash)

    def everything(work):
        forge(work)
        work.conn.execute(delete(t.seals))
        sealing.seal(work, at=city.now)

    city.unit(everything)

    assert wrong(city) == []
    assert wrong(city, written) == [f"no seal has the hash {written}"]


def test_a_file_that_was_exchanged_or_removed_is_noticed(store):
    city = City(store)
    li = city.citizen()
    li.says(files=(StoredFile("photo", "image/png", "a.png", "a" * 64, 10),))
    li.files_a_case()
    assert wrong(city) == []

    alter(city, f"UPDATE evidence SET sha256 = '{'b' * 64}'")
    assert any("is another one" in sentence for sentence in wrong(city))

    alter(city, "DELETE FROM evidence")
    assert any("is gone" in sentence for sentence in wrong(city))


def test_a_redacted_copy_that_was_exchanged_or_removed_is_noticed(store):
    city = City(store)
    li = city.citizen()
    li.says(files=(StoredFile("photo", "image/png", "a.png", "a" * 64, 10),))
    number = li.files_a_case()
    (photo,) = store.read_now(lambda work: work.evidence.of_case(number))
    copy = StoredFile("photo", "image/png", "a.png", "c" * 64, 9)
    boxes = redacting.parse("0,0,50,50")
    city.unit(redacting.keep, city.institutions, photo, copy, boxes, by=OFFICER, at=city.later(minutes=1))
    assert wrong(city) == []

    alter(city, f"UPDATE evidence SET sha256 = '{'b' * 64}' WHERE original IS NOT NULL")
    (sentence,) = wrong(city)
    assert "its redacted copy" in sentence
    assert "is another one" in sentence

    alter(city, "DELETE FROM evidence WHERE original IS NOT NULL")
    (sentence,) = wrong(city)
    assert "its redacted copy" in sentence
    assert "is gone" in sentence


class Undone(Exception):
    """The unit has seen what it wanted."""


HISTORY = ("number", "seq", "at", "by", "what", "detail", "digests", "previous", "hash")
COLUMNS = [
    *[(t.cases, name) for name in (*Standing.__annotations__, "head", "seq")],
    *[(t.events, name) for name in HISTORY],
    *[(t.event_texts, name) for name in ("key", "salt", "value")],
    *[(t.seals, name) for name in ("at", "heads", "root", "previous", "hash", "upto")],
]


def other(value, words, n):
    """Another value of the same kind."""
    match value:
        case None:
            return START
        case str():
            return words
        case int():
            return value + n
        case datetime():
            return value + timedelta(microseconds=n)
        case bytes():
            return bytes([value[0] ^ (1 + n % 255)]) + value[1:]
        case list():
            return value[:-1] if n % 2 else [*value, [words, n, words]]
    return {**value, words or "to": n}


@settings(max_examples=80 * FACTOR, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    column=st.sampled_from(COLUMNS),
    pick=st.integers(0, 99),
    words=st.text("一二三abc019", max_size=9),
    n=st.integers(1, 10**9),
    gone=st.sampled_from([False, False, False, True]),
)
def test_whatever_single_value_or_row_is_changed_it_is_found(city, column, pick, words, n, *, gone):
    """But for what the database itself refuses."""
    table, name = column

    def change(work):
        rows = work.conn.execute(select(table).order_by(*table.primary_key.columns)).all()
        row = rows[pick % len(rows)]
        here = [each == getattr(row, each.name) for each in table.primary_key.columns]
        last = work.seals.last().hash
        if gone and table is not t.cases:
            if table is t.events:
                work.conn.execute(delete(t.event_texts).where(t.event_texts.c.event == row.id))
            work.conn.execute(delete(table).where(*here))
        else:
            value = other(getattr(row, name), words, n)
            if value == getattr(row, name):
                raise Undone
            work.conn.execute(update(table).where(*here).values({name: value}))
        found.append(sealing.verify(work, expected=last))
        raise Undone

    found: list[list[str]] = []
    with suppress(Undone, DBAPIError):
        city.unit(change)
    assert [] not in found


def test_what_cannot_even_be_read_is_told_in_a_sentence():
    """SQLite keeps any value in any column."""
    city = City(open_store("sqlite://", salt=lambda: b"0" * 16))
    schema.create(city.store)
    one, two = city.citizen("li").files_a_case(), city.citizen("wang").files_a_case()
    alter(city, f"UPDATE events SET detail = 'nonsense' WHERE number = '{one}'")

    assert wrong(city) == [f"{one} cannot be read: a value in it is of no kind that was ever written there"]
    assert two not in str(wrong(city))
    city.store.close()
