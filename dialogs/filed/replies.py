"""What somebody at the desk asked is answered in the same chat: the next words and files go to that case.

A draft of another matter may be open then: which is meant, is asked once, by
one tap. What was said goes to one or the other, never nowhere.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.commands import command, squeeze
from dialogs.conversation import Conversation, Held, Question, Stage
from dialogs.draft import drafting, noting, splitting
from dialogs.draft.back import back_to_it
from dialogs.effects import Add, Reopen, Withdraw
from dialogs.events import Received
from dialogs.filed import sorting, which
from dialogs.messages import Say
from dialogs.speaking.saying import speak
from dialogs.wording import phrase
from nlp.understand import understand

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dialogs.effects import Effect
    from dialogs.events import Asked, Brief, Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

STILL = timedelta(minutes=30)
"""So long after an answer, a photo or short words still belong to it."""
SHORT = 15  # characters; so few add to an answer, more may tell another matter
THEIRS = re.compile(r"(?:是|我)*(?:回答|答复|回复|给)(?:办理人员|他们)?.{0,20}|answer.{0,20}")
"""How somebody says in words that it was for the desk."""
POINTED = re.compile(
    r"(?:补充)?(?:一下)?(?P<words>[^，。：:,；\s]{1,10}?)(?:那|这)(?:一?[个件]|边)(?:事|案子|投诉)?[：:，,]\s*\S"
)
"""How somebody names the case that they go on to tell about."""
GOES_ON = re.compile(r"(?:还|又|仍|依然|照样|照旧)(?:在|是)+(?P<does>[\u3400-\u9fff]{1,4})")
"""How somebody says that what they told of before goes on, and what that is."""
NO_DEED = frozenset("的了着过不没有人来去到那这里个一样呢吧啊们我他")
"""Characters that say nothing of it."""
MINE, OTHER = "reply:", "reply.draft"
"""Ids: it answers the desk about that case; it belongs to the draft."""


def asked(now: Conversation, event: Asked) -> Result:
    """Remember which case asks; the question itself goes out as a notice."""
    others = tuple(each for each in now.questions if each.number != event.number)
    return replace(now, questions=(*others, Question(event.number))), ()


def announced(institution: Institution, now: Conversation, case: Brief) -> Result:
    """The citizen wants to add something: the next words go there."""
    others = tuple(each for each in now.questions if each.number != case.number)
    said = phrase(now.language, "more.send", number=case.number)
    open_ = replace(now, questions=(*others, Question(case.number)))
    return back_to_it(institution, *speak(open_, said)) if now.stage in drafting.STAGES else speak(open_, said)


def settled(now: Conversation, heard: Heard, effects: Iterable[Effect]) -> Conversation:
    """The conversation without questions that were answered or that nobody asks any more."""
    if not now.questions:
        return now
    told = {each.number for each in effects if isinstance(each, Add)}
    over = {each.number for each in effects if isinstance(each, Reopen | Withdraw)}
    open_ = {case.number for case in heard.mine if case.open} - over
    kept = [
        replace(each, at=heard.at.isoformat(), passed=False) if each.number in told else each
        for each in now.questions
        if each.number in open_ and not _stale(each, heard.at)
    ]
    return replace(now, questions=tuple(kept))


def reminded(before: Conversation, result: Result) -> Result:
    """What the desk asked and the citizen put off for their draft is said once more, when that is done."""
    now, effects = result
    waits = [each for each in now.questions if each.passed and not each.at]
    over = before.stage in drafting.STAGES and now.stage is Stage.IDLE and not now.draft.values
    if not waits or not over or not any(isinstance(one, Say) for one in effects):
        return result
    asked = tuple(replace(each, passed=False) if each in waits else each for each in now.questions)
    said = phrase(now.language, "reply.waits", number=waits[-1].number)
    return replace(now, questions=asked), (*effects, Say(said))


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take what answers the desk."""
    if now.held is not None and now.stage in drafting.STAGES:
        return _sorted(institution, now, now.held, heard, word)
    case = _pointed(now, heard)
    if case is not None and not word:
        return _added(now, heard, case.number)
    if now.stage in drafting.COLLECTING and not word and (case := _of_another(now, heard)) is not None:
        return _which(now, heard, case)
    question = _open(now, heard)
    told = heard.text.strip() or heard.evidence or heard.location
    if question is None or not told or heard.facts.danger or heard.choice:
        return None
    case = next(case for case in heard.mine if case.number == question.number)
    if now.stage in drafting.STAGES:
        if word or question.at or question.passed or now.stage is Stage.CONSENT:
            return None
        return _which(now, heard, case)
    if (
        now.stage is not Stage.IDLE
        or word not in {"", "skip", "no", "yes", "submit"}
        or sorting.NEW.match(heard.text.strip())
    ):
        return None
    if question.passed or (question.at and word):
        return None
    plain = "received" in case.may or (bool(question.at) and len(heard.text) <= SHORT)
    if heard.facts.what is not None and (not plain or _elsewhere(heard, case)):
        return sorting.begin(institution, now, heard, case)  # it was no question, or this is no answer to it
    return _added(now, heard, case.number)


def _open(now: Conversation, heard: Heard) -> Question | None:
    """The question that this message may answer: that of the number in it, else the last one put.

    The first words after a question belong to it even where that case is over meanwhile.
    """
    mine = {case.number for case in heard.mine if case.open}
    asking = {each.number for each in now.questions if not each.at} & {case.number for case in heard.mine}
    fresh = [each for each in now.questions if each.number in mine | asking and not _stale(each, heard.at)]
    if heard.number:
        return next((each for each in fresh if each.number == heard.number and heard.text.strip() != each.number), None)
    waiting = [each for each in fresh if not each.at]
    return next(reversed(waiting or fresh), None)


def _pointed(now: Conversation, heard: Heard) -> Brief | None:
    """The open case that the first words name before they tell: "路灯那个：是左边那盏"."""
    found = POINTED.match(heard.text.strip()) if now.stage is Stage.IDLE and not heard.facts.danger else None
    cases = which.meant(found["words"], [case for case in heard.mine if case.open]) if found else ()
    return cases[0] if len(cases) == 1 else None


def _of_another(now: Conversation, heard: Heard) -> Brief | None:
    """The open case that goes on as these words say, where the draft tells of nothing like it: "昨晚十二点还在放"."""
    goes_on = GOES_ON.search(heard.text) if len(heard.text) <= sorting.FEW and not heard.facts.danger else None
    if goes_on is None or heard.choice or heard.evidence or heard.number:
        return None
    does, story = set(goes_on["does"]) - NO_DEED, str(now.draft.values.get("what", ""))
    cases = [case for case in heard.mine if case.open and does & set(case.what)]
    return cases[0] if story and not does & set(story) and len(cases) == 1 else None


def _stale(question: Question, at: datetime) -> bool:
    return bool(question.at) and at - datetime.fromisoformat(question.at) > STILL


def _elsewhere(heard: Heard, case: Brief) -> bool:
    """Whether they plainly speak of another place than the case's."""
    where = heard.facts.where.text if heard.facts.where else ""
    named = bool(where and case.where) and where not in case.where and case.where not in where
    return named and len(heard.text) > SHORT  # a short one is the exact place that was asked for


def _added(now: Conversation, heard: Heard, number: str) -> Result:
    where = f"{heard.location.label} ({heard.location.lat}, {heard.location.lon})" if heard.location else ""
    text = "\n".join(part for part in (heard.text.strip(), where.strip()) if part)
    told, said = speak(now, *noting.remarks(now, heard), phrase(now.language, "added", number=number))
    return told, (Add(number, text, tuple(each.id for each in heard.evidence)), *said)


def _which(now: Conversation, heard: Heard, case: Brief) -> Result:
    """A draft is open: is this for the desk, or for the draft?"""
    held = Held(heard.text, tuple((each.id, each.kind) for each in heard.evidence))
    return _asked_which(replace(now, held=held), case, *noting.remarks(now, heard))


def _asked_which(now: Conversation, case: Brief, *lead: str) -> Result:
    what = which.labels([case])[0]
    waits = any(each.number == case.number and not each.at for each in now.questions)
    asked, mine = ("reply.which", "reply.case") if waits else ("reply.mixed", "reply.more")
    choices = [
        (f"{MINE}{case.number}", phrase(now.language, mine, what=what)),
        (OTHER, phrase(now.language, "reply.draft")),
    ]
    return speak(now, *lead, phrase(now.language, asked, number=case.number, what=what), choices=choices)


def _sorted(institution: Institution, now: Conversation, held: Held, heard: Heard, word: str) -> Result:
    """One tap says it; other words go on with the draft, and what was held goes there first."""
    number = word.removeprefix(MINE)
    free = replace(now, held=None, offered=())
    about = next((key.removeprefix(MINE) for key, _ in now.offered if key.startswith(MINE)), "")
    case = next((case for case in heard.mine if case.number == about), None)
    if case is not None and not word and not heard.evidence and squeeze(heard.text) == squeeze(held.text) != "":
        return _asked_which(now, case)  # the same words again tell nothing
    if not word and THEIRS.fullmatch(heard.text.strip().casefold()):
        number = about
    if any(case.number == number for case in heard.mine):
        told, said = speak(free, phrase(now.language, "added", number=number))
        back, question = back_to_it(institution, told, said)
        return back, (Add(number, held.text, tuple(key for key, _ in held.evidence)), *question)
    passed = tuple(replace(each, passed=True) for each in now.questions)
    files = (*(Received(key, kind, "") for key, kind in held.evidence), *heard.evidence)
    text = held.text if word else "\n".join(part for part in (held.text, heard.text) if part.strip())
    facts = understand(text, now=heard.at.astimezone(ZoneInfo(institution.timezone)), institution=institution)
    both = replace(heard, text=text, choice="", facts=facts, evidence=files)
    return splitting.take_any(institution, replace(free, questions=passed), both, command(text))
