"""The code on a slip: whoever has number and code follows the case that staff wrote down for them in a chat, once.

Only the code's hash is kept. Wrong tries are counted with those of phones (see
``claims``): 30^8 codes at ten tries an hour at one number cannot be guessed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from backend.services.cases.reporters import DEVICE, FIRST, JOINT_DEVICE
from backend.services.privacy.forgetting import code_digest
from backend.services.talks.moving import new_code
from backend.store.slips import Slip

if TYPE_CHECKING:
    from datetime import datetime

    from backend.domain.case import Case
    from backend.store.work import UnitOfWork

SOURCES = ("phone", "counter", "letter", "email")
"""The doors beside the chats, in the order of their keys."""
LASTS = timedelta(days=180)
"""How long a code counts; a new one is printed at any time."""


def issue(work: UnitOfWork, form: str, number: str, voice: int, *, at: datetime) -> str:
    """A code for the slip of that form; one that it had before no longer counts."""
    code = new_code(work, f"slip\n{form}\n{at.isoformat()}")
    digest = code_digest(number, code)
    if work.slips.of_form(form) is None:
        work.slips.add(Slip(form, number, voice, digest, at))
    else:
        work.slips.renew(form, digest, at=at)
    return f"{code[:4]}-{code[4:]}"


def opens(work: UnitOfWork, case: Case, code: str, *, at: datetime) -> str:
    """What who has that code is to the case; empty: nobody."""
    slip = _of_code(work, case.number, code, at=at)
    if slip is None:
        return ""
    return first(work, case) if slip.voice == 1 else JOINT_DEVICE


def first(work: UnitOfWork, case: Case) -> str:
    """What who filed the case is to it in one more chat: the first chat of somebody who came without one is theirs."""
    chatless = case.source in SOURCES and case.person is None
    return FIRST if chatless and not work.cases.voices([case.number], {FIRST})[case.number] else DEVICE


def used(work: UnitOfWork, number: str, code: str, *, at: datetime) -> None:
    """The code has bound a chat and binds no other."""
    slip = _of_code(work, number, code, at=at) if code else None
    if slip is not None:
        work.slips.use(slip.form, at=at)


def _of_code(work: UnitOfWork, number: str, code: str, *, at: datetime) -> Slip | None:
    digest = code_digest(number, code)
    fresh = (slip for slip in work.slips.of_case(number) if slip.used_at is None and slip.made_at + LASTS >= at)
    return next((slip for slip in fresh if slip.code == digest), None)
