"""The way to the schema: each step up and down on both databases, and the same end as tables.py says."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from backend.domain.case import Event
from backend.store import revision, schema
from backend.store import tables as t
from backend.store.engine import StoreUnavailable, open_store
from tests.backend.store.samples import MINUTE, NOON, a_case

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from backend.store.work import UnitOfWork

T = TypeVar("T")
STEPS = [script.revision for script in reversed(list(revision.scripts().walk_revisions()))]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with nothing in it; the test runs once on each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/var/jiesu.db"
    return str(request.getfixturevalue("pg_empty_dsn"))


@pytest.fixture
def created_url(request: pytest.FixtureRequest, url: str) -> str:
    """A database of the same kind, made at once from tables.py."""
    return str(request.getfixturevalue("sqlite_url" if url.startswith("sqlite") else "pg_dsn"))


def ask(url: str, question: Callable[[Connection], T]) -> T:
    """What the database answers."""
    store = open_store(url)
    try:
        return store.read_now(lambda work: question(work.conn))
    finally:
        store.close()


def table_names(conn: Connection) -> set[str]:
    """What is there, without the tables in which SQLite keeps its index of words."""
    return {name for name in inspect(conn).get_table_names() if not name.startswith(t.FOUND)}


def differences(conn: Connection) -> list[object]:
    """What alembic would have to change to get what tables.py says."""
    elsewhere = {"ix_searchable_words"} if conn.dialect.name == "sqlite" else set()
    options = {
        "compare_type": True,
        "include_name": lambda name, kind, _: kind != "table" or name in table_names(conn),
        "include_object": lambda _object, name, *_: name not in elsewhere,
    }
    return list(compare_metadata(MigrationContext.configure(conn, opts=options), t.metadata))


def indexes(conn: Connection) -> set[tuple[str, str]]:
    """Each index with its whole definition; alembic's comparison overlooks their conditions."""
    sqlite = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    postgres = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    return {(row[0], row[1]) for row in conn.execute(text(sqlite if conn.dialect.name == "sqlite" else postgres))}


def columns(conn: Connection) -> dict[str, list[tuple[str, str, bool, object]]]:
    """The columns of each table: name, type, whether null may stand there, default."""
    look = inspect(conn)
    return {
        table: [(c["name"], str(c["type"]), c["nullable"], c["default"]) for c in look.get_columns(table)]
        for table in table_names(conn)
    }


def test_up_down_and_up_again(url: str) -> None:
    schema.upgrade(url)
    assert ask(url, table_names) == {*t.metadata.tables, "alembic_version"}

    schema.downgrade(url, "base")
    assert ask(url, table_names) == {"alembic_version"}

    schema.upgrade(url)
    assert ask(url, table_names) == {*t.metadata.tables, "alembic_version"}
    assert ask(url, differences) == []


def test_each_step_can_be_taken_back_and_taken_again(url: str) -> None:
    before, held = "base", {"alembic_version"}
    for step in STEPS:
        schema.upgrade(url, step)
        there = ask(url, table_names)
        schema.downgrade(url, before)
        assert ask(url, table_names) == held, f"taking {step} back leaves what stood there before"
        schema.upgrade(url, step)

        assert ask(url, table_names) == there, step
        before, held = step, there


def test_migrated_is_the_same_as_created(url: str, created_url: str) -> None:
    schema.upgrade(url)

    assert ask(url, indexes) == ask(created_url, indexes)
    assert ask(url, columns) == ask(created_url, columns)
    assert ask(created_url, differences) == []


def test_a_database_without_schema_is_refused_with_what_to_do(url: str) -> None:
    store = open_store(url)

    assert not store.is_current()
    with pytest.raises(StoreUnavailable, match=r"schema is not there yet, this program needs .*; run jiesu migrate"):
        schema.require_current(store)
    store.close()


def test_a_migrated_database_is_current(url: str) -> None:
    schema.migrate(url)
    store = open_store(url)

    assert store.version() == revision.head()
    schema.require_current(store)
    store.close()


def test_a_database_of_a_newer_program_is_left_alone(url: str) -> None:
    schema.upgrade(url)
    store = open_store(url)
    store.run_now(lambda work: work.conn.execute(text("UPDATE alembic_version SET version_num = '9999'")).close())
    store.close()

    with pytest.raises(StoreUnavailable, match="made by a newer jiesu"):
        schema.upgrade(url)
    with pytest.raises(StoreUnavailable, match="made by a newer jiesu"):
        schema.downgrade(url, "base")


def test_two_that_migrate_at_once_both_find_it_done(url: str) -> None:
    open_store(url).close()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(schema.upgrade, [url, url]))

    assert ask(url, differences) == []


def test_a_step_that_fails_changes_nothing(url: str) -> None:
    def be_in_the_way(work: UnitOfWork) -> None:
        work.conn.execute(text("CREATE TABLE sayings (id INTEGER PRIMARY KEY)"))

    store = open_store(url)
    store.run_now(be_in_the_way)
    store.close()

    with pytest.raises(Exception, match="sayings"):
        schema.upgrade(url)
    assert ask(url, table_names) == {"sayings"}


def test_tables_of_nobody_knows_which_version_are_left_alone(url: str) -> None:
    schema.upgrade(url)
    store = open_store(url)
    store.run_now(lambda work: work.conn.execute(text("DELETE FROM alembic_version")).close())
    store.close()

    with pytest.raises(StoreUnavailable, match="does not say which jiesu made them; name an empty database"):
        schema.upgrade(url)


def test_the_cases_there_are_get_their_decision_and_pressing_out_of_their_history(url: str) -> None:
    def file(work: UnitOfWork) -> None:
        told: list[tuple[str, dict[str, Any]]] = [
            ("said", {"urged": 1}),
            ("moved", {"to": "answered"}),
            ("said", {"urged": 2}),
            ("said", {}),
        ]
        events = [Event(NOON + n * MINUTE, "citizen", what, detail) for n, (what, detail) in enumerate(told)]
        work.cases.add(a_case(fresh=events), day=NOON.date())

    schema.upgrade(url)
    store = open_store(url)
    store.run_now(file)
    store.close()

    schema.downgrade(url, "0005")
    schema.upgrade(url)

    columns = "SELECT urged, decided_at FROM cases"
    at = int((NOON + MINUTE).timestamp()) * 1_000_000
    assert ask(url, lambda conn: tuple(conn.execute(text(columns)).one())) == (1, at)


def test_sums_of_all_days_go_and_come_back_from_the_days(url: str) -> None:
    schema.upgrade(url)
    place = {"axis": "place", "institution": "hotline", "department": "city", "category": "noise", "what": "received"}
    row = {**place, "source": "", "district": "", "handler": "", "sealed": False}
    days = [{**row, "day": date(2026, 3, day), "count": day} for day in (2, 3)]
    store = open_store(url)
    store.run_now(lambda work: work.conn.execute(t.totals.insert(), days))
    store.close()
    sums = "SELECT institution, category, count FROM totals WHERE axis = 'ever'"

    schema.downgrade(url, "0034")
    assert [tuple(found) for found in ask(url, lambda conn: conn.exec_driver_sql(sums).all())] == [
        ("hotline", "noise", 5)
    ]
    schema.upgrade(url)
    assert ask(url, lambda conn: conn.exec_driver_sql(sums).all()) == []
