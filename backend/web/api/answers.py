"""The REST call that looks an answer over before a program sends it; it keeps nothing and stops nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from backend.domain import numbers
from backend.domain.lifecycle import Status
from backend.services.cases import proofing
from backend.services.privacy.masking import masked_text
from backend.web.api.calls import Call
from backend.web.api.models import Model, Text

if TYPE_CHECKING:
    from backend.web.api.calls import Asked
    from nlp.answers.heard import Caution


class Draft(Model):
    """Words that would be sent with a move."""

    to: Literal["answered", "reviewing", "refused"] = Field(
        default="answered", description="The move they would be sent with."
    )
    answer: Text | None = Field(default=None, description="The answer; for `answered` and `reviewing`.")
    ground: Text | None = Field(default=None, description="The ground, in words or its id; for `refused`.")
    note: Text | None = Field(default=None, description="What is told behind the ground.")


class Reminder(Model):
    """Something to look at before the answer is sent."""

    key: str = Field(description="What it is: question, demand, place, day, empty, measures, ground, remedy … "
                                 "(all in docs/answers.md).")  # fmt: skip
    of: str = Field(
        description="Whose words the stretch is cut from: answer, what, request, place, day; empty: nothing is there."
    )
    start: int = Field(description="Where it begins in them, in characters.")
    end: int = Field(description="Where it ends.")
    quote: str = Field(description="The stretch.")
    why: str = Field(description="In Chinese.")
    why_en: str = Field(description="In English.")
    mend: str = Field(description="What would mend it, in Chinese.")
    mend_en: str = Field(description="In English.")


class Reminders(Model):
    """None: nothing to point out."""

    items: list[Reminder]


async def check_answer(asked: Asked, told: Draft) -> dict[str, Any]:
    """What that answer still lacks. Tokens without personal data try no names: see ``answers``."""
    site, number = asked.site, numbers.read(asked.number)
    given = {key: text for key, text in told.model_dump(exclude={"to"}).items() if text}
    found = await site.store.read(
        proofing.look, site.institutions, number, Status(told.to), given, by=asked.actor, at=asked.at
    )
    shown = found if asked.actor.personal else tuple(map(_masked, found))
    return {"items": [{key: getattr(one, key) for key in Reminder.model_fields} for one in shown]}


def _masked(one: Caution) -> Caution:
    """Numbers in what the citizen said are starred; the answer's own words are the program's."""
    if one.of == "answer":
        return one
    return replace(one, quote=masked_text(one.quote), why=masked_text(one.why), why_en=masked_text(one.why_en))


CALLS = (
    Call("POST", "/cases/{number}/check", "Look an answer over before it is sent; nothing is kept", "发送前检查答复（只提醒，不保存）",
         "write", check_answer, Reminders, body=Draft, problems=("not-found",)),
)  # fmt: skip
