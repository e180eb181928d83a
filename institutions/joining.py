"""Whether somebody who tells what others have told already is offered to join their case."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Joining(BaseModel):
    """Off where nobody may know that another complained: reports of misconduct, rewarded reports, one's own contract."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    offered: bool = True
    days: Annotated[int, Field(ge=1, le=365)] = 30  # an open case filed longer ago is not offered
