"""What an institution says beside its questions: whose other matters are, its own answers, which papers it needs.

The offices that most institutions send people to stand once, in
``shared/offices.toml``. When a text calls for any of this is nlp's business,
how it is said the dialog's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from institutions.lengths import Length
from institutions.routing import Kind
from institutions.words import Words, Wrong

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
File = Literal["photo", "video", "voice", "document"]

SENTENCE = 60
"""Characters of a sentence in Chinese: what is read at one glance on a phone."""
ANSWER = 200


def _is_why(value: str) -> str:
    if len(value) > SENTENCE:
        raise Wrong("", f"it has {len(value)} characters; say in one sentence of at most {SENTENCE} why it is needed")
    if any(mark in value for mark in "？?"):
        raise Wrong("", "it asks a question; say why it is needed")
    return value


def _is_answer(value: str) -> str:
    if not value or len(value) > ANSWER:
        raise Wrong("", f"it has {len(value)} characters; an answer has 1 to {ANSWER}")
    if any(mark in value for mark in "？?"):
        raise Wrong("", "it asks a question; an answer asks none, for the open question follows it")
    return value


Why = Annotated[str, AfterValidator(_is_why)]
Answer = Annotated[str, AfterValidator(_is_answer)]


class Guidance(BaseModel):
    """Frozen, and refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Elsewhere(Guidance):
    """A matter that is not ours: words that show it, and what to tell the citizen.

    ``city``: what of the hotline's categories and matters (urban, urban/municipal) it is; only shared rows tell.
    """

    id: str = ""
    words: Words
    say: str
    say_en: str = ""
    city: tuple[str, ...] = ()


class Faq(Guidance):
    """A question that citizens ask this institution in the middle of something else, and its answer."""

    id: Id
    words: Words = Field(min_length=1)
    asks: tuple[str, ...] = ()  # how citizens put it: each of these gets this answer
    say: Answer
    say_en: str = ""


class Paper(Guidance):
    """Something to be shown or told, without which a matter cannot be handled well: an invoice, a photo, a contract.

    It is there when a file of these kinds came or one of ``slots`` was told.
    ``within``: until when it can be brought; empty: as long as the case is open.
    """

    id: Id
    name: Annotated[str, Field(min_length=1, max_length=24)]
    name_en: str = ""
    categories: tuple[str, ...] = ()  # ids; none: every category
    kinds: tuple[Kind, ...] = ()  # none: every kind
    files: tuple[File, ...] = ("photo", "video", "voice", "document")
    slots: tuple[str, ...] = ()
    why: Why
    why_en: str = ""
    within: Length | Literal[""] = ""
    since: Literal["filed", "happened"] = "filed"
    must: bool = False  # nothing is filed without it

    @model_validator(mode="after")
    def _can_be_brought(self) -> Self:
        if not self.files and not self.slots:
            raise Wrong("files", "with neither files nor slots nobody could bring it")
        if self.since == "happened" and not self.within:
            raise Wrong("within", 'with since = "happened" it must say how long after that, as in 3wd')
        return self

    def concerns(self, category: str | None, kind: str) -> bool:
        """Whether a matter of that category and kind needs it; None: the category is not known yet."""
        return (not self.categories or category in self.categories) and (not self.kinds or kind in self.kinds)


PROXY = Paper(
    id="proxy",
    name="委托书",
    name_en="letter of authority",
    files=("photo", "document"),
    why="有它才能证明您可以替当事人办。",
    why_en="it shows that you may act for them.",
)
"""What an agent shows, unless the institution asks for something else."""
GUARDIAN = Paper(
    id="guardianship",
    name="监护关系证明",
    name_en="proof of guardianship",
    files=("photo", "document"),
    why="户口簿或出生证都行，有它才能替孩子或老人办理。",
    why_en="a household register or birth certificate will do; with it we can deal with you in their place.",
)
"""What a guardian shows."""


class Offices(Guidance):
    """The file of the offices that most institutions send people to."""

    office: tuple[Elsewhere, ...]


def others(offices: Sequence[Elsewhere], takes: Iterable[str]) -> tuple[Elsewhere, ...]:
    """The offices whose matters are not ours. Raises: Wrong: *takes* names one that is not there."""
    ours, known = set(takes), {office.id for office in offices}
    if strange := sorted(ours - known):
        raise Wrong("takes", f"there is no office {strange[0]!r}; there are {', '.join(sorted(known))}")
    return tuple(office for office in offices if office.id not in ours)
