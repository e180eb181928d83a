"""The desk: its users, the places of QR codes, what was learnt from corrections, and what ran at night."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    false,
    text,
)

from backend.store.columns import Instant
from backend.store.tables.ground import Id, metadata

SHARED = text("shared")

users = Table(
    "users",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("password", String(256), nullable=False),  # argon2id
    Column("roles", JSON, nullable=False),
    Column("institution", String(64)),  # null: every institution
    Column("created_at", Instant, nullable=False),
    Column("disabled", Boolean, nullable=False, server_default=false()),
    Column("must_change", Boolean, nullable=False, server_default=false()),  # the password was made for them
    Column("departments", JSON, nullable=False, server_default="[]"),  # ids; none: every department
    Column(
        "confidant", Boolean, nullable=False, server_default=false()
    ),  # sees sealed cases and names officers for them
    Column("away_until", Instant),  # their cases are their deputy's until then
    Column("deputy", String(64)),
    Column("signed_in_at", Instant),  # the last time; null: never
)

duty = Table(
    "duty",  # the roster: who is on duty on a day
    metadata,
    Column("institution", String(64), primary_key=True),
    Column("day", Date, primary_key=True),  # local
    Column("user", ForeignKey("users.name"), primary_key=True),
    Column("note", String(200), nullable=False, server_default=""),
    Index(None, "user"),
)

absences = Table(
    "absences",  # who was away when, and who stood in; rows are only ever added
    metadata,
    Column("id", Id, primary_key=True),
    Column("user", ForeignKey("users.name"), nullable=False),
    Column("deputy", String(64)),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("by", String(64), nullable=False),
    Index(None, "user"),
)

alerts = Table(
    "alerts",  # what people at the desk are told of cases
    metadata,
    Column("id", Id, primary_key=True),
    Column("institution", String(64), nullable=False),
    Column("role", String(16)),  # whoever has it
    Column("department", String(64)),  # and works for that one; null: for any
    Column("user", String(64)),  # this one alone
    Column("number", ForeignKey("cases.number"), nullable=False),
    Column("kind", String(16), nullable=False),  # warned, late, resumed …
    Column("detail", JSON, nullable=False),
    Column("at", Instant, nullable=False),
    Column("seen_at", Instant),
    Column("seen_by", String(64)),
    Index(None, "seen_at", "institution", "id"),
    Index(None, "number"),
)

saved_filters = Table(
    "saved_filters",  # lists that somebody comes back to
    metadata,
    Column("id", Id, primary_key=True),
    Column("user", ForeignKey("users.name"), nullable=False),
    Column("institution", String(64)),  # whose people see it where it is shared; null: everybody
    Column("name", String(64), nullable=False),
    Column("query", JSON, nullable=False),  # as the list's address has it: {key: value}
    Column("shared", Boolean, nullable=False, server_default=false()),
    Index(None, "user"),
    Index("ix_saved_filters_shared", "institution", sqlite_where=SHARED, postgresql_where=SHARED),
)

forecasts = Table(
    "forecasts",  # how likely clocks are to be broken, learnt each night: the newest of each institution
    metadata,
    Column("institution", String(64), primary_key=True),
    Column("made_at", Instant, nullable=False),
    Column("told", JSON, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(64), primary_key=True),  # SHA-256 of the 256-bit id in the cookie
    Column("user", ForeignKey("users.name"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Index(None, "user"),
)

LIVE = text("revoked_at IS NULL")

tokens = Table(
    "tokens",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("institution", String(64)),
    Column("scope", String(16), nullable=False),  # read, write, personal: each holds the one before
    Column("created_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("departments", JSON, nullable=False, server_default="[]"),  # ids; none: every department
    Column("expires_at", Instant),  # null: never
    Column("used_at", Instant),  # the last time, to the hour; null: never
    Index("ix_tokens_live_name", "name", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
)

places = Table(
    "places",  # what a QR code or deep link fills in
    metadata,
    Column("code", String(32), primary_key=True),
    Column("name", String(128), nullable=False),
    Column("fill", JSON, nullable=False),
    Column("created_at", Instant, nullable=False),
)

NOW_LIVE = text("state = 'live'")

models = Table(
    "models",  # words learnt from handlers' corrections, by version; they are laid over an institution's file
    metadata,
    Column("institution", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 … for each institution
    Column("made_at", Instant, nullable=False),
    Column("words", JSON, nullable=False),  # [[category id, word, weight, support, inside, outside]]
    Column("figures", JSON, nullable=False),  # {category id: [n, right before, right after]} on the cases to check with
    Column("examples", Integer, nullable=False),  # settled cases that it was learnt from
    Column("corrected", Integer, nullable=False),  # of them, those that a handler corrected
    Column("state", String(16), nullable=False),  # proposed, refused, live, replaced, rolled_back
    Column("changed_at", Instant, nullable=False),
    Index("ix_models_live", "institution", unique=True, sqlite_where=NOW_LIVE, postgresql_where=NOW_LIVE),
)

model_moves = Table(
    "model_moves",  # what became of each version, when and by whom; rows are only ever added
    metadata,
    Column("id", Id, primary_key=True),
    Column("institution", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    ForeignKeyConstraint(["institution", "number"], ["models.institution", "models.number"]),
    Index(None, "institution", "number"),
)

word_verdicts = Table(
    "word_verdicts",  # words that a person would not have learnt, or would again; the newest row of a word counts
    metadata,
    Column("id", Id, primary_key=True),
    Column("institution", String(64), nullable=False),
    Column("category_id", String(64), nullable=False),
    Column("word", String(64), nullable=False),
    Column("wanted", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String(64), nullable=False),
    Index(None, "institution", "id"),
)

wordings = Table(
    "wordings",  # an institution's words as they were written at the desk, by version; rows are only ever added
    metadata,
    Column("institution", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 … for each institution
    Column("at", Instant, nullable=False),
    Column("by", String(64), nullable=False),
    Column("why", String(400), nullable=False),
    Column("words", JSON, nullable=False),  # all that differs from the file since then: [[part, key, language, text]]
    Column("changes", JSON, nullable=False),  # [[part, key, language, before, after]], after null: as the file again
    Column("restores", Integer),  # the version whose words these are once more; 0: the file alone
)

check_cases = Table(
    "check_cases",  # the cases that models are checked with, frozen with their categories; nothing is learnt from them
    metadata,
    Column("number", ForeignKey("cases.number"), primary_key=True),
    Column("institution", String(64), nullable=False),
    Column("category_id", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Index(None, "institution"),
)

nights = Table(
    "nights",  # work that is done once a night: who does it, or that it is done
    metadata,
    Column("job", String(32), primary_key=True),
    Column("institution", String(64), primary_key=True),
    Column("day", Date, primary_key=True),  # local
    Column("owner", String(64), nullable=False),
    Column("lease_until", Instant, nullable=False),
    Column("done_at", Instant),
)
