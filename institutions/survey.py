"""The visit-back (回访) of an institution: when it is asked, how long it waits, what follows, and who calls.

What an answer means is ``backend.domain.survey``'s; how it is asked, the
dialog's.
"""

from __future__ import annotations

from string import Formatter
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from institutions.lengths import Length
from institutions.words import Wrong

ByPhone = Literal["unreachable", "silent", "dissatisfied"]
"""Whom a person calls: no question reached them, they did not answer, or they were not content."""
Reopens = Literal["unsolved", "discontent", "never"]


class Reason(BaseModel):
    """What somebody who is not content can tap instead of writing it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,15}$")]
    name: Annotated[str, Field(min_length=1, max_length=12)]
    name_en: Annotated[str, Field(min_length=1, max_length=30)]


REASONS = (
    Reason(id="nobody", name="没人联系我", name_en="Nobody contacted me"),
    Reason(id="still", name="问题还在", name_en="The problem is still there"),
    Reason(id="manner", name="态度不好", name_en="Unfriendly"),
    Reason(id="slow", name="太慢了", name_en="Too slow"),
    Reason(id="unclear", name="答复看不懂", name_en="The answer is unclear"),
    Reason(id="other", name="其他", name_en="Something else"),
)
SCRIPT = (
    "您好，这里是{office}。您{filed}反映的“{what}”（{number}）已经由{department}答复，打扰您一分钟，做个回访："
    "办理人员联系过您吗？问题解决了吗？您满意吗？"
)
SCRIPT_EN = (
    "Hello, this is {office}. {department} has answered what you told us on {filed}, “{what}” ({number}). "
    "May I take a minute: did anybody contact you? Is it solved? Are you satisfied?"
)
BLANKS = ("office", "filed", "what", "number", "department")
"""What a script may name in braces."""


def _is_script(value: str) -> str:
    """Raises: Wrong: it names a blank that nobody fills in."""
    try:
        named = [blank for _, blank, _, _ in Formatter().parse(value) if blank is not None]
    except ValueError:
        raise Wrong("", "a brace is open; write {number} and the like, or no braces at all") from None
    for blank in named:
        if blank not in BLANKS:
            raise Wrong("", f"nobody fills in {{{blank}}}; there are {', '.join(f'{{{one}}}' for one in BLANKS)}")
    return value


Script = Annotated[str, Field(min_length=1, max_length=600), AfterValidator(_is_script)]


class Survey(BaseModel):
    """The visit-back: contacted? solved? satisfied? Lengths are counted from the answer, or from the question."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    after: Length = "0h"  # from the answer
    earliest: Length | Literal[""] = ""  # so early, where the platform's window shuts before ``after``; empty: never
    wait: Length = "7d"  # from the question; then the window is over
    remind: Length | Literal[""] = "3d"  # from the question, once; empty: never
    reasons: tuple[Reason, ...] = Field(default=REASONS, max_length=8)  # what who is not content can tap
    reopen: Reopens = "unsolved"  # worked on again: what is not solved; … or whoever is not satisfied; nothing
    reopens: int = Field(default=0, ge=0, le=9)  # so often at most by a visit-back; 0: as often as it takes
    by_phone: tuple[ByPhone, ...] = ()  # whom a person calls, who never is of the department that handled it
    tries: int = Field(default=3, ge=1, le=9)  # calls, at most
    most_asked: int = Field(default=4, ge=1, le=50)  # times in 90 days, visit-backs too: beyond it no campaign asks
    between: Length = "1d"  # from a call that reached nobody to the next
    script: Script = SCRIPT
    script_en: Script = SCRIPT_EN

    def reason(self, key: str) -> Reason | None:
        """That reason; None: there is none (any more)."""
        return next((one for one in self.reasons if one.id == key), None)
