"""What programs send and get, as pydantic models: they check the one and document both."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from backend.domain.lifecycle import Status
from backend.services.talks.intake import storable

MOST_ITEMS, USUAL_ITEMS = 500, 100
LONGEST_TEXT = 10_000  # characters of a word to the citizen: more is a document, not a message
BLANK_FOR_PLUS = re.compile(r"(:\d\d[\d:.]*) (\d\d:?\d\d)$")

Text = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(storable)]


class Model(BaseModel):
    """Refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid")


def instant(told: object) -> object:
    """An ISO time with offset. A + that a URL turned into a blank is read as one."""
    if not isinstance(told, str):
        return told
    try:
        at = datetime.fromisoformat(BLANK_FOR_PLUS.sub(r"\1+\2", told))
    except ValueError:
        raise ValueError("this is no ISO time; write it as 2026-11-22T08:00:00+08:00") from None
    if at.tzinfo is None:
        raise ValueError("this time has no offset; write it as 2026-11-22T08:00:00+08:00")
    return at


def several(told: object) -> object:
    """Values repeated or divided by commas."""
    parts = told if isinstance(told, list) else [told]
    return [word.strip() for part in parts for word in str(part).split(",") if word.strip()]


class CaseFilter(Model):
    """Which cases to list; a parameter without value counts as absent."""

    status: Annotated[list[Status], BeforeValidator(several)] = Field(
        default=[], description="One or more statuses, repeated or divided by commas."
    )
    institution: str | None = Field(default=None, description="An institution's id.")
    since: Annotated[AwareDatetime | None, BeforeValidator(instant)] = Field(
        default=None, description="Filed at or after this time: ISO 8601 with offset."
    )
    q: str | None = Field(
        default=None,
        max_length=200,
        description="A question as the desk takes it: words, a phone number, and key:value for the rest such as 状态:received.",
    )
    limit: int = Field(default=USUAL_ITEMS, ge=1, description=f"How many at most; more than {MOST_ITEMS} is cut.")
    cursor: str | None = Field(default=None, description="`next` of the page before.")


class LifecycleFilter(Model):
    """Whose lifecycle to tell."""

    institution: str | None = Field(
        default=None, description="An institution's id; absent: the token's, else the site's."
    )


class Move(Model):
    """A handler's move of a case."""

    to: Status = Field(description="The status it is to have.")
    note: Text | None = Field(default=None, description="A remark; the citizen reads it where the status tells it.")
    answer: Text | None = Field(default=None, description="The answer to the citizen; `answered` needs it.")
    department: Text | None = Field(default=None, description="A department's id or name; `assigned` needs it.")
    ground: Text | None = Field(
        default=None, description="Why it is not accepted, in words or the id of a ground; `refused` needs it."
    )
    co: Text | None = Field(default=None, description="Departments that help, ids or names divided by commas.")
    officer: Text | None = Field(default=None, description="Who in the department gets it: a desk user's name.")
    right: Text | None = Field(default=None, description="With `returned`: the department it belongs to, if known.")
    investigators: Text | None = Field(
        default=None, description="Names, divided by commas; `investigating` may need them."
    )
    until: Text | None = Field(
        default=None,
        description="With `supplementing`: the day (2026-11-25) until which the citizen is asked to add it.",
    )
    lacks: Text | None = Field(
        default=None, description="With `supplementing`: what is missing, keys of slots divided by commas."
    )


class Message(Model):
    """A word to the citizens in their chats."""

    text: Text = Field(description="What they read, below the case's number.")


class NewPlace(Model):
    """A place whose QR code or link fills in what the citizen need not type."""

    name: Annotated[str, Field(min_length=1, max_length=128), AfterValidator(storable)] = Field(
        description="How you call it.", examples=["3栋2号电梯"]
    )
    fill: dict[str, Text] = Field(
        description="Texts by slot; each must be one that the slot would take from a citizen.",
        examples=[{"where": "幸福里3栋2号电梯"}],
    )


class Who(Model):
    """The citizen. ``contact`` is masked, and so is the name of one who asked for confidence, but for scope personal."""

    name: str | None
    contact: str | None
    anonymous: bool
    confidential: bool


class When(Model):
    """When it happened, as far as the citizen's words tell."""

    text: str
    start: AwareDatetime | None
    end: AwareDatetime | None
    precision: str | None
    recurring: bool


class Where(Model):
    """Where it happened; degrees, WGS 84."""

    text: str
    lat: float | None
    lon: float | None
    pieces: dict[str, str]


class File(Model):
    """A piece of evidence."""

    id: int
    kind: str = Field(description="photo, video, voice, document")
    filename: str
    sha256: str
    bytes: int


class Event(Model):
    """One line of the history; an erased text is null."""

    at: AwareDatetime
    by: str = Field(description="A user's or token's name, `citizen` or `system`.")
    what: str = Field(
        description="filed, moved, corrected, said, noted, evidence, clock, notice, looked, rated, joined, erased"
    )
    detail: dict[str, Any]


class Case(Model):
    """One matter of one citizen. What is not known is null."""

    number: str
    institution: str
    source: str
    kind: str = Field(description="complaint, report, consult, suggestion, help, thanks")
    kind_label: str
    status: Status
    status_label: str
    category: str
    category_id: str
    matter: str | None
    matter_id: str | None
    department: str
    department_id: str
    co_departments: list[str]
    grade: str = Field(description="emergency, urgent, ordinary, complex, minor")
    grade_label: str
    who: Who
    what: str | None
    target: str | None
    when: When | None
    where: Where | None
    request: str | None
    extra: dict[str, Any]
    evidence: list[File]
    filed_at: AwareDatetime
    due: dict[str, AwareDatetime] = Field(description="When each clock that still runs is over.")
    events: list[Event]


class CasePage(Model):
    """Some cases, newest first."""

    items: list[Case]
    next: str | None = Field(description="The cursor of the next page; null: there is none.")


class Notice(Model):
    """Something said to a citizen, and what became of it."""

    id: int
    kind: str = Field(description="status, message, survey, nudge")
    text: str
    channel: str
    way: str | None = Field(description="How the channel sent it.")
    state: str = Field(description="queued, sending, accepted, delivered, uncertain, deferred, undelivered")
    reason: str | None = Field(description="Why it is in that state, where there is something to say.")
    tries: int
    at: AwareDatetime = Field(description="Since when it is in that state.")


class Notices(Model):
    """Everything said to the citizens of a case, oldest first."""

    items: list[Notice]


class PlaceLinks(Model):
    """The ways into the chat from that place."""

    code: str
    wechat_scene: str = Field(description="scene_str of a WeChat QR code.", max_length=64)
    telegram_link: str | None
    web_link: str | None


class LifecycleStatus(Model):
    """One status that the institution uses."""

    key: Status
    label: str
    told: str = Field(description="What the citizen is told, as a pattern; empty: nothing.")


class ActOption(Model):
    """One choice of a field."""

    key: str
    label: str
    label_en: str


class ActField(Model):
    """Something that an act asks for."""

    key: str
    label: str
    label_en: str
    kind: str = Field(
        description="text, line, names, choice, date, instant, number, user, users, departments, case, cases, clock. "
        "Lists are JSON lists or one text divided by commas; times ISO 8601."
    )
    needed: bool
    private: bool = Field(description="Free text or personal data, which is masked and can be erased.")
    options: list[ActOption] = Field(description="What it can be chosen from; empty: anything, or what the case has.")


class ActForm(Model):
    """One thing that can be done to a case beside moving it."""

    key: str
    label: str
    label_en: str
    roles: list[str]
    statuses: list[Status] = Field(description="Where the case must stand.")
    told: str = Field(description="What the citizen is told, as a pattern; empty: nothing.")
    fields: list[ActField]


def _one_value(value: object, read: ValidatorFunctionWrapHandler) -> object:
    """One sentence for what is none of them, not one for each. Raises: ValueError."""
    try:
        if not isinstance(value, bool):
            return read(value)
    except ValidationError:
        pass
    raise ValueError(f"must be text of at most {LONGEST_TEXT} characters, a whole number or a list of texts")


Given = Annotated[Text | int | list[Text] | None, WrapValidator(_one_value)]


class Act(Model):
    """Something done to a case beside moving it."""

    act: Text = Field(description="Its key, as `/lifecycle` lists them.")
    given: dict[str, Given] = Field(default={}, description="Values by field.")


class LifecycleMove(Model):
    """One move that the institution allows."""

    model_config = ConfigDict(extra="forbid", validate_by_name=True, serialize_by_alias=True)

    origin: Status = Field(alias="from")
    to: Status
    roles: list[str] = Field(description="Who may make it: roles of the desk, `citizen`, `system`.")
    needs: list[str] = Field(description="What must be told: note, answer, department, ground.")
    may: list[str] = Field(description="What may be told: co, officer, right, investigators, answer, until, lacks.")
    asks: list[str] = Field(
        description="What else is asked of the case or of whose hand it is in, in English sentences."
    )


class Lifecycle(Model):
    """Where a case may stand and go."""

    statuses: list[LifecycleStatus]
    moves: list[LifecycleMove]
    acts: list[ActForm]


class ProblemDetail(Model):
    """RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
