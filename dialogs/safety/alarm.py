"""Danger comes before whatever else was going on: the number to call first, then where, then which phone.

Nobody is asked for consent or confirmation: it is about somebody's life. Those
on duty see the chat from the first word, and the clocks run from it. The case
is made as soon as place and phone are settled, at once for somebody whose phone
is dying or who must run, and by the clock (AlarmDue) where nothing more is said;
what comes afterwards is added to it, and a second one is made only for a danger
somewhere else. A draft of another matter waits. Who speaks of ending their life
is not questioned about anything.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from dialogs.commands import declines
from dialogs.conversation import Alarm, Conversation, Draft, Stage
from dialogs.draft import asking, drafting, noting, whereabouts
from dialogs.draft.whereabouts import again as again
from dialogs.draft.whereabouts import by_manner
from dialogs.effects import Amend, FileCase, Hand
from dialogs.filed import idle, reasons
from dialogs.filed.wishes import wish
from dialogs.safety import doubt
from dialogs.speaking.saying import speak
from dialogs.wording import named, phrase
from nlp.danger import care

if TYPE_CHECKING:
    from dialogs.effects import Effect
    from dialogs.events import CaseFiled, Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

LASTS = timedelta(hours=6)
"""So long a danger told again is the same one, unless it is told to be somewhere else."""
FRESH = timedelta(hours=1)
"""So long words that tell no matter of their own belong to it."""
IN_DESPAIR = frozenset({"self_harm"})
"""They speak of themselves."""
KEPT = frozenset({"who", "contact", "anonymous"})
"""What a danger told in the middle of another matter takes over from it."""
SHARED = {"location": "alarm.how", "contact": "share.contact"}
"""What is said to the words of a button without what it sends."""
WAITING = drafting.STAGES | {Stage.SORTING}
NO_CALL = re.compile(
    r"没有?(?:留)?(?:电话|手机|号码)|不(?:想|方便|能|要)?(?:留|给|接)|别(?:打|联系)|\b(?:no phone|do not call|don't call)\b"
)
IN_HASTE = re.compile(
    r"没电|快关机|要关机|电不多|(?:来不及|没时间|没空|没法|不能|不敢)(?:多|再)?(?:说|讲|打字)|先(?:跑|逃|撤)|要跑了|(?:说|打|讲)不了(?:字|话)?"
    r"|不(?:能)?(?:多|再)?说了|\b(?:battery|phone is dying|must run|have to run|can't talk|cannot talk|no time)\b",
    re.IGNORECASE,
)
"""They may be gone with the next moment: what is known is filed now."""
PASSED = frozenset({"skip", "no", "anonymous", "alarm.nocall"})


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take words that tell of danger, that it is over, or that ask to stop while it is being told."""
    alarm = now.alarm if now.alarm and heard.at - datetime.fromisoformat(now.alarm.at) <= LASTS else None
    stops = now.stage is Stage.ALARM and (word == "cancel" or _withdraws(alarm, heard, word))
    if word == doubt.RAISE and now.draft.danger:
        return _raised(institution, now, replace(heard, facts=replace(heard.facts, danger=now.draft.danger)))
    if alarm and not heard.choice and care.mistaken(heard.text):
        return _over(institution, now, alarm, heard)
    if heard.facts.danger and not heard.choice and word in {"", "cancel"}:  # a whole command tells of nothing else
        if alarm and not (alarm.number and whereabouts.elsewhere(alarm.draft, heard)):
            return _told_more(institution, now, heard)
        return _raised(institution, now, heard)
    if alarm and (stops or (not heard.choice and care.over(heard.text))):
        return _over(institution, now, alarm, heard)
    return None


def _withdraws(alarm: Alarm | None, heard: Heard, word: str) -> bool:
    """Whether nobody need come any more, said while we ask about the danger."""
    asked = alarm is not None and bool(alarm.asking) and alarm.manner not in IN_DESPAIR
    return asked and not word and _bare_wish(heard) == "withdraw"


def _bare_wish(heard: Heard) -> str:
    """What these words want done with a case, where they hold nothing else: no place, no story."""
    wanted = wish(heard.text)
    return wanted.verb if wanted is not None and not wanted.about and not wanted.reason else ""


def more(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    """Whatever is said while the danger is what we speak of."""
    alarm = now.alarm
    if alarm is None or _is_another(alarm, heard, word):
        return idle.take(institution, replace(now, stage=Stage.IDLE, offered=()), heard, word)
    if word in SHARED:
        return again(now, phrase(now.language, SHARED[word]))
    if word == "thanks" and not alarm.asking:
        return speak(now, phrase(now.language, "thanks"))
    if not (heard.text.strip() or word or heard.evidence or heard.location or heard.contact):
        said = noting.remarks(now, heard) or (phrase(now.language, "reject.empty"),)
        return again(now, *said)
    return _told_more(institution, now, heard, word)


def due(now: Conversation) -> Result:
    """Time is up: what is known is filed, whatever is still open."""
    return _filing(now) if now.alarm and not now.alarm.number else (now, ())


def filed(institution: Institution, now: Conversation, event: CaseFiled) -> Result | None:
    """Its case exists: say so, and what is still open. None: that was another case."""
    alarm = now.alarm
    if alarm is None or not alarm.filing:
        return None
    known = replace(alarm, number=event.number, filing=False, over="", draft=replace(alarm.draft, evidence=()))
    now = replace(now, alarm=known, number=event.number)
    if alarm.over:
        left, said = _left(institution, now, phrase(now.language, by_manner("alarm.over", alarm), number=event.number))
        return left, (Amend(event.number, {}, alarm.over, over=True), *said)
    despair = "self_harm" if alarm.manner in IN_DESPAIR else "other"
    registered = phrase(now.language, f"alarm.filed.{despair}", number=event.number)
    if now.stage is not Stage.ALARM:
        return speak(now, registered)
    if known.asking:
        return again(now, registered)
    return _done(institution, now, registered)


def _raised(institution: Institution, now: Conversation, heard: Heard) -> Result:
    """A danger not told before, with what the open draft holds where that is the same matter."""
    same = now.stage is not Stage.ALARM and whereabouts.is_same_matter(now.draft, heard)
    before = (now.alarm.draft.values if now.alarm else {}) | now.draft.values
    kept = {key: value for key, value in before.items() if key in KEPT}
    start = now.draft if same and now.draft.values else Draft(kept | dict(heard.place))
    manner = care.manner(heard.text, heard.facts.danger or "")
    begun = start.begun or heard.at.isoformat()
    alarm = Alarm(draft=replace(start, begun=begun), manner=manner, told=(manner,), at=heard.at.isoformat())
    alarm = replace(alarm, draft=_as_emergency(whereabouts.known(alarm, heard, institution), heard))
    if now.stage in WAITING and not same:
        alarm = replace(alarm, back=now.stage.value)
    elif now.stage is Stage.ALARM and now.alarm:
        alarm = replace(alarm, back=now.alarm.back)
    now, cut_off = reasons.cut_off(now, heard)
    raised = replace(now, stage=Stage.ALARM, alarm=alarm, draft=Draft() if same else now.draft, offered=())
    said = (phrase(now.language, f"danger.{manner}"), _own_words(institution, now, manner))
    shown: tuple[Effect, ...] = (Hand("danger"),)
    if manner in IN_DESPAIR:
        shown = (*shown, Hand("self_harm"))
    seen = phrase(now.language, by_manner("alarm.seen", alarm))
    told, effects = _go_on(institution, raised, *said, seen, hurry=_hurries(heard))
    return told, (*cut_off, *shown, *effects)


def _told_more(institution: Institution, now: Conversation, heard: Heard, word: str = "") -> Result:
    """More of the same: with it onto the case, or into what will be one; and the next question."""
    before = now.alarm or Alarm()
    hearing = replace(before, asking="") if _bare_wish(heard) else before  # "press for it" is no place
    draft = whereabouts.known(hearing, heard, institution)
    draft = _as_emergency(draft, heard) if heard.facts.danger else draft
    label = dict(now.offered).get(heard.choice, "") if word == "alarm.nocall" else ""
    lead = [_warned(now, before, heard), *noting.remarks(now, heard), _noted(now, before, draft, heard)]
    after = _answered(before, draft, heard, word)
    if label:
        story = f"{draft.values.get('what', '')}\n{label}".strip()
        after = replace(after, draft=draft.with_value("what", story))
    after = replace(after, back=now.stage.value if now.stage in WAITING else before.back)
    effects: tuple[Effect, ...] = ()
    if before.number:
        values = after.draft.values
        changed = {key: value for key, value in values.items() if before.draft.values.get(key) != value}
        files = tuple(key for key, _ in draft.evidence)
        effects = (Amend(before.number, changed, heard.text.strip() or label, files),)
        after = replace(after, draft=replace(after.draft, evidence=()))
    told, said = _go_on(institution, replace(now, alarm=after, stage=Stage.ALARM), *lead, hurry=_hurries(heard))
    return told, (*effects, *said)


def _hurries(heard: Heard) -> bool:
    return IN_HASTE.search(heard.text) is not None


def _go_on(institution: Institution, now: Conversation, *lead: str, hurry: bool = False) -> Result:
    """Ask what is still open; when nothing is or the citizen may be gone, file it; or go back to what waited."""
    alarm = now.alarm or Alarm()
    if (key := whereabouts.next_question(alarm)) and (alarm.number or not hurry):
        return again(now, *lead)
    if alarm.number:
        return _done(institution, now, *lead)
    said = [text for text in lead if text]
    told, effects = speak(now, *said) if said else (now, ())
    filing, made = _filing(replace(told, alarm=replace(alarm, asking=key)))
    return filing, (*effects, *made)


def _filing(now: Conversation) -> Result:
    alarm = now.alarm or Alarm()
    return replace(now, alarm=replace(alarm, filing=True)), (FileCase(alarm.draft, since=alarm.at),)


def _done(institution: Institution, now: Conversation, *lead: str) -> Result:
    """Nothing is asked any more; that is said once, and then only that the words arrived."""
    alarm = now.alarm or Alarm()
    first = "done" not in alarm.passed
    said = phrase(now.language, by_manner("alarm.done" if first else "alarm.more", alarm), number=alarm.number)
    told = now.consented or alarm.manner in IN_DESPAIR
    privacy = phrase(now.language, "alarm.privacy") if first and not told else ""
    kept = replace(now, alarm=replace(alarm, asking="", passed=(*alarm.passed, "done") if first else alarm.passed))
    return _left(institution, kept, *lead, said, privacy) if alarm.back else speak(kept, *lead, said, privacy)


def _left(institution: Institution, now: Conversation, *lead: str) -> Result:
    """Leave the danger for the draft that waited, if one did."""
    alarm = now.alarm or Alarm()
    kept = replace(now, alarm=replace(alarm, asking="", back=""), offered=())
    if now.stage in drafting.STAGES:
        return drafting.again(institution, kept, *lead, phrase(now.language, "resume"))
    if not alarm.back:
        return speak(replace(kept, stage=Stage.IDLE), *lead)
    back = Stage(alarm.back)
    waiting = replace(kept, stage=back if back in drafting.STAGES else Stage.IDLE)
    return drafting.again(institution, waiting, *lead, phrase(now.language, "resume"))


def _over(institution: Institution, now: Conversation, alarm: Alarm, heard: Heard) -> Result:
    """It was nothing, or is over: that goes on the case, where a person decides what follows from it."""
    files = tuple(one.id for one in heard.evidence)
    words = heard.text.strip() or "—"
    if not alarm.number:
        return _filing(replace(now, alarm=replace(alarm, over=words, asking="")))
    told, effects = _left(institution, now, phrase(now.language, by_manner("alarm.over", alarm), number=alarm.number))
    return told, (Amend(alarm.number, {}, words, files, over=True), *effects)


def _answered(before: Alarm, draft: Draft, heard: Heard, word: str) -> Alarm:
    """The alarm after an answer: what was asked is settled when it is told, declined, or missed for the second time."""
    after = replace(before, draft=draft, told=_told(before, heard))
    if heard.facts.danger and before.manner not in IN_DESPAIR:
        after = replace(after, manner=care.manner(heard.text, heard.facts.danger))
    key = before.asking
    if not key or whereabouts.next_question(after) != key:
        shown = ("pin",) if key == "where" and "where" in draft.values else ()  # one could have been sent already
        return replace(after, passed=(*before.passed, *shown), tried=False)
    said = bool(heard.text.strip())
    refused = word in PASSED or declines(heard.text) or (key == "contact" and NO_CALL.search(heard.text))
    if key == "pin" or before.tried or refused:
        return replace(after, passed=(*before.passed, key), tried=False) if said or word else after
    if before.manner in IN_DESPAIR and said:  # they need somebody who listens, no questions
        return replace(after, passed=(*before.passed, *whereabouts.QUESTIONS), tried=False)
    return replace(after, tried=said)


def _told(before: Alarm, heard: Heard) -> tuple[str, ...]:
    if not heard.facts.danger:
        return before.told
    return tuple(dict.fromkeys((*before.told, care.manner(heard.text, heard.facts.danger))))


def _warned(now: Conversation, alarm: Alarm, heard: Heard) -> str:
    """Whom to call, unless that was told; who despairs is told every time."""
    if not heard.facts.danger:
        return ""
    manner = care.manner(heard.text, heard.facts.danger)
    if manner in alarm.told:
        return phrase(now.language, "alarm.stay") if manner == "self_harm" else ""
    return phrase(now.language, f"danger.{manner}")


def _noted(now: Conversation, before: Alarm, draft: Draft, heard: Heard) -> str:
    """What was understood, but for the story: who is in danger need not read it again."""
    old = replace(before.draft, values={**before.draft.values, "what": draft.values.get("what")})
    told = asking.remark(now.language, old, draft)
    open_ = whereabouts.next_question(replace(before, draft=draft))
    if told or not heard.text.strip() or before.manner in IN_DESPAIR or not open_ or declines(heard.text):
        return told
    return phrase(now.language, "noted.added")


def _own_words(institution: Institution, now: Conversation, manner: str) -> str:
    """What this institution says besides, such as its own number."""
    kind = {"home": "crime", "self_harm_other": "self_harm"}.get(manner, manner)
    row = next((row for key, row in institution.danger.items() if key == kind), None)
    return named(now.language, row.say, row.say_en) if row else ""


def _as_emergency(draft: Draft, heard: Heard) -> Draft:
    return replace(draft, grade="emergency", warned=True, danger=heard.facts.danger or draft.danger)


def _is_another(alarm: Alarm, heard: Heard, word: str) -> bool:
    """Words about something else, once nothing is asked any more."""
    if alarm.asking or heard.choice:
        return False
    if heard.number or heard.misread or heard.at - datetime.fromisoformat(alarm.at) > FRESH:
        return True
    return alarm.manner not in IN_DESPAIR and not word and whereabouts.is_another_matter(alarm.draft, heard)
