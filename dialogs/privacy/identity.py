"""Who somebody is to us: with their name, without it or in confidence; for another, as an agent, or with others.

What they say of it beside their story is noted and said back once; what it
means for them is told in the same sentence. Nothing of it is ever asked, but
for what the institution's own slots ask.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.conversation import Draft, Stage
from dialogs.draft import asking, drafting, papers
from dialogs.draft.capacities import SPOKEN, known, refused, said
from dialogs.messages import Say
from dialogs.questions import answers, asides
from dialogs.speaking.saying import speak
from dialogs.wording import phrase
from nlp.facts import Capacity

if TYPE_CHECKING:
    from dialogs.conversation import Conversation
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

SELF = Capacity()
WISHES = frozenset({"anonymous", "confidential", "named"})
PLEA = 24  # characters of a message that holds nothing but such a wish


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take the wish to be named, nameless or kept secret, whatever was asked."""
    wish = word if word in WISHES else "" if word else _pleads(now, heard)
    if not wish or (wish == "named" and now.stage not in drafting.STAGES):
        return None
    if now.stage not in drafting.STAGES:
        return speak(now, answers.answer(institution, now, wish), choices=now.offered)
    match wish:
        case "anonymous" if not institution.anonymous:
            return _insists(institution, now)
        case "confidential" if institution.confidential != "offered":
            return drafting.again(institution, now, answers.answer(institution, now, wish))
        case "anonymous":
            left = _past_evidence(now) if word else now
            later = papers.later(institution, left) if left is not now else ()
            return _on(institution, _with(left, anonymous=True), phrase(now.language, "anonymous.kept"), *later)
        case "confidential":
            return _on(institution, _with(now, confidential=True), phrase(now.language, "confidential.kept"))
    return _on(institution, _named(now), phrase(now.language, "named.kept"))


def told(institution: Institution, now: Conversation, heard: Heard, result: Result) -> Result:
    """What the message says of who speaks is said back, before the next question."""
    after, effects = result
    if heard.facts.capacity == SELF or after.stage not in drafting.STAGES:
        return result
    before = now.draft if now.stage in drafting.STAGES else Draft()
    text = "".join(effect.text for effect in effects if isinstance(effect, Say))
    fresh = [one for one in said(institution, before, after.draft, after.language) if one not in text]
    return asides.put_first(institution, result, "\n".join(fresh)) if fresh else result


def _with(now: Conversation, *, anonymous: bool = False, confidential: bool = False) -> Conversation:
    return replace(now, draft=known(now.draft, anonymous=anonymous, confidential=confidential))


def _named(now: Conversation) -> Conversation:
    draft = now.draft.without("anonymous")
    return replace(now, draft=replace(draft, skipped=tuple(k for k in draft.skipped if k not in asking.PERSONAL)))


def _insists(institution: Institution, now: Conversation) -> Result:
    """No name, where one is needed: said why and asked once more, then taken without."""
    if all(key in now.draft.values for key in SPOKEN):
        return drafting.again(institution, now, phrase(now.language, "faq.anonymous.no"))
    if not any(now.draft.tries.get(key) for key in SPOKEN):
        told = replace(now, draft=refused(now.draft))
        return drafting.again(institution, told, phrase(now.language, "anonymous.refused"))
    left = tuple(key for key in SPOKEN if key not in now.draft.values and key not in now.draft.skipped)
    draft = replace(now.draft, skipped=(*now.draft.skipped, *left))
    return _on(institution, replace(now, draft=draft), phrase(now.language, "skip.without"))


def _past_evidence(now: Conversation) -> Conversation:
    """The conversation that no longer waits for photos: who says just that word there wants to get on."""
    if now.stage is not Stage.ASKING or now.asking != "evidence":
        return now
    return replace(now, draft=replace(now.draft, skipped=(*now.draft.skipped, now.asking)))


def _on(institution: Institution, now: Conversation, *lead: str) -> Result:
    """The next question where this one is answered by it, else the open one again."""
    answered = now.stage is Stage.ASKING and now.asking not in asking.open_slots(institution, now.draft)
    if answered or (now.stage is Stage.CONFIRMING and asking.missing(institution, now)):
        return asking.ask_next(institution, now, *lead)
    return drafting.again(institution, now, *lead)


def _pleads(now: Conversation, heard: Heard) -> str:
    """The wish, where the message is nothing else."""
    facts = heard.facts
    more = facts.who or facts.contact or facts.when or facts.where or facts.danger or facts.proposal.why
    if len(heard.text) > PLEA or more or heard.evidence or heard.location or heard.contact or heard.choice:
        return ""
    wishes = now.stage is Stage.ASKING and now.asking in asides.WISHES  # it is the answer as well
    if now.stage not in drafting.STAGES or "what" not in now.draft.values or wishes:
        return ""
    return "confidential" if facts.capacity.secret else "anonymous" if facts.capacity.nameless else ""
