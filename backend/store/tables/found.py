"""What cases are found and counted by: their words, and totals by day. Both are made anew from the cases and events."""

from __future__ import annotations

from sqlalchemy import DDL, BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, event, text

from backend.store.columns import Tokens
from backend.store.tables.ground import Id, metadata

UNREAD = text("words IS NULL")

searchable = Table(
    "searchable",  # one row a case, numbered in the order of filing
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", ForeignKey("cases.number"), nullable=False, unique=True),
    Column("phone", String(32)),  # the citizen's, digits alone
    Column("name", String(64)),  # the citizen's
    Column("words", Tokens),  # null: nobody has cut them yet
    Index(None, "phone"),
    Index(None, "name"),
    Index("ix_searchable_unread", "id", sqlite_where=UNREAD, postgresql_where=UNREAD),
    Index("ix_searchable_words", "words", postgresql_using="gin").ddl_if(dialect="postgresql"),
)

FOUND = "found_words"
"""SQLite's index of the words; it and the tables that FTS5 makes beside it begin with this."""

MAKE_FOUND = (
    """CREATE VIRTUAL TABLE found_words USING fts5(
    words, content='searchable', content_rowid='id', detail=none, tokenize='unicode61 remove_diacritics 0')""",
    """CREATE TRIGGER found_words_added AFTER INSERT ON searchable WHEN new.words IS NOT NULL BEGIN
    INSERT INTO found_words(rowid, words) VALUES (new.id, new.words); END""",
    """CREATE TRIGGER found_words_removed AFTER DELETE ON searchable WHEN old.words IS NOT NULL BEGIN
    INSERT INTO found_words(found_words, rowid, words) VALUES ('delete', old.id, old.words); END""",
    """CREATE TRIGGER found_words_changed AFTER UPDATE OF words ON searchable BEGIN
    INSERT INTO found_words(found_words, rowid, words)
        SELECT 'delete', old.id, old.words WHERE old.words IS NOT NULL;
    INSERT INTO found_words(rowid, words) SELECT new.id, new.words WHERE new.words IS NOT NULL; END""",
)
"""How SQLite keeps it in step with the table, in the same transaction."""

for _making in MAKE_FOUND:
    event.listen(searchable, "after_create", DDL(_making).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
event.listen(
    searchable,
    "before_drop",
    DDL(f"DROP TABLE IF EXISTS {FOUND}").execute_if(dialect="sqlite"),  # type: ignore[no-untyped-call]
)

totals = Table(
    "totals",  # what happened on a day, by where the cases stand now; made of events up to ``totalled.upto``
    metadata,
    Column("axis", String(16), primary_key=True),  # domain/tally.AXES: which of the columns below are told apart
    Column("day", Date, primary_key=True),  # local; on which it happened
    Column("institution", String(64), primary_key=True),
    Column("department", String(64), primary_key=True),
    Column("category", String(64), primary_key=True),
    Column("source", String(32), primary_key=True),
    Column("district", String(64), primary_key=True),
    Column("handler", String(64), primary_key=True),
    Column("what", String(24), primary_key=True),  # received, a status entered, kept, late, solved_yes, satisfied_5 …
    Column("sealed", Boolean, primary_key=True),
    Column("count", BigInteger, nullable=False),
    sqlite_with_rowid=False,  # read in the order of the key, a stretch at a time
)

tallied = Table(
    "tallied",  # where a case was counted, as far as no event tells it; absent: nowhere and not sealed
    metadata,
    Column("number", ForeignKey("cases.number"), primary_key=True),
    Column("district", String(64), nullable=False),
    Column("sealed", Boolean, nullable=False),
)

totalled = Table(
    "totalled",  # one row: how far the totals have come
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # 1
    Column(
        "upto", BigInteger, nullable=False
    ),  # the last events.id that they hold; 0: they are still made anew, case by case …
    Column("target", BigInteger),  # … up to this event,
    Column("passed", String(32), nullable=False, server_default=""),  # and up to this case
)

called = Table(
    "called",  # what departments, categories and institutions were called, since when: ids stay, names change
    metadata,
    Column("institution", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),  # institution, department, category
    Column("id", String(64), primary_key=True),
    Column("since", Date, primary_key=True),
    Column("name", String(128), nullable=False),
    Column("name_en", String(256), nullable=False),
)
