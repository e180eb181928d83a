"""One open question: the answer, something else told instead, a skip, a step back, or asking again and why."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.commands import declines
from dialogs.draft import asking, away, papers, stuck
from dialogs.draft.correcting import ask_again, corrected
from dialogs.draft.filling import A_WORD, BESIDE, SUBSTANCE, answer, completed, leftover
from dialogs.draft.noting import gathered, lead
from dialogs.slots import ASSERTED
from dialogs.values.reading import Rejected
from dialogs.wording import named, phrase

if TYPE_CHECKING:
    from dialogs.conversation import Conversation, Draft
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

STATED = ASSERTED - {"target", "request"}
"""Slots that "好的" cannot be the answer to."""
NO_TIME = ("what", "where", "target")
"""Who tells one of these and no time has not said when."""


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """A message or choice while the slot in ``asking`` is open."""
    match word:
        case "skip":
            return _skip(institution, now)
        case "back":
            return _back(institution, now)
        case "change":
            return asking.changeable(institution, now)
        case "submit" | "yes" | "thanks" if now.asking in STATED:
            why = Rejected("reject.file" if now.asking == "evidence" else "reject.words")
            return stuck.again(institution, now, heard, why, [])
        case "anonymous" if institution.anonymous:
            return asking.ask_next(institution, nameless(now), phrase(now.language, "anonymous.kept"))
    amended = corrected(now.draft, heard, institution)
    if amended.wrong is not None and now.draft.values:
        return ask_again(institution, now, amended.wrong)
    if amended.changed:
        draft = completed(amended.draft, heard, institution)
        fixed, said = replace(now, draft=draft), lead(now, heard, draft, "noted.fixed")
        if now.asking in amended.changed:
            return asking.ask_next(institution, fixed, *said)
        return asking.ask(institution, fixed, now.asking, *said)
    return _told(institution, now, heard)


def _told(institution: Institution, now: Conversation, heard: Heard) -> Result:
    """No correction: what the message tells, or the answer to what was asked."""
    told = gathered(institution, now, heard, asked=now.asking)
    if "what" not in now.draft.values and (row := away.first_time(institution, told)):
        return away.told(institution, told, row, *lead(now, heard, told.draft)[:-1])
    if _answered(now, told.draft):
        return asking.ask_next(institution, told, *lead(now, heard, told.draft))
    return _read(institution, now, told, heard)


def _answered(now: Conversation, draft: Draft) -> bool:
    if len(draft.voices) > len(now.draft.voices) and now.asking in {*draft.skipped, *draft.values}:
        return True
    if now.asking == "evidence":
        return len(draft.evidence) > len(now.draft.evidence)
    return draft.values.get(now.asking) != now.draft.values.get(now.asking)


def _read(institution: Institution, now: Conversation, told: Conversation, heard: Heard) -> Result:
    """The facts did not hold what was asked for: read the words as the answer, or ask again and say why."""
    key, first = now.asking, lead(now, heard, told.draft)
    something = told.draft.values != now.draft.values
    if not heard.text.strip():
        return asking.ask(institution, told, key, *first)
    if key != "what" and declines(heard.text) and not something:
        return _skip(institution, told)
    if key in BESIDE and not something and _more_of_time(now, heard):
        story = f"{told.draft.values.get('what', '')}\n{heard.text.strip()}".strip()
        added = replace(told, draft=told.draft.with_value("what", story))
        return asking.ask(institution, added, key, *first, phrase(now.language, "noted.added"))
    if something and _tells_something_else(now, told, heard):
        return asking.ask(institution, told, key, *first)
    try:
        draft = answer(told.draft, heard, key)
    except Rejected as why:
        return (
            asking.ask(institution, told, key, *first)
            if something
            else stuck.again(institution, told, heard, why, first)
        )
    return asking.ask_next(institution, replace(told, draft=draft), *lead(now, heard, draft))


def _tells_something_else(now: Conversation, told: Conversation, heard: Heard) -> bool:
    """Whether words that were understood are no answer besides: a correction, more of the story, or only a wish."""
    if now.asking in asking.FREE:
        return len(leftover(heard)) < SUBSTANCE
    if now.asking == "when" and any(told.draft.values.get(key) != now.draft.values.get(key) for key in NO_TIME):
        return True
    wish = heard.facts.request or ""
    return now.asking in {"when", "where"} and bool(wish) and len(leftover(heard).replace(wish, "")) < A_WORD


def _more_of_time(now: Conversation, heard: Heard) -> bool:
    """Whether the words tell a time and nothing else, and not the one that stands there; a name has none in it."""
    told, known = heard.facts.when, now.draft.values.get("when", {})
    if told is None or told.text in known.get("text", ""):
        return False
    return now.asking in asking.PERSONAL or len(leftover(heard)) < A_WORD


def _skip(institution: Institution, now: Conversation) -> Result:
    """Leave a question open. Where a name is needed that is asked for twice, then the case is taken without."""
    key, draft = now.asking, now.draft
    if key == "what" and "what" not in draft.values:
        return asking.ask(institution, now, key, phrase(now.language, "skip.what"))
    skipped = replace(now, draft=replace(draft, skipped=(*draft.skipped, key)))
    if key not in asking.PERSONAL or institution.anonymous or key not in institution.required or key in draft.values:
        return asking.ask_next(institution, skipped, *(papers.later(institution, skipped) if key == "evidence" else ()))
    if tries := draft.tries.get(key, 0):
        return asking.ask_next(institution, skipped, phrase(now.language, "skip.without"))
    name = named(now.language, institution.name, institution.name_en)
    refused = replace(now, draft=replace(draft, tries={**draft.tries, key: tries + 1}))
    return asking.ask(institution, refused, key, phrase(now.language, "skip.refused", institution=name))


def _back(institution: Institution, now: Conversation) -> Result:
    before = now.draft.asked[: now.draft.asked.index(now.asking)]
    if not before:
        return asking.ask(institution, now, now.asking, phrase(now.language, "back.first"))
    draft = replace(now.draft.without(before[-1]), asked=before)
    return asking.ask(institution, replace(now, draft=draft), before[-1], phrase(now.language, "back.done"))


def nameless(now: Conversation) -> Conversation:
    """The conversation without name and phone."""
    values = {k: v for k, v in now.draft.values.items() if k not in asking.PERSONAL} | {"anonymous": True}
    return replace(now, draft=replace(now.draft, values=values))
