"""A question in the middle: answered, and then back to where it was.

A message that holds a question and tells something as well gets both: what is
told is taken as if it stood alone, and the answer is said beside it. Which
words are a question about the office, ``nlp.questions.faq`` knows.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.conversation import Stage
from dialogs.draft import asking, drafting, whereabouts
from dialogs.filed import sorting, status, survey, which
from dialogs.messages import Say
from dialogs.questions import answers
from dialogs.speaking.saying import speak
from dialogs.wording import phrase
from nlp.questions import faq

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dialogs.conversation import Conversation
    from dialogs.events import Brief, Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution
    from nlp.questions.faq import Asked, Parts

ANY = "*"  # words that point at a case and do not say which
A_WORD = 2  # characters that need not stand in the only open case: "钱什么时候退"
MOST = 2  # questions of one message that are answered
PRIVATE = frozenset({"confidential", "trace", "anonymous", "why_ask", "data"})
"""Who asks this when asked for a name or phone is not asked for it once more: the answer is left to them."""
ASKS = re.compile(
    r"[?？吗呢]|能不能|可不可以|会不会|行不行|是不是|能否|可否|是否|\b(?:can|could|may|will) (?:i|you|they)\b",
    re.IGNORECASE,
)
"""What makes a question of "能不能不让他知道是我"; without it, it is a wish."""
WISHES = frozenset({"request", "raised_before", "claim_sum", "benefit"})
"""Slots to which "请保密" is an answer."""


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take a message that only asks about the office or about one's own case."""
    parts = _parts(institution, now, heard, word)
    if not parts.asked or parts.rest or heard.evidence or heard.location or heard.contact:
        return None
    about_case = _about_case(now, heard, parts.asked)
    if about_case and (cases := _meant(now, heard, about_case)):
        return _progress(institution, now, heard, cases)
    if about_case and (about_case.about not in {"", ANY} or (now.stage is Stage.IDLE and not heard.mine)):
        unknown = about_case.about not in {"", ANY} or now.draft.values
        return None if unknown else speak(now, phrase(now.language, "progress.none"))
    said = _answered(institution, now, parts.asked)
    if now.stage is Stage.ASKING and now.asking in asking.PERSONAL and any(one.topic in PRIVATE for one in parts.asked):
        return speak(now, said, phrase(now.language, _way_out(now)), choices=now.offered)
    return _open(institution, now, heard, said)


def parted(institution: Institution, now: Conversation, heard: Heard, word: str) -> tuple[Heard, tuple[Asked, ...]]:
    """A message without the questions in it, and these."""
    parts = _parts(institution, now, heard, word)
    asked = tuple(one for one in parts.asked if one.topic != faq.STATUS_ID)
    if not asked or not parts.rest:
        return heard, ()
    if parts.rest == heard.text:
        return heard, asked
    return replace(heard, text=parts.rest, facts=heard.beside or heard.facts), asked


def beside(institution: Institution, asked: Iterable[Asked], result: Result) -> Result:
    """What was told is taken; say the answers to the questions that stood beside it, before the next question."""
    now, _ = result
    kept = [one for one in asked if one.topic != "scope" or now.stage is not Stage.ELSEWHERE]
    said = _answered(institution, now, kept)
    return put_first(institution, result, said) if said else result


def put_first(institution: Institution, result: Result, said: str) -> Result:
    """Say this before the next question; after the greeting, where there is one."""
    now, effects = result
    first = effects[0] if effects else None
    if not isinstance(first, Say):
        return now, (Say(said), *effects)
    head, _, tail = first.text.partition("\n")
    greeted = head == drafting.welcome(institution, now.language) and bool(tail)
    text = f"{head}\n{said}\n{tail}" if greeted else f"{said}\n{first.text}"
    return now, (replace(first, text=text), *effects[1:])


def _parts(institution: Institution, now: Conversation, heard: Heard, word: str) -> Parts:
    """The questions in a message; a command, a button and an answer to the open question are none."""
    if heard.choice or word or not heard.text.strip() or heard.facts.danger:
        return faq.Parts((), heard.text)
    parts = faq.parted(heard.text, institution)
    if parts.asked and _tells_all_the_same(institution, now, heard, parts):
        return faq.Parts(parts.asked, heard.text)
    wishes = now.stage is Stage.ASKING and now.asking in WISHES
    if wishes and not parts.rest and not ASKS.search(heard.text):
        return faq.Parts((), heard.text)
    return parts


def _tells_all_the_same(institution: Institution, now: Conversation, heard: Heard, parts: Parts) -> bool:
    """Whether a question of the institution's own is how somebody begins to tell: "同一批都坏了怎么办"."""
    own = {row.id for row in institution.faq}
    begins = "what" not in now.draft.values and heard.facts.what is not None and bool(heard.facts.proposal.why)
    return begins and any(one.topic in own for one in parts.asked)


def _answered(institution: Institution, now: Conversation, asked: Iterable[Asked]) -> str:
    topics = dict.fromkeys("howlong" if one.topic == faq.STATUS_ID else one.topic for one in asked)
    said = [answers.answer(institution, now, topic) for topic in list(topics)[:MOST]]
    return "\n".join(dict.fromkeys(said))


def _about_case(now: Conversation, heard: Heard, asked: Iterable[Asked]) -> Asked | None:
    """The question of how a case stands; who has one open and tells nothing new asks by when that one is done."""
    waits = now.stage is Stage.IDLE and any(case.open for case in heard.mine)
    topics = {faq.STATUS_ID, "howlong"} if waits else {faq.STATUS_ID}
    return next((one for one in asked if one.topic in topics), None)


def _meant(now: Conversation, heard: Heard, one: Asked) -> tuple[Brief, ...]:
    """The cases that a question of how it stands is about; while a draft is open, bare words ask about that."""
    if one.about == "" and now.stage in drafting.STAGES:
        return ()
    words = one.about.removeprefix(ANY)
    cases = which.meant(words, heard.mine, heard.facts.when)
    if not cases and len(words) <= A_WORD:
        cases = tuple(case for case in heard.mine if case.open)
        return cases if len(cases) == 1 else ()
    return tuple(case for case in cases if case.open) or cases


def _progress(institution: Institution, now: Conversation, heard: Heard, cases: tuple[Brief, ...]) -> Result:
    """How the case stands, or the cases to choose from; then the open question."""
    told, effects = status.mine(institution, now, replace(heard, mine=cases))
    if told.stage is Stage.IDLE:
        return told, effects
    back, question = _open(institution, replace(told, offered=now.offered), heard)
    return back, (*effects, *question)


def _way_out(now: Conversation) -> str:
    """The key of what one may do instead of answering."""
    return "aside.anonymous" if "anonymous" in dict(now.offered) else "aside.skip"


def _open(institution: Institution, now: Conversation, heard: Heard, *lead: str) -> Result:
    """The question that was open, after *lead*."""
    if now.stage in drafting.STAGES:
        return drafting.again(institution, now, *lead, phrase(now.language, "aside.resume"))
    case = next((case for case in heard.mine if case.number == now.number), None)
    match now.stage:
        case Stage.ALARM:
            return whereabouts.again(now, *lead)
        case Stage.IDLE if now.survey is not None:
            return survey.again(institution, now, now.survey, *lead)
        case Stage.IDLE:
            return speak(now, *lead, "" if heard.mine else phrase(now.language, "aside.start"))
        case Stage.SORTING if case is not None:
            what = asking.shorten(case.what, sorting.SHOWN)
            lead = (*lead, phrase(now.language, "sort.ask", number=case.number, what=what))
        case Stage.WITHDRAWING:
            lead = (*lead, phrase(now.language, "withdraw.ask", number=now.number))
        case Stage.REASON:
            lead = (*lead, phrase(now.language, f"reason.{now.wish}", number=now.number))
        case Stage.CLAIMING:
            lead = (*lead, phrase(now.language, "number.prove", number=now.number))
    return speak(now, *lead, choices=now.offered)
