"""Consent taken back, and "forget me": said truthfully what that means, asked once, then done.

What is told but not registered goes at once. A registered case is kept, for
its handling is a duty that does not rest on consent; for how long, the
institution says (``keep_years``). What is deleted, the shell counts and tells.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.conversation import Conversation, Draft, Stage
from dialogs.draft import asking, drafting, splitting, whereabouts
from dialogs.effects import Discard, Forget, Withhold
from dialogs.filed import idle
from dialogs.messages import Say
from dialogs.privacy.wishes import FORGET, UNCONSENT, wish
from dialogs.speaking.saying import speak
from dialogs.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dialogs.events import Forgotten, Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

YES, ALL, NO = "forget.yes", "forget.all", "forget.no"
WITHDRAWN, KEPT = "unconsent.yes", "unconsent.no"
AGREES = frozenset({YES, WITHDRAWN, "yes", "submit"})
REFUSES = frozenset({NO, KEPT, "no", "cancel", "back"})


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take the wish, and the answer to whether it is meant."""
    if now.stage is Stage.FORGETTING and (word == ALL or word in AGREES | REFUSES):
        return _answered(institution, now, heard, word)
    if now.stage is Stage.ALARM and not heard.choice and not heard.facts.danger and wish(heard.text):
        return whereabouts.again(now, phrase(now.language, "forget.later"))
    if now.stage is Stage.ALARM or heard.choice or heard.evidence or heard.facts.danger:
        return None
    asked = now.stage is Stage.ASKING and now.asking in asking.FREE
    match wish(heard.text, asked=asked):
        case "unconsent" if now.stage is Stage.CONSENT:
            return drafting.take(institution, now, heard, "consent.no")
        case "unconsent" if not now.consented and not heard.mine:
            return speak(now, phrase(now.language, "unconsent.none"))
        case "unconsent":
            return _ask(institution, replace(now, wish=UNCONSENT), heard)
        case "forget":
            return _ask(institution, replace(now, wish=FORGET), heard)
    return None


def other(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """Neither yes nor no: everything stays, and the words are listened to."""
    back = _back(now)
    takes = {Stage.IDLE: idle.take, Stage.SPLITTING: splitting.take}.get(back.stage, drafting.take)
    return takes(institution, back, heard, word)


def forgotten(institution: Institution, now: Conversation, event: Forgotten) -> Result:
    """Everything is gone: say what, and begin anew."""
    language, mark = now.language, phrase(now.language, "mark.and")
    counts = (("forgot.drafts", event.drafts), ("forgot.words", event.words), ("forgot.files", event.files))
    gone = mark.join(phrase(language, key, n=n) for key, n in counts if n)
    said = [phrase(language, "forgot.done", gone=gone) if gone else phrase(language, "forgot.nothing")]
    if event.cases:
        said.append(phrase(language, "forgot.cases", n=event.cases, years=institution.keep_years))
    if event.code:
        said.append(phrase(language, "forgot.code", code=event.code))
    return Conversation(silent=True), (Say("\n".join(said)),)


def _ask(institution: Institution, now: Conversation, heard: Heard) -> Result:
    """What it means, and whether it is meant."""
    asking_now, language, n = replace(now, stage=Stage.FORGETTING, single=False), now.language, len(heard.mine)
    if now.wish == UNCONSENT:
        open_ = sum(case.open for case in heard.mine)
        cases = phrase(language, "unconsent.cases", n=open_) if open_ else ""
        choices = [(key, phrase(language, key)) for key in (WITHDRAWN, KEPT)]
        return speak(
            asking_now, phrase(language, "unconsent.means"), cases, phrase(language, "unconsent.ask"), choices=choices
        )
    cases = phrase(language, "forget.cases", n=n, years=institution.keep_years) if n else ""
    choices = [(key, phrase(language, key)) for key in (YES, *([ALL] if n else []), NO)]
    return speak(asking_now, phrase(language, "forget.means"), cases, phrase(language, "forget.ask"), choices=choices)


def _answered(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    if word in REFUSES:
        if word == "cancel" and _told(now):
            return drafting.cancel(_back(now), heard)
        said = phrase(now.language, "unconsent.kept" if now.wish == UNCONSENT else "forget.kept")
        return drafting.go_on(institution, _back(now), said, "") if _told(now) else speak(_back(now), said)
    if now.wish == UNCONSENT and word != ALL:
        return _unconsented(now, heard)
    return now, (Forget(heard.at, unlink=word == ALL),)


def _unconsented(now: Conversation, heard: Heard) -> Result:
    """What was told and not registered goes; no more surveys and reminders."""
    drafts = [draft for draft in _drafts(now) if draft.values or draft.evidence]
    gone = tuple(Discard(tuple(key for key, _ in draft.evidence), draft.begun, heard.at) for draft in drafts)
    left = Conversation(
        language=now.language,
        chosen=now.chosen,
        elder=now.elder,
        number=now.number,
        questions=now.questions,
        alarm=now.alarm,
        hand=now.hand,
        mood_day=now.mood_day,
        soothed=now.soothed,
        abuses=now.abuses,
        silent=True,
    )
    open_ = sum(case.open for case in heard.mine)
    cases = phrase(now.language, "unconsent.done.cases", n=open_) if open_ else ""
    done, effects = speak(left, phrase(now.language, "unconsent.done"), cases)
    return done, (*gone, Withhold(), *effects)


def _drafts(now: Conversation) -> Iterator[Draft]:
    yield now.draft
    yield from now.waiting
    yield from (kept.draft for kept in now.shelf)
    if now.aside is not None:
        yield now.aside


def _told(now: Conversation) -> bool:
    return bool(now.draft.values or now.draft.evidence)


def _back(now: Conversation) -> Conversation:
    """The stage that the question interrupted, as far as what was told shows it."""
    if not _told(now):
        return replace(now, stage=Stage.IDLE, wish="", offered=(), asking="")
    asked = Stage.ASKING if now.asking and now.asking in now.draft.asked else Stage.CONFIRMING
    stage = Stage.CONSENT if not now.consented else Stage.SPLITTING if now.draft.matters or now.draft.kinds else asked
    return replace(now, stage=stage, wish="", offered=())
