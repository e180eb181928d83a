"""After filing: press for a case, take it back, accept or reject the answer, ask for a review, announce more, rate.

A button carries the number (``urge:NUMBER``), so that it is understood
whenever it is tapped; words are understood where they fit a case. Several
cases that fit are told apart by words, place or time, else by buttons.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.commands import squeeze
from dialogs.conversation import Conversation, Draft, Stage, Survey
from dialogs.draft import asking, drafting
from dialogs.draft.back import back_to_it
from dialogs.effects import Accept, Add, Rate, Reopen, Urge
from dialogs.filed import owning, reasons, replies, status, survey, which
from dialogs.filed.wishes import Wish, named, wish
from dialogs.messages import Say
from dialogs.speaking.saying import speak
from dialogs.wording import named as in_language
from dialogs.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dialogs.events import Brief, Heard, Urged
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

VERBS = frozenset({"urge", "withdraw", "leave", "accept", "reject", "appeal", "rate", "more"})
ALL = "urge:all"
"""The id of the button that presses for each of several cases."""
EVERY = re.compile(
    r"(?:两|几|三|这些?|那些?)?[个件]?(?:都|全都?|全部|所有的?|一起)(?:催|要|催一下|催一催)*|both|all(?:ofthem)?"
)
"""How somebody means all of them."""
SHOWN = 8  # buttons
FITS: Mapping[str, Callable[[Brief], bool]] = {
    "urge": lambda case: case.open and not case.answered and "received" not in case.may and not status.elsewhere(case),
    "withdraw": lambda case: "withdrawn" in case.may or (case.joint and case.open),
    "leave": lambda case: owning.leaves(case) and case.open,
    "accept": lambda case: case.answered,
    "rate": lambda case: bool(case.answer),
    "reject": lambda case: "appealed" in case.may or (bool(case.answer) and "reopened" in case.may),
    "appeal": lambda case: "appealed" in case.may or (case.answered and "reopened" in case.may),
    "more": lambda case: case.open,
    "why": lambda case: bool(case.ground),
}
"""Which cases each can be done with; one that waits for the citizen's own papers is not pressed for, nor one that
others have now."""
ALSO_IN_DRAFTS = frozenset({"urge"})
"""Wishes that are understood in words while another matter is told; an answer to a question sounds like the others."""


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take a wish about one of the citizen's own cases, in words or by a button."""
    if word.startswith(("visit:", "case:")) or heard.evidence or heard.facts.danger:
        return None
    verb, _, number = word.partition(":")
    case = next((case for case in heard.mine if case.number == number), None)
    if verb in VERBS and case is not None:
        if verb in {"withdraw", "leave"} and now.stage in drafting.STAGES:
            return None
        return _done(institution, now, Wish(verb), case, heard)
    if word == ALL or (now.stage is Stage.IDLE and now.wish == "urge" and EVERY.fullmatch(squeeze(heard.text))):
        return _all(institution, now, heard)
    if now.stage is Stage.IDLE and now.wish and (found := _told_apart(now, heard)) is not None:
        return _done(institution, now, Wish(now.wish), found, heard)
    if now.stage is Stage.SORTING and not word and any(c.number == now.number for c in heard.mine) and wish(heard.text):
        return _beside(institution, now, heard, word)
    now = _unbegun(now) if heard.mine else now
    wanted = _wish(now, heard)
    return _wanted(institution, replace(now, wish=""), heard, wanted) if wanted else None


def urged(institution: Institution, now: Conversation, event: Urged) -> Result:
    """Say that it was passed on, or that it was today already; and until when there is an answer."""
    case = event.brief
    department = in_language(now.language, case.department, case.department_en)
    label = in_language(now.language, case.label, case.label_en)
    key = "urge.again" if event.again else "urge.done"
    promise = status.promise(institution, now, case)
    said = phrase(now.language, key, number=case.number, department=department, label=label, promise=promise)
    told = speak(now, said.strip())
    return told if event.more else back_to_it(institution, *told)


def _all(institution: Institution, now: Conversation, heard: Heard) -> Result:
    """Press for every case that can be pressed for."""
    now, cases = replace(now, wish=""), [case for case in heard.mine if FITS["urge"](case)]
    if not cases:
        return back_to_it(institution, *status.mine(institution, now, heard))
    return now, tuple(Urge(case.number, more=case is not cases[-1]) for case in cases)


def _beside(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """A wish where it was asked whether words belong to a case: they do, and the wish is about it."""
    files = tuple(key for key, _ in now.draft.evidence)
    idle = replace(now, stage=Stage.IDLE, draft=Draft(), pending="", offered=())
    if (result := take(institution, idle, heard, word)) is None:
        return None
    said = Say(phrase(now.language, "added", number=now.number))
    return result[0], (Add(now.number, now.pending, files), said, *result[1])


def _unbegun(now: Conversation) -> Conversation:
    """The conversation without the question what happened, as long as nothing was told: a wish is no answer to it."""
    told = now.draft.values or now.draft.evidence or now.asking != "what" or now.single
    return now if now.stage is not Stage.ASKING or told else replace(now, stage=Stage.IDLE, asking="", draft=Draft())


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
        return _done(institution, now, wanted, cases[0], heard, told=wanted.reason)
    if cases:
        return _which(institution, now, wanted, cases)
    bare = now.stage is Stage.IDLE and not wanted.about and not wanted.reason
    bare = bare and bool(heard.mine or wanted.verb == "urge")
    return status.mine(institution, now, heard) if bare else None


def _meant(heard: Heard, wanted: Wish) -> tuple[Brief, ...]:
    fit = [case for case in heard.mine if FITS[wanted.verb](case)]
    if heard.number:
        return tuple(case for case in fit if case.number == heard.number)
    if wanted.verb == "rate":
        fit = [case for case in fit if case.open and case.own and not case.rated] or fit
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
    if wanted.verb == "urge":
        choices.append((ALL, phrase(now.language, "which.urge.all")))
    asked, said = speak(now, phrase(now.language, f"which.{wanted.verb}"), choices=choices)
    if now.stage in drafting.STAGES:
        return back_to_it(institution, asked, said)
    return replace(asked, wish=wanted.verb), said


def _done(
    institution: Institution, now: Conversation, wanted: Wish, case: Brief, heard: Heard, *, told: bool = False
) -> Result:
    """Do it with that case; what does not fit it any more is answered with where it stands. ``told``: and why."""
    now = replace(now, wish="")
    if (instead := _instead(institution, now, wanted, case, heard)) is not None:
        return back_to_it(institution, *instead)
    match wanted.verb:
        case "urge":
            return now, (Urge(case.number),)
        case "withdraw" | "leave":
            return owning.ask_withdrawal(now, case)
        case "accept":
            return back_to_it(institution, *_accepted(institution, now, case, heard.text))
        case "rate":
            return back_to_it(institution, *_rated(institution, now, case))
        case "more":
            return replies.announced(institution, now, case)
    return _objected(institution, now, wanted, case, heard.text if told else "")


def _instead(institution: Institution, now: Conversation, wanted: Wish, case: Brief, heard: Heard) -> Result | None:
    """What is said where it cannot be done, or was only asked about; None: it can."""
    if wanted.verb == "rate" and (closed := survey.closed_to(now, case)):
        return speak(now, closed)
    if wanted.verb == "why" or not FITS[wanted.verb](case):
        return status.one(institution, now, case)
    if status.too_late(case, heard.at) and wanted.verb in {"appeal", "reject"}:
        again = wanted.verb == "reject" and "reopened" in case.may
        return None if again else status.late(institution, now, case)
    return None


def _objected(institution: Institution, now: Conversation, wanted: Wish, case: Brief, text: str) -> Result:
    """It is worked on again, or looked at by others; why, is asked once where *text* does not say it."""
    if now.stage in drafting.STAGES:
        return back_to_it(institution, *speak(now, phrase(now.language, "after.later", number=case.number)))
    appeals = "appealed" in case.may and (wanted.verb == "appeal" or "reopened" not in case.may)
    if not appeals and text:
        return replace(now, survey=_without(now, case)), (Reopen(case.number, text),)
    return reasons.ask(now, "appeal" if appeals else "reject", case.number)


def _without(now: Conversation, case: Brief) -> Survey | None:
    return None if now.survey is not None and now.survey.number == case.number else now.survey


def _accepted(institution: Institution, now: Conversation, case: Brief, said: str) -> Result:
    """Content: that answers the visit-back as far as it goes, or begins it."""
    open_ = now.survey if now.survey is not None and now.survey.number == case.number else None
    if open_ is not None and open_.asking in {"contacted", "solved"}:
        told = replace(open_, solved="yes", asking="satisfied")
        if survey.typed(told, said) and "满意" in squeeze(said):
            return survey.answered(institution, replace(now, survey=told), survey.typed(told, said))
        return replace(now, survey=told), (
            Rate(told.number, told.contacted, told.solved, told.satisfied, round=told.round),
        )
    if open_ is None and case.open and case.own:
        return now, (Accept(case.number),)
    return speak(now, phrase(now.language, "after.accepted"))


def _rated(institution: Institution, now: Conversation, case: Brief) -> Result:
    if now.survey is not None and now.survey.number == case.number:
        return survey.again(institution, now, now.survey)
    return now, (Accept(case.number),)
