"""A statement that is compiled once does what SQLAlchemy would do with it, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from backend.store import tables as t
from backend.store.errors import TransactionEnded
from backend.store.prepared import Prepared
from backend.store.sqlite import connect, writing_engine

AT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
C = t.places.c
ADD = Prepared(insert(t.places), given=("code", "name", "fill", "created_at"))
READ = Prepared(
    select(C.code, C.fill, C.created_at).where(C.name == bindparam("called")).order_by(C.code),
    (C.code, C.fill, C.created_at),
)
CALL = Prepared(update(t.places).where(C.name == bindparam("called")).values(name=bindparam("now")))


def place(code, name="门口"):
    return {"code": code, "name": name, "fill": {"where": f"{code}号"}, "created_at": AT}


def test_values_come_back_as_they_were_given(work):
    ADD.change(work.conn, place("a"))

    assert READ.rows(work.conn, {"called": "门口"}) == [("a", {"where": "a号"}, AT)]


def test_it_says_how_many_rows_it_changed(work):
    ADD.each(work.conn, [place("a"), place("b"), place("c", "后门")])

    assert CALL.change(work.conn, {"called": "门口", "now": "大门"}) == 2
    assert [row[0] for row in READ.rows(work.conn, {"called": "大门"})] == ["a", "b"]


def test_none_at_all_is_nothing_to_do(work):
    ADD.each(work.conn, [])

    assert READ.rows(work.conn, {"called": "门口"}) == []


def test_an_error_of_the_database_is_told_as_ever_and_without_the_values(work):
    ADD.change(work.conn, place("a", "张三家"))

    with pytest.raises(IntegrityError) as told:
        ADD.change(work.conn, place("a", "张三家"))
    assert "张三家" not in str(told.value)


def test_nothing_is_written_after_sqlite_gave_up_the_transaction():
    engine = writing_engine("")
    conn = connect(engine, "")
    t.metadata.create_all(conn)
    conn.commit()
    conn.begin()
    conn.exec_driver_sql("ROLLBACK")

    with pytest.raises(TransactionEnded):
        ADD.change(conn, place("a"))
    conn.close()
    engine.dispose()
