"""A campaign's answers belong to a place in the lot, whose person can be forgotten; chats of one person are found fast."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend.store.columns import Instant, Words

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
NOT_YET = sa.text("state = 'drawn'")
DEVICES = sa.text("role IN ('device', 'joint_device')")
ASKED = (
    "campaign, place, person, stratum, category_id, district, department_id,"
    " state, question, not_before, asked_at, changed_at, notice"
)
TOLD = "a.campaign, {key}, a.question, a.choices, a.words, a.photos, a.at"
JOINED = "FROM campaign_answers a JOIN campaign_people p ON p.campaign = a.campaign AND p.{by} = a.{by}"


def upgrade() -> None:
    """Two tables get another key; three indexes."""
    _keep("campaign_people", f"{TOLD.format(key='p.place')} {JOINED.format(by='person')}")
    _people("place", sa.Column("person", ID, nullable=True))
    op.create_index("ix_campaign_people_campaign_person", "campaign_people", ["campaign", "person"], unique=True)
    _answers("place", sa.Column("place", sa.Integer(), nullable=False))
    _put_back("place")
    op.create_index("ix_bindings_devices", "bindings", ["number"], sqlite_where=DEVICES, postgresql_where=DEVICES)
    op.create_index("ix_invitations_person_at", "invitations", ["person", "at"])


def downgrade() -> None:
    """As it was; whom nobody knows any more cannot be kept."""
    op.drop_index("ix_invitations_person_at", "invitations")
    op.drop_index("ix_bindings_devices", "bindings")
    known = "p.person IS NOT NULL"
    _keep(
        f"campaign_people p WHERE {known}", f"{TOLD.format(key='p.person')} {JOINED.format(by='place')} WHERE {known}"
    )
    _people("person", sa.Column("person", ID, nullable=False))
    _answers("person", sa.Column("person", ID, nullable=False))
    _put_back("person")


def _keep(people: str, answers: str) -> None:
    op.execute(f"CREATE TEMPORARY TABLE kept_people AS SELECT {ASKED} FROM {people}")  # noqa: S608 - our own names
    op.execute(f"CREATE TEMPORARY TABLE kept_answers AS SELECT {answers}")
    op.drop_table("campaign_answers")
    op.drop_table("campaign_people")


def _put_back(key: str) -> None:
    told = TOLD.replace("a.", "").format(key=key)
    op.execute(f"INSERT INTO campaign_people ({ASKED}) SELECT {ASKED} FROM kept_people")  # noqa: S608
    op.execute(f"INSERT INTO campaign_answers ({told}) SELECT {told} FROM kept_answers")  # noqa: S608
    op.execute("DROP TABLE kept_people")
    op.execute("DROP TABLE kept_answers")


def _people(key: str, person: sa.Column[int]) -> None:
    op.create_table(
        "campaign_people",
        sa.Column("campaign", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        person,
        sa.Column("stratum", sa.String(128), nullable=False),
        sa.Column("category_id", sa.String(64), nullable=False),
        sa.Column("district", sa.String(64), nullable=False),
        sa.Column("department_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("question", sa.String(16), server_default="", nullable=False),
        sa.Column("not_before", Instant(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=True),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("notice", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_campaign_people_campaign_campaigns")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_campaign_people_person_people")),
        sa.PrimaryKeyConstraint("campaign", key, name=op.f("pk_campaign_people")),
    )
    op.create_index(
        "ix_campaign_people_next",
        "campaign_people",
        ["campaign", "not_before"],
        sqlite_where=NOT_YET,
        postgresql_where=NOT_YET,
    )
    op.create_index("ix_campaign_people_campaign_asked_at", "campaign_people", ["campaign", "asked_at"])
    op.create_index("ix_campaign_people_person_asked_at", "campaign_people", ["person", "asked_at"])


def _answers(key: str, whose: sa.Column[int]) -> None:
    person = sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_campaign_answers_person_people"))
    op.create_table(
        "campaign_answers",
        sa.Column("campaign", ID, nullable=False),
        whose,
        sa.Column("question", sa.String(16), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("words", Words(), server_default="", nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["campaign"], ["campaigns.id"], name=op.f("fk_campaign_answers_campaign_campaigns")),
        *([person] if key == "person" else []),
        sa.PrimaryKeyConstraint("campaign", key, "question", name=op.f("pk_campaign_answers")),
    )
