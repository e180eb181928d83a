"""Collecting a complaint: consent, questions, answers in any order, the summary, submit or cancel."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.commands import squeeze
from dialogs.conversation import Conversation, Draft, Stage
from dialogs.draft import answering, asking, away, choosing, joining, meant, noting, papers
from dialogs.draft.correcting import ask_again, corrected
from dialogs.draft.filling import completed
from dialogs.effects import Discard, FileCase
from dialogs.slots import SLOTS
from dialogs.speaking.saying import speak
from dialogs.wording import named, phrase

if TYPE_CHECKING:
    from dialogs.events import Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

COLLECTING = frozenset({Stage.ASKING, Stage.PLACING, Stage.CONFIRMING, Stage.CHANGING, Stage.CANCELLING})
STAGES = COLLECTING | {Stage.CONSENT, Stage.ELSEWHERE, Stage.SPLITTING, Stage.JOINING}
DECLINED = re.compile(
    r"(?:那|就|先|还是|我|好|嗯|谢谢)*(?:(?:不用|不要|不必|不需要|不)(?:登记|办理?|弄|说|记)?(?:了|啦|吧|谢谢)+|不登记|nothanks?|nothankyou)"
)
"""How somebody says that nothing shall be taken down: 不用了, 那不登记了."""
AGREED = frozenset({"consent.yes", "yes", "submit"})


def begin(institution: Institution, now: Conversation, heard: Heard, *, greeted: bool) -> Result:
    """The first message of a matter, which may tell all of it or nothing."""
    began = noting.gathered(institution, replace(now, draft=Draft(dict(heard.place)), asking="", single=False), heard)
    lead = [*noting.remarks(now, heard)]
    noted = asking.remark(now.language, Draft(), began.draft)
    if began.consented and not greeted and not began.draft.values:
        lead.append(welcome(institution, now.language))
    return go_on(institution, began, *lead, noted)


def go_on(institution: Institution, now: Conversation, *lead: str) -> Result:
    """Ask for consent if it is not given yet, else for what is missing."""
    if row := away.first_time(institution, now):
        greeting = () if now.consented or now.stage is Stage.CONSENT else (welcome(institution, now.language),)
        return away.told(institution, now, row, *greeting, *lead[:-1])  # what was noted of it is not said
    if now.consented:
        return asking.ask_next(institution, now, *lead)
    choices = [(key, phrase(now.language, key)) for key in ("consent.yes", "consent.no")]
    first = [] if now.stage is Stage.CONSENT else [welcome(institution, now.language)]
    privacy = phrase(now.language, "privacy", years=institution.keep_years)
    texts = [*first, *lead, privacy if first else "", phrase(now.language, "consent")]
    return speak(replace(now, stage=Stage.CONSENT), *texts, choices=choices)


def again(institution: Institution, now: Conversation, *lead: str) -> Result:
    """Put the open question once more."""
    match now.stage:
        case Stage.ASKING:
            return asking.ask(institution, now, now.asking, *lead)
        case Stage.CONFIRMING | Stage.CHANGING:
            return asking.summary(institution, now, *lead)
        case Stage.CANCELLING:
            return _really(now, *lead)
        case Stage.PLACING:
            asked, choices = meant.question(now)
            return speak(now, *lead, asked, choices=choices)
        case Stage.ELSEWHERE:
            return away.again(institution, now, *lead)
        case Stage.JOINING:
            return joining.again(institution, now, *lead)
    return go_on(institution, now, *lead)


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """A message or choice while a draft is open."""
    if not (heard.text.strip() or word or heard.evidence or heard.remarks or heard.location or heard.contact):
        return again(institution, now, phrase(now.language, "reject.empty"))
    match now.stage:
        case Stage.CONSENT:
            return _consent(institution, now, heard, word)
        case Stage.ELSEWHERE:
            return _insist(institution, now, heard, word)
        case Stage.JOINING:
            return joining.take(institution, now, heard, word)
        case Stage.CANCELLING:
            return _cancelling(institution, now, heard, word)
        case Stage.PLACING:
            return _meant(institution, now, heard, word)
        case Stage.CONFIRMING | Stage.CHANGING:
            return _confirming(institution, now, heard, word)
    return answering.take(institution, now, heard, word)


def cancel(now: Conversation, heard: Heard) -> Result:
    """Drop the draft, after asking when there is something in it."""
    if now.stage is Stage.CANCELLING or (now.stage in STAGES and not (now.draft.values or now.draft.evidence)):
        return _dropped(now, heard, phrase(now.language, "cancelled"))
    if now.stage not in STAGES:
        return speak(_emptied(now), phrase(now.language, "cancel.nothing"))
    return _really(replace(now, stage=Stage.CANCELLING))


def _really(now: Conversation, *lead: str) -> Result:
    """Make sure before what was told is dropped."""
    choices = [(key, phrase(now.language, key)) for key in ("cancel.yes", "cancel.no")]
    return speak(now, *lead, phrase(now.language, "cancel.ask"), choices=choices)


def welcome(institution: Institution, language: str) -> str:
    """The sentence that begins a first talk."""
    name = named(language, institution.name, institution.name_en)
    accepts = named(language, institution.accepts, institution.accepts_en)
    return phrase(language, "welcome", institution=name, accepts=accepts)


def discarded(draft: Draft, heard: Heard) -> tuple[Discard, ...]:
    """Nothing of a dropped draft stays: neither its files nor the words in the chat's record."""
    files = tuple(key for key, _ in draft.evidence)
    return (Discard(files, draft.begun, heard.at),) if draft.values or files else ()


def _dropped(now: Conversation, heard: Heard, said: str) -> Result:
    left, effects = speak(_emptied(now), said)
    return left, (*discarded(now.draft, heard), *effects)


def _emptied(now: Conversation) -> Conversation:
    return replace(now, stage=Stage.IDLE, draft=Draft(), asking="", single=False, pending="", offered=())


def _consent(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    if word in AGREED:
        return asking.ask_next(institution, replace(now, consented=True, silent=False))
    if word in {"consent.no", "no"} or DECLINED.fullmatch(squeeze(heard.text)):
        phone = institution.phone or phrase(now.language, "phone.none")
        return _dropped(now, heard, phrase(now.language, "consent.refused", phone=phone))
    told = noting.gathered(institution, now, heard)
    return go_on(institution, told, *noting.lead(now, heard, told.draft))


def _insist(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    if not word and away.wonders(heard.text) and not away.stays(heard.text):
        return away.again(institution, now, phrase(now.language, "elsewhere.unknown"))
    if away.leaves(heard.text, word):
        return _dropped(now, heard, phrase(now.language, "elsewhere.done"))
    told = now if word or away.stays(heard.text) else noting.gathered(institution, now, heard)
    return go_on(institution, replace(told, stage=Stage.IDLE), *noting.lead(now, heard, told.draft))


def _cancelling(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    if word in {"cancel.yes", "submit", "yes"}:
        return _dropped(now, heard, phrase(now.language, "cancelled"))
    told = now if word else noting.gathered(institution, now, heard)
    return go_on(institution, told, phrase(now.language, "continue"), *noting.lead(now, heard, told.draft))


def _meant(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """One of the places, none of them, or something else: then the place stays as it was said."""
    free = replace(now, stage=Stage.ASKING)
    if name := meant.chosen(now.draft, word):
        told = replace(free, draft=meant.placed(now.draft, name, institution))
        return asking.ask_next(institution, told, *noting.lead(now, heard, told.draft))
    if word:
        return asking.ask_next(institution, replace(free, draft=replace(now.draft, maybe=())))
    amended = corrected(now.draft, heard, institution)
    if amended.changed:
        told = replace(free, draft=completed(amended.draft, heard, institution))
    else:
        told = noting.gathered(institution, free, heard, asked="where")
    return asking.ask_next(institution, told, *noting.lead(now, heard, told.draft))


def _confirming(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    if word in {"submit", "yes"} and asking.missing(institution, now):
        return asking.ask_next(institution, now)
    if word in {"submit", "yes"}:
        return _file(institution, now)
    if word in {"change", "back", "no"}:
        return asking.changeable(institution, now)
    if word == "anonymous" and institution.anonymous:
        return asking.summary(institution, answering.nameless(now), phrase(now.language, "anonymous.kept"))
    if word == "change:category" or word.startswith(("category:", choosing.FILES)):
        return _placed(institution, now, word)
    if (key := word.removeprefix("change:")) in SLOTS and word != key:
        return asking.ask(institution, replace(now, single=True, draft=_untried(now.draft, key)), key)
    if word:
        return asking.summary(institution, now)
    return _amended(institution, now, heard)


def _amended(institution: Institution, now: Conversation, heard: Heard) -> Result:
    """Words at the summary: a correction, a fact told anew, or more of the story."""
    amended = corrected(now.draft, heard, institution)
    if amended.wrong is not None:
        return ask_again(institution, now, amended.wrong)
    changed, draft = amended.changed, completed(amended.draft, heard, institution)
    told = replace(now, draft=draft) if changed else noting.gathered(institution, now, heard, override=True)
    lead = noting.lead(now, heard, told.draft, "noted.fixed" if changed else "noted")
    if (
        told.draft.values == now.draft.values
        and told.draft.evidence == now.draft.evidence
        and re.search(r"\w", heard.text)
    ):
        story = f"{now.draft.values.get('what', '')}\n{heard.text.strip()}".strip()
        told = replace(told, draft=told.draft.with_value("what", story))
        lead.append(phrase(now.language, "noted.added"))
    if told.draft.kinds:
        return asking.ask_next(institution, told, *lead)
    return asking.summary(institution, told, *lead)


def _placed(institution: Institution, now: Conversation, word: str) -> Result:
    """What concerns the category: chosen where the summary asked for it, that was the last question."""
    kind, _, key = word.partition(":")
    if word == "change:category":
        return asking.categories(institution, now)
    if word == choosing.NONE:
        return asking.other_categories(institution, now)
    to_person = word == choosing.PERSON
    told = choosing.left_to_a_person(institution, now) if to_person else choosing.chosen(institution, now, key)
    if kind == "category" or asking.missing(institution, now):
        return asking.summary(institution, told)
    return _file(institution, told)


def _file(institution: Institution, now: Conversation) -> Result:
    """File it, unless a paper is missing without which nothing may be filed."""
    if why := papers.forbidding(institution, now):
        return speak(now, why, choices=now.offered)
    return replace(now, offered=()), (FileCase(now.draft),)


def _untried(draft: Draft, key: str) -> Draft:
    return replace(draft, tries={k: n for k, n in draft.tries.items() if k != key})
