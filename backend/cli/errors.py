"""Every error as one sentence, ``jiesu: WHAT is wrong; do THIS``, and its exit code.

Errors of the packages below are named by path, so that a quick command need
not import what it never uses; a test checks that each of them exists.
"""

from __future__ import annotations

from typing import NamedTuple

REFUSED, WRONG_USE = 1, 2


class Complaint(Exception):
    """Something that the command line itself finds wrong."""

    code = REFUSED

    def __init__(self, what: str, do: str = "") -> None:
        super().__init__(f"{what}; {do}" if do else what)


class Refused(Complaint):
    """It was understood and cannot be done, or a check failed."""


class WrongUse(Complaint):
    """The command was given something that it cannot take."""

    code = WRONG_USE


class Told(NamedTuple):
    """How an error of another package ends: the exit code, and what to do unless its own sentence says it.

    ``do`` may name the facts of the error, as in ``{name}``.
    """

    code: int
    do: str = ""


TOLD = {
    "backend.settings.BadSettings": Told(WRONG_USE, "correct it and start again"),
    "backend.settings.BadPort": Told(WRONG_USE),
    "backend.settings.KeyNotKept": Told(REFUSED),
    "backend.main.CannotListen": Told(REFUSED),
    "backend.cli.script_lines.BadLine": Told(WRONG_USE, "correct that line; the lines before it were answered"),
    "backend.store.errors.StoreUnavailable": Told(REFUSED),
    "backend.store.errors.Busy": Told(REFUSED),
    "backend.store.accounts.UserExists": Told(
        REFUSED, "choose another name, or give a new password: jiesu user password {name}"
    ),
    "backend.store.accounts.NoSuchUser": Told(REFUSED, "add the user: jiesu user add {name} --role ROLE"),
    "backend.store.accounts.TokenExists": Told(
        REFUSED, "choose another name, or take that one back first: jiesu token revoke {name}"
    ),
    "backend.store.accounts.NoSuchToken": Told(REFUSED, "see which there are: jiesu token list"),
    "backend.services.office.absence.NoDeputy": Told(REFUSED, "name another: --deputy NAME"),
    "backend.services.office.absence.Over": Told(WRONG_USE, "choose today or a later day: --until 2026-12-01"),
    "backend.services.office.accounts.BadName": Told(WRONG_USE, "choose another name"),
    "backend.services.office.accounts.UnknownRole": Told(WRONG_USE),
    "backend.services.office.accounts.Over": Told(WRONG_USE, "write a later day"),
    "backend.domain.granting.LastAdmin": Told(REFUSED, "jiesu user add NAME --role admin makes another"),
    "backend.domain.granting.Unfit": Told(WRONG_USE),
    "backend.services.office.accounts.UnknownScope": Told(WRONG_USE),
    "backend.services.cases.casework.Empty": Told(WRONG_USE, "give it some text"),
    "backend.services.cases.casework.Unknown": Told(WRONG_USE, "look at the institution's file for what there is"),
    "backend.services.files.evidence.EvidenceUnavailable": Told(REFUSED),
    "backend.services.office.learning.NotLive": Told(REFUSED),
    "backend.services.office.learning.LearntMeanwhile": Told(REFUSED, "try again"),
    "backend.services.talks.places.Unfit": Told(WRONG_USE, "write what a citizen would answer"),
    "bots.wechat_api.qr.BadScene": Told(WRONG_USE),
    "institutions.mistakes.BadInstitution": Told(WRONG_USE, "correct the file"),
}


def sentence(error: BaseException) -> tuple[str, int]:
    """What is told of an error, and the exit code."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    if isinstance(error, Complaint):
        return str(error), error.code
    for kind in type(error).__mro__:
        if told := TOLD.get(f"{kind.__module__}.{kind.__qualname__}"):
            return f"{error}; {told.do.format_map(vars(error))}" if told.do else str(error), told.code
    what = f"something went wrong that should not ({type(error).__name__})"
    return f"{what}; run it again with JIESU_DEBUG=1 and report what it shows", REFUSED
