"""After filing: press for a case, take it back, accept or reject the answer, ask for a review, announce more, rate.

A button carries the number (``urge:NUMBER``), so that it is understood
whenever it is tapped; words are understood where they fit a case. Several
cases that fit are told apart by words, place or time, else by buttons.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs import steering
from dialogs.commands import squeeze
from dialogs.conversation import Conversation, Stage, Survey
from dialogs.draft import asking, drafting
from dialogs.draft.asking import speak
from dialogs.effects import Accept, Rate, Reopen, Urge
from dialogs.filed import owning, reasons, replies, status, survey, which
from dialogs.filed.wishes import Wish, named, wish
from dialogs.speaking.times import say_time
from dialogs.wording import named as in_language
from dialogs.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dialogs.draft.asking import Result
    from dialogs.events import Brief, Heard, Urged
    from institutions.model import Institution

VERBS = frozenset({"urge", "withdraw", "accept", "reject", "appeal", "rate", "more"})
SHOWN = 8  # buttons
FITS: Mapping[str, Callable[[Brief], bool]] = {
    "urge": lambda case: case.open and not case.answered and "received" not in case.may,
    "withdraw": lambda case: "withdrawn" in case.may,
    "accept": lambda case: case.answered,
    "rate": lambda case: case.answered,
    "reject": lambda case: "appealed" in case.may or (bool(case.answer) and "reopened" in case.may),
    "appeal": lambda case: "appealed" in case.may or (case.answered and "reopened" in case.may),
    "more": lambda case: case.open,
}
"""Which cases each can be done with; one that waits for the citizen's own papers is not pressed for."""
ALSO_IN_DRAFTS = frozenset({"urge"})
"""Wishes that are understood in words while another matter is told; an answer to a question sounds like the others."""


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take a wish about one of the citizen's own cases, in words or by a button."""
    if word.startswith(("visit:", "case:")) or heard.evidence or heard.facts.danger:
        return None
    verb, _, number = word.partition(":")
    case = next((case for case in heard.mine if case.number == number), None)
    if verb in VERBS and case is not None:
        if verb == "withdraw" and now.stage in drafting.STAGES:
            return None
        return _done(institution, now, Wish(verb), case)
    if now.stage is Stage.IDLE and now.wish and (found := _told_apart(now, heard)) is not None:
        return _done(institution, now, Wish(now.wish), found)
    wanted = _wish(now, heard)
    return _wanted(institution, replace(now, wish=""), heard, wanted) if wanted else None


def urged(institution: Institution, now: Conversation, event: Urged) -> Result:
    """Say that it was passed on, or that it was today already; and until when there is an answer."""
    case, zone = event.brief, ZoneInfo(institution.timezone)
    at = say_time(case.promised, zone, now.language) if case.promised else ""
    department = in_language(now.language, case.department, case.department_en)
    label = in_language(now.language, case.label, case.label_en)
    key = "urge.again" if event.again else "urge.done"
    promise = phrase(now.language, "progress.promise", at=at) if at else ""
    said = phrase(now.language, key, number=case.number, department=department, label=label, promise=promise)
    return steering.back_to_it(institution, *speak(now, said.strip()))


def _wish(now: Conversation, heard: Heard) -> Wish | None:
    """What these words wish, where they may wish something now."""
    drafts = now.stage in drafting.STAGES
    if heard.choice or (now.stage is not Stage.IDLE and not drafts) or (drafts and now.asking in asking.FREE):
        return None
    found = wish(heard.text)
    return found if found and (not drafts or found.verb in ALSO_IN_DRAFTS) else None


def _wanted(institution: Institution, now: Conversation, heard: Heard, wanted: Wish) -> Result | None:
    """Do it with the case that is meant, or ask which; None: it fits none of theirs."""
    cases = _meant(heard, wanted)
    if not cases and wanted.verb in {"reject", "appeal"}:
        wanted = Wish("urge", wanted.about)  # nobody has answered yet: what is wanted is that somebody does
        cases = _meant(heard, wanted)
    if len(cases) == 1:
        return _done(institution, now, wanted, cases[0], heard.text if wanted.reason else "")
    if cases:
        return _which(institution, now, wanted, cases)
    bare = now.stage is Stage.IDLE and wanted.verb == "urge" and not wanted.about and not heard.mine
    return speak(now, phrase(now.language, "progress.none")) if bare else None


def _meant(heard: Heard, wanted: Wish) -> tuple[Brief, ...]:
    fit = [case for case in heard.mine if FITS[wanted.verb](case)]
    if heard.number:
        return tuple(case for case in fit if case.number == heard.number)
    when = heard.facts.when if wanted.about else None
    return which.meant(wanted.about, fit, when) if fit else ()


def _told_apart(now: Conversation, heard: Heard) -> Brief | None:
    """The one case that the answer to "which" names; None: it names none, or several."""
    cases = [case for case in heard.mine if now.wish in FITS and FITS[now.wish](case)]
    if heard.number:
        return next((case for case in cases if case.number == heard.number), None)
    words = named(squeeze(heard.text))
    found = which.meant(words, cases, heard.facts.when) if words and len(heard.text) <= asking.BRIEF else ()
    return found[0] if len(found) == 1 else None


def _which(institution: Institution, now: Conversation, wanted: Wish, cases: Sequence[Brief]) -> Result:
    """Offer the cases by what they are about."""
    labels = which.labels(cases[:SHOWN])
    choices = [(f"{wanted.verb}:{case.number}", label) for case, label in zip(cases, labels, strict=False)]
    asked, said = speak(now, phrase(now.language, f"which.{wanted.verb}"), choices=choices)
    if now.stage in drafting.STAGES:
        return steering.back_to_it(institution, asked, said)
    return replace(asked, wish=wanted.verb), said


def _done(institution: Institution, now: Conversation, wanted: Wish, case: Brief, text: str = "") -> Result:
    """Do it with that case; what does not fit it any more is answered with where it stands."""
    now = replace(now, wish="")
    if not FITS[wanted.verb](case) and not (wanted.verb == "accept" and case.answer):
        return steering.back_to_it(institution, *status.one(institution, now, case))
    match wanted.verb:
        case "urge":
            return now, (Urge(case.number),)
        case "withdraw":
            return owning.ask_withdrawal(now, case.number)
        case "accept":
            return steering.back_to_it(institution, *_accepted(now, case))
        case "rate":
            return steering.back_to_it(institution, *_rated(now, case))
        case "more":
            return replies.announced(institution, now, case)
    if now.stage in drafting.STAGES:
        return steering.back_to_it(institution, *speak(now, phrase(now.language, "after.later", number=case.number)))
    appeals = "appealed" in case.may and (wanted.verb == "appeal" or "reopened" not in case.may)
    if not appeals and text:
        return replace(now, survey=_without(now, case)), (Reopen(case.number, text),)
    return reasons.ask(now, "appeal" if appeals else "reject", case.number)


def _without(now: Conversation, case: Brief) -> Survey | None:
    return None if now.survey is not None and now.survey.number == case.number else now.survey


def _accepted(now: Conversation, case: Brief) -> Result:
    """Content: that answers the visit-back as far as it goes, or begins it."""
    open_ = now.survey if now.survey is not None and now.survey.number == case.number else None
    if open_ is not None and open_.asking in {"contacted", "solved"}:
        told = replace(open_, solved="yes", asking="satisfied")
        return replace(now, survey=told), (Rate(told.number, told.contacted, told.solved, told.satisfied),)
    if open_ is None and case.open:
        return now, (Accept(case.number),)
    return speak(now, phrase(now.language, "after.accepted"))


def _rated(now: Conversation, case: Brief) -> Result:
    if now.survey is not None and now.survey.number == case.number:
        return survey.again(now, now.survey)
    return (now, (Accept(case.number),)) if case.open else speak(now, phrase(now.language, "visit.done"))
