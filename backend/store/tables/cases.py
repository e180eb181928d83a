"""Cases: who may follow them, their history and its seals, evidence, and what citizens think of the answer."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from backend.store.columns import Instant, Words
from backend.store.tables.ground import Id, metadata

counters = Table(
    "counters",  # the last case number given, by institution code and local day
    metadata,
    Column("code", String(2), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("last", Integer, nullable=False),
)

WARNED = text("next_warning IS NOT NULL")
OPEN, DUE = text("closed_at IS NULL"), text("next_due IS NOT NULL")
OPEN_COLUMNS = (
    "status", "institution", "department_id", "sealed", "officer", "next_due", "grade", "urged", "filed_at", "number",
    "category_id", "source", "district",
)  # fmt: skip
"""What the order of work goes by, and what it is narrowed by; few cases are open, so that all can be put in order."""
PLACED = text("district <> ''")

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
    Column("record", JSON, nullable=False, server_default="{}"),  # what was done to it beside moving: domain/acts
    Column("officer", String(64)),  # the user who has it; null: whoever of its department takes it
    Column("parent", String(32)),  # the case that it was split from or is handled with
    Column("sealed", Boolean, nullable=False, server_default=false()),  # only officers named for it open it
    Column("next_warning", Instant),  # when somebody is to be told of its clocks; null: never
    Column("district", String(64), nullable=False, server_default=""),  # of the place in the facts; empty: none is told
    Index("ix_cases_district", "district", sqlite_where=PLACED, postgresql_where=PLACED),
    Index("ix_cases_next_warning", "next_warning", sqlite_where=WARNED, postgresql_where=WARNED),
    Index(None, "officer"),
    Index(None, "parent"),
    Index(None, "filed_at", "number"),
    # The lists of the desk are read from these alone, but for the thirty cases shown: see store/newest.
    Index("ix_cases_newest_here", "institution", "filed_at", "number"),
    Index("ix_cases_newest", "status", "filed_at", "number", "sealed"),
    Index("ix_cases_newest_home", "institution", "status", "filed_at", "number", "sealed"),
    Index("ix_cases_newest_office", "department_id", "status", "filed_at", "number", "sealed", "institution"),
    Index("ix_cases_open", *OPEN_COLUMNS, sqlite_where=OPEN, postgresql_where=OPEN),
    Index("ix_cases_next_due", "next_due", "number", sqlite_where=DUE, postgresql_where=DUE),
    Index(
        "ix_cases_sealed",
        "filed_at",
        "number",
        sqlite_where=text("sealed IS 1"),
        postgresql_where=text("sealed IS true"),
    ),
    Index(None, "institution", "category_id", "filed_at"),  # others who told the same
    Index(None, "status", "status_at"),
    Index(None, "person"),
)

DEVICES = text("role IN ('device', 'joint_device')")

bindings = Table(
    "bindings",  # who may follow a case: the citizen, those who joined, another device
    metadata,
    Column("number", ForeignKey("cases.number"), primary_key=True),
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("role", String(16), nullable=False),  # citizen, joint, device, joint_device
    Column("at", Instant, nullable=False),
    Index(None, "person"),
    Index("ix_bindings_devices", "number", sqlite_where=DEVICES, postgresql_where=DEVICES),
)

cohosts = Table(
    "cohosts",  # departments that help the one that has the case
    metadata,
    Column("number", ForeignKey("cases.number"), primary_key=True),
    Column("department", String(64), primary_key=True),
    Index(None, "department"),
)

named_officers = Table(
    "named_officers",  # who may open a sealed case
    metadata,
    Column("number", ForeignKey("cases.number"), primary_key=True),
    Column("user", String(64), primary_key=True),
    Index(None, "user"),
)

rewards = Table(
    "rewards",  # the reward ledger: what a report has earned, and until when it can be claimed
    metadata,
    Column("number", ForeignKey("cases.number"), primary_key=True),
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("institution", String(64), nullable=False),
    Column("act", String(160), nullable=False),  # what tells one act from another: plate and minute
    Column("sum", Integer, nullable=False),  # in fen: a share may be half a yuan
    Column("state", String(16), nullable=False),  # granted, claimed, lapsed
    Column("granted_at", Instant, nullable=False),
    Column("claim_by", Instant, nullable=False),
    Column("claimed_at", Instant),
    Index(None, "institution", "state", "claim_by"),
    Index(None, "institution", "act"),
)

LOOKED = text("what = 'looked'")
BY_OFFICERS = text("\"by\" <> 'citizen' AND \"by\" <> 'system'")
"""Said in these very words by a question too, else SQLite does not see that an index answers it."""

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
    # The record of the office is read from these: by time, looks alone, and one person's.
    Index(None, "at", "id"),
    Index("ix_events_looked", "at", "id", sqlite_where=LOOKED, postgresql_where=LOOKED),
    Index("ix_events_officers", "by", "at", "id", sqlite_where=BY_OFFICERS, postgresql_where=BY_OFFICERS),
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
    Column("original", BigInteger),  # the evidence.id of which this is the redacted copy; null: it is one itself
    Column("boxes", Words),  # what was covered on a redacted copy: services/redacting
    Index(None, "number"),
    Index(None, "sha256"),
    Index("ix_evidence_unheard", "id", sqlite_where=UNHEARD, postgresql_where=UNHEARD),
)

WINDOW, UNDONE, REMINDED = text("over_at IS NULL"), text("done_at IS NULL"), text("remind_at IS NOT NULL")

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
    Column("reasons", JSON, nullable=False, server_default="[]"),  # ids of the institution's, as they were tapped
    Column("by", String(16), nullable=False, server_default="chat"),  # chat, phone: where it was answered
    Column("ends_at", Instant),  # until when the chat takes an answer; null: it was asked before we kept that
    Column("over_at", Instant),  # since when who handled the case may read it: the window is over, or it was reopened
    Column("outcome", String(16), nullable=False, server_default=""),  # answered, silent, unreachable, or none yet
    Column("remind_at", Instant),  # when it is asked once more; null: never, or not again
    Index("ix_surveys_open", "ends_at", sqlite_where=WINDOW, postgresql_where=WINDOW),
    Index("ix_surveys_remind", "remind_at", sqlite_where=REMINDED, postgresql_where=REMINDED),
)

invitations = Table(
    "invitations",  # each time somebody was asked what they think of an answer; rows are only ever added
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", ForeignKey("cases.number"), nullable=False),
    Column("round", Integer, nullable=False),
    Column("person", ForeignKey("people.id")),
    Column("at", Instant, nullable=False),
    Column("way", String(8), nullable=False),  # chat, phone
    Column("kind", String(16), nullable=False),  # first, reminder, joined, call
    Column("why", String(16), nullable=False),  # due, early, shut, asked; of a call: see callbacks
    Column("by", String(64), nullable=False),  # system, citizen, or who called
    Column("message", Id),  # the outbox row, which says whether it arrived; null: a call, or it was withdrawn
    Column("outcome", String(16), nullable=False, server_default=""),  # of a call
    Index(None, "number", "round"),
    Index(None, "at"),
    Index(None, "person", "at"),
)

callbacks = Table(
    "callbacks",  # visit-backs by phone: one row for each answer that somebody is to be called about
    metadata,
    Column("number", ForeignKey("cases.number"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("institution", String(64), nullable=False),
    Column("why", String(16), nullable=False),  # unreachable, silent, dissatisfied
    Column("since", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),  # not before then
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("user", String(64)),  # who has it before them
    Column("until", Instant),  # … and until when
    Column("done_at", Instant),
    Column("outcome", String(16), nullable=False, server_default=""),  # of the last call: reached, no_answer, wrong,
    # refused, later; moot: it was answered or reopened meanwhile
    Index("ix_callbacks_waiting", "due_at", "number", sqlite_where=UNDONE, postgresql_where=UNDONE),
)

slips = Table(
    "slips",  # what staff registered: one row a form; its code binds a chat to the case, once
    metadata,
    Column("form", String(64), primary_key=True),
    Column("number", ForeignKey("cases.number"), nullable=False),
    Column("voice", Integer, nullable=False),  # 1: who filed it
    Column("code", String(64), nullable=False),  # its hash
    Column("made_at", Instant, nullable=False),
    Column("used_at", Instant),
    Index(None, "number"),
)
