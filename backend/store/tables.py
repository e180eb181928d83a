"""The tables. The only place that names a column; migrations follow it, and a test compares them.

What a time and free text are there, columns.py says. The local day is stored
beside the times that reports count by.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from backend.store.columns import UNSTORABLE as UNSTORABLE
from backend.store.columns import Instant as Instant
from backend.store.columns import Words
from backend.store.columns import storable as storable

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts rows up only in an INTEGER key

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel", String(64), nullable=False),
    Column("address", String(256), nullable=False),
    Column("language", String(8), nullable=False, server_default="zh"),
    Column("created_at", Instant, nullable=False),
    UniqueConstraint("channel", "address"),
)

FAILED = text("state = 'failed'")

journal = Table(
    "journal",  # every inbound message, whole, before it is answered
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("message_id", String(256), nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("message", JSON, nullable=False),
    Column("state", String(16), nullable=False),  # done, failed
    Column("trouble", Words, nullable=False, server_default=""),  # why it failed, for the desk
    UniqueConstraint("person", "message_id"),
    Index("ix_journal_failed", "id", sqlite_where=FAILED, postgresql_where=FAILED),
)

sayings = Table(
    "sayings",  # every bubble of ours, in the order a person got them
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("seq", Integer, nullable=False),  # 1, 2, 3 … for each person
    Column("at", Instant, nullable=False),
    Column("text", Words, nullable=False),
    Column("choices", JSON, nullable=False),  # [{"id", "label"}]
    Column("answers", ForeignKey("journal.id")),  # the message it answers; null: it came by itself
    Column("notice", ForeignKey("outbox.id")),  # the outbox row it was delivered for
    UniqueConstraint("person", "seq"),
    Index(None, "answers"),
)

wrong_claims = Table(
    "wrong_claims",  # tries to follow a case with a number or phone that do not fit, to be limited
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("number", String(32), nullable=False),  # as tried: there may be no such case
    Column("at", Instant, nullable=False),
    Index(None, "person", "at"),
    Index(None, "number", "at"),
)

HAS_DUE = text("due_at IS NOT NULL")

conversations = Table(
    "conversations",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("institution", String(64), primary_key=True),
    Column("state", JSON, nullable=False),
    Column("updated_at", Instant, nullable=False),
    Column("due_at", Instant),  # when something falls due for what is told in it; null: nothing does
    Index("ix_conversations_due_at", "due_at", sqlite_where=HAS_DUE, postgresql_where=HAS_DUE),
)

draft_codes = Table(
    "draft_codes",  # short codes that move what is told in one chat to another; a row goes when it is used
    metadata,
    Column("hash", String(64), primary_key=True),  # SHA-256 of institution and code
    Column("institution", String(64), nullable=False),
    Column("person", ForeignKey("people.id"), nullable=False),  # whose chat it is moved from
    Column("expires_at", Instant, nullable=False),
    Index(None, "person"),
    Index(None, "expires_at"),
)

OPEN = text("ended_at IS NULL")

handovers = Table(
    "handovers",  # a citizen who waits for a person, or has one; a danger that is being told stands here too
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("institution", String(64), nullable=False),
    Column("kind", String(16), nullable=False),  # danger, person
    Column("reason", String(16), nullable=False),  # danger, self_harm, asked, stuck, abuse
    Column("number", ForeignKey("cases.number")),  # of the case it is about, once there is one
    Column("state", String(16), nullable=False),  # waiting, missed, taken, ended
    Column("asked_at", Instant, nullable=False),
    Column("due_at", Instant),  # when something follows by itself; null: nothing does
    Column("taken_by", String(64)),
    Column("ended_at", Instant),
    Index("ix_handovers_open", "person", "institution", "kind", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
)

handover_moves = Table(
    "handover_moves",  # what became of each, when and by whom; rows are only ever added
    metadata,
    Column("id", Id, primary_key=True),
    Column("handover", ForeignKey("handovers.id"), nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String(64), nullable=False),
    Column("what", String(16), nullable=False),  # asked, missed, taken, said, ended
    Column("notice", ForeignKey("outbox.id")),  # the words, where some were said
    Index(None, "handover"),
)

steps = Table(
    "steps",  # what became of each question that citizens were asked, as sums; nobody stands here
    metadata,
    Column("institution", String(64), primary_key=True),
    Column("day", Date, primary_key=True),  # local; on which the draft was filed or left
    Column("channel", String(64), primary_key=True),
    Column("step", String(64), primary_key=True),  # a slot or stage; case, turns, seconds: see dialogs/steps.py
    Column("what", String(16), primary_key=True),  # arrived, answered, skipped, missed, left, returned; a bucket
    Column("count", BigInteger, nullable=False),
)

counters = Table(
    "counters",  # the last case number given, by institution code and local day
    metadata,
    Column("code", String(2), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("last", Integer, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("number", String(32), primary_key=True),
    Column("institution", String(64), nullable=False),
    Column("source", String(32), nullable=False),
    Column("person", ForeignKey("people.id")),
    Column("kind", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("category_id", String(64), nullable=False),
    Column("matter_id", String(128)),
    Column("department_id", String(64), nullable=False),
    Column("grade", String(16), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("proposal", JSON, nullable=False),
    Column("answer", Words, nullable=False, server_default=""),
    Column("round", Integer, nullable=False, server_default="1"),
    Column("due", JSON, nullable=False),  # {clock: ISO time}
    Column("next_due", Instant),  # the earliest of them that still runs, for lists
    Column("filed_at", Instant, nullable=False),
    Column("filed_day", Date, nullable=False),  # local
    Column("closed_at", Instant),
    Column("closed_day", Date),  # local
    Column("status_at", Instant, nullable=False),  # when it entered its status
    Column("head", String(64), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("decided_at", Instant),  # when it was last answered or refused
    Column("urged", Integer, nullable=False, server_default="0"),  # how often the citizen pressed for it since then
    Index(None, "filed_at", "number"),
    Index(None, "institution", "status", "filed_at"),
    Index(None, "institution", "category_id", "filed_at"),  # others who told the same
    Index(None, "status", "status_at"),
    Index(None, "person"),
)

bindings = Table(
    "bindings",  # who may follow a case: the citizen, those who joined, another device
    metadata,
    Column("number", ForeignKey("cases.number"), primary_key=True),
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("role", String(16), nullable=False),  # citizen, joint, device, joint_device
    Column("at", Instant, nullable=False),
    Index(None, "person"),
)

events = Table(
    "events",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", ForeignKey("cases.number"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String(64), nullable=False),
    Column("what", String(16), nullable=False),
    Column("detail", JSON, nullable=False),
    Column("digests", JSON, nullable=False),  # {key: SHA-256(salt, value)} of the private texts
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("number", "seq"),
)

event_texts = Table(
    "event_texts",  # free text and personal data of events; erasing a row leaves the chain whole
    metadata,
    Column("event", ForeignKey("events.id"), primary_key=True),
    Column("key", String(32), primary_key=True),
    Column("salt", LargeBinary(16), nullable=False),
    Column("value", Words, nullable=False),
)

seals = Table(
    "seals",  # each fixes the heads of the cases changed since the last one
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("heads", JSON, nullable=False),  # [[number, seq, hash]], sorted
    Column("root", String(64), nullable=False),  # Merkle root of them
    Column("previous", String(64), nullable=False, unique=True),  # so that the chain of seals cannot fork
    Column("hash", String(64), nullable=False),
    Column("upto", BigInteger, nullable=False),  # the last events.id it covers
)

UNHEARD = text("kind = 'voice' AND words IS NULL")

evidence = Table(
    "evidence",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", ForeignKey("cases.number")),  # null until the case is filed
    Column("person", ForeignKey("people.id")),
    Column("kind", String(16), nullable=False),  # photo, video, voice, document
    Column("media_type", String(64), nullable=False),
    Column("filename", String(256), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("words", Words),  # what a voice note says; null: nobody has written it down yet
    Index(None, "number"),
    Index(None, "sha256"),
    Index("ix_evidence_unheard", "id", sqlite_where=UNHEARD, postgresql_where=UNHEARD),
)

UNFINISHED = text("state IN ('queued', 'deferred', 'sending')")

outbox = Table(
    "outbox",  # what we owe citizens; written with the change that causes it
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("number", ForeignKey("cases.number")),
    Column("kind", String(16), nullable=False),  # status, message, survey, nudge
    Column("text", Words, nullable=False),
    Column("choices", JSON, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Words, nullable=False, server_default=""),
    Column("way", String(32), nullable=False, server_default=""),
    Column("platform_id", String(128), nullable=False, server_default=""),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("not_before", Instant, nullable=False),
    Column("owner", String(64), nullable=False, server_default=""),
    Column("lease_until", Instant),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    Index(None, "state", "person", "id"),
    Index("ix_outbox_unfinished", "id", sqlite_where=UNFINISHED, postgresql_where=UNFINISHED),
    Index(None, "number"),
)

surveys = Table(
    "surveys",  # one visit-back for each time a case was answered
    metadata,
    Column("number", ForeignKey("cases.number"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("person", ForeignKey("people.id")),
    Column("asked_at", Instant, nullable=False),
    Column("answered_at", Instant),
    Column("contacted", Boolean),
    Column("solved", String(8)),  # yes, partly, no
    Column("satisfied", Integer),  # 1 to 5
    Column("remark", Words, nullable=False, server_default=""),
)

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
