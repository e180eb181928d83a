"""The first schema: everything from people to places."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite counts rows up only in an INTEGER key
INSTANT = sa.BigInteger()  # UTC microseconds since 1970


def upgrade() -> None:
    """Make every table, each after those it points to."""
    _counters()
    _people()
    _places()
    _seals()
    _tokens()
    _users()
    _cases()
    _conversations()
    _journal()
    _sessions()
    _wrong_claims()
    _bindings()
    _events()
    _evidence()
    _outbox()
    _surveys()
    _event_texts()
    _sayings()


def downgrade() -> None:
    """Leave nothing."""
    for table in reversed(TABLES):
        op.drop_table(table)


TABLES = (
    "counters",
    "people",
    "places",
    "seals",
    "tokens",
    "users",
    "cases",
    "conversations",
    "journal",
    "sessions",
    "wrong_claims",
    "bindings",
    "events",
    "evidence",
    "outbox",
    "surveys",
    "event_texts",
    "sayings",
)


def _counters() -> None:
    op.create_table(
        "counters",
        sa.Column("code", sa.String(length=2), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", "day", name=op.f("pk_counters")),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", ID, nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=256), nullable=False),
        sa.Column("language", sa.String(length=8), server_default="zh", nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("channel", "address", name=op.f("uq_people_channel_address")),
    )


def _places() -> None:
    op.create_table(
        "places",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("fill", sa.JSON(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_places")),
    )


def _seals() -> None:
    op.create_table(
        "seals",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("heads", sa.JSON(), nullable=False),
        sa.Column("root", sa.String(length=64), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("upto", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seals")),
        sa.UniqueConstraint("previous", name=op.f("uq_seals_previous")),
    )


def _tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("institution", sa.String(length=64), nullable=True),
        sa.Column("scope", sa.String(length=16), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("revoked_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_tokens")),
    )
    op.create_index(
        "ix_tokens_live_name",
        "tokens",
        ["name"],
        unique=True,
        sqlite_where=sa.text("revoked_at IS NULL"),
        postgresql_where=sa.text("revoked_at IS NULL"),
    )


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("password", sa.String(length=256), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("institution", sa.String(length=64), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("disabled", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("must_change", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_users")),
    )


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("institution", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=32), nullable=False),
        sa.Column("person", ID, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("category_id", sa.String(length=64), nullable=False),
        sa.Column("matter_id", sa.String(length=128), nullable=True),
        sa.Column("department_id", sa.String(length=64), nullable=False),
        sa.Column("grade", sa.String(length=16), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("proposal", sa.JSON(), nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("round", sa.Integer(), server_default="1", nullable=False),
        sa.Column("due", sa.JSON(), nullable=False),
        sa.Column("next_due", INSTANT, nullable=True),
        sa.Column("filed_at", INSTANT, nullable=False),
        sa.Column("filed_day", sa.Date(), nullable=False),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("closed_day", sa.Date(), nullable=True),
        sa.Column("status_at", INSTANT, nullable=False),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_cases_person_people")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_cases")),
    )
    op.create_index(op.f("ix_cases_filed_at_number"), "cases", ["filed_at", "number"], unique=False)
    op.create_index(
        op.f("ix_cases_institution_status_filed_at"), "cases", ["institution", "status", "filed_at"], unique=False
    )
    op.create_index(op.f("ix_cases_person"), "cases", ["person"], unique=False)
    op.create_index(op.f("ix_cases_status_status_at"), "cases", ["status", "status_at"], unique=False)


def _conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("person", ID, nullable=False),
        sa.Column("institution", sa.String(length=64), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_conversations_person_people")),
        sa.PrimaryKeyConstraint("person", "institution", name=op.f("pk_conversations")),
    )


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("message_id", sa.String(length=256), nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.Column("message", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("trouble", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_journal_person_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
        sa.UniqueConstraint("person", "message_id", name=op.f("uq_journal_person_message_id")),
    )
    op.create_index(
        "ix_journal_failed",
        "journal",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'failed'"),
        postgresql_where=sa.text("state = 'failed'"),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("user", sa.String(length=64), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["user"], ["users.name"], name=op.f("fk_sessions_user_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_user"), "sessions", ["user"], unique=False)


def _wrong_claims() -> None:
    op.create_table(
        "wrong_claims",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_wrong_claims_person_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_claims")),
    )
    op.create_index(op.f("ix_wrong_claims_number_at"), "wrong_claims", ["number", "at"], unique=False)
    op.create_index(op.f("ix_wrong_claims_person_at"), "wrong_claims", ["person", "at"], unique=False)


def _bindings() -> None:
    op.create_table(
        "bindings",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["number"], ["cases.number"], name=op.f("fk_bindings_number_cases")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_bindings_person_people")),
        sa.PrimaryKeyConstraint("number", "person", name=op.f("pk_bindings")),
    )
    op.create_index(op.f("ix_bindings_person"), "bindings", ["person"], unique=False)


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("what", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("digests", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["cases.number"], name=op.f("fk_events_number_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("number", "seq", name=op.f("uq_events_number_seq")),
    )


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.String(length=32), nullable=True),
        sa.Column("person", ID, nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("media_type", sa.String(length=64), nullable=False),
        sa.Column("filename", sa.String(length=256), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["number"], ["cases.number"], name=op.f("fk_evidence_number_cases")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_evidence_person_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_number"), "evidence", ["number"], unique=False)
    op.create_index(op.f("ix_evidence_sha256"), "evidence", ["sha256"], unique=False)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("number", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("way", sa.String(length=32), server_default="", nullable=False),
        sa.Column("platform_id", sa.String(length=128), server_default="", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("not_before", INSTANT, nullable=False),
        sa.Column("owner", sa.String(length=64), server_default="", nullable=False),
        sa.Column("lease_until", INSTANT, nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["number"], ["cases.number"], name=op.f("fk_outbox_number_cases")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_outbox_person_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_number"), "outbox", ["number"], unique=False)
    op.create_index(op.f("ix_outbox_state_person_id"), "outbox", ["state", "person", "id"], unique=False)
    op.create_index(
        "ix_outbox_unfinished",
        "outbox",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state IN ('queued', 'deferred', 'sending')"),
        postgresql_where=sa.text("state IN ('queued', 'deferred', 'sending')"),
    )


def _surveys() -> None:
    op.create_table(
        "surveys",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person", ID, nullable=True),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("contacted", sa.Boolean(), nullable=True),
        sa.Column("solved", sa.String(length=8), nullable=True),
        sa.Column("satisfied", sa.Integer(), nullable=True),
        sa.Column("remark", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["number"], ["cases.number"], name=op.f("fk_surveys_number_cases")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_surveys_person_people")),
        sa.PrimaryKeyConstraint("number", "round", name=op.f("pk_surveys")),
    )


def _event_texts() -> None:
    op.create_table(
        "event_texts",
        sa.Column("event", ID, nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["events.id"], name=op.f("fk_event_texts_event_events")),
        sa.PrimaryKeyConstraint("event", "key", name=op.f("pk_event_texts")),
    )


def _sayings() -> None:
    op.create_table(
        "sayings",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("answers", ID, nullable=True),
        sa.Column("notice", ID, nullable=True),
        sa.ForeignKeyConstraint(["answers"], ["journal.id"], name=op.f("fk_sayings_answers_journal")),
        sa.ForeignKeyConstraint(["notice"], ["outbox.id"], name=op.f("fk_sayings_notice_outbox")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_sayings_person_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sayings")),
        sa.UniqueConstraint("person", "seq", name=op.f("uq_sayings_person_seq")),
    )
    op.create_index(op.f("ix_sayings_answers"), "sayings", ["answers"], unique=False)
