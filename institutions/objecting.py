"""How somebody objects to what was decided (复核, 复议, 申诉): until when, and what remains afterwards."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from institutions.lengths import Length


class Review(BaseModel):
    """Counts where the institution has the stage ``appealed``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    within: Length = "30d"  # from the answer or refusal; the last minute counts
    leader: Length | Literal[""] = ""  # so long those who lead may still be asked, when ``within`` is over
    times: int = Field(default=1, ge=1, le=2)  # so often; the last decision is final
    after: str = ""  # what remains when it is over; empty: tell what is new, or call
    after_en: str = ""
