"""What a conversation wants done. Say is in messages.py; the shell carries these out in the same transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dialogs.messages import Say

if TYPE_CHECKING:
    from dialogs.conversation import Draft


@dataclass(frozen=True, slots=True)
class FileCase:
    """Make a case of this draft; answered by CaseFiled."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class Add:
    """Add words or files to a case of the citizen's own."""

    number: str
    text: str
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody knows a number; do they know the phone on file as well? Answered by Claimed."""

    number: str
    phone: str


@dataclass(frozen=True, slots=True)
class Rate:
    """Put the visit-back on record; answered by Rated."""

    number: str
    contacted: bool | None
    solved: str | None  # yes, partly, no
    satisfied: int | None  # 1 to 5
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The citizen takes a case back."""

    number: str


@dataclass(frozen=True, slots=True)
class Reopen:
    """An answered case is not solved after all; answered by Rated."""

    number: str
    text: str
    evidence: tuple[int, ...] = ()


Effect = Say | FileCase | Add | Claim | Rate | Withdraw | Reopen
