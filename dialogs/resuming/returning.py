"""Somebody leaves in the middle and comes back: what is kept, how they are reminded, and how it goes on.

After a pause the first word decides. An answer or a fact is taken as if there
had been no pause, under one line that says what was told before. A greeting
asks back: continue, or something new? Words that tell of another matter are
kept beside the draft until the citizen has said which is meant. What nobody
came back for is put by (``Conversation.shelf``) and taken up again on a word
such as "接着上次". When that falls due, backend/domain/drafts.py says.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dialogs.conversation import Conversation, Draft, Kept, Stage, set_aside
from dialogs.draft import asking, drafting, noting, splitting
from dialogs.effects import Discard
from dialogs.filed import sorting
from dialogs.messages import Choice, Say
from dialogs.resuming import leaving
from dialogs.slots import SLOTS
from dialogs.speaking.saying import speak
from dialogs.values.times import say_time
from dialogs.wording import phrase
from institutions.drafts import length

if TYPE_CHECKING:
    from dialogs.effects import Effect
    from dialogs.events import DraftDue, Heard
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

CONTINUE, ANEW, DROP = "draft.continue", "draft.new", "draft.drop"
YES = frozenset({"yes", "submit"})
GIST, PART = 24, 20  # characters of the story, and of any other fact, in the line that says what is there
NAMED = 3  # missing things that are named
LEFT = drafting.STAGES | {Stage.SORTING}
"""Where somebody may be reminded: the next word is theirs, and nobody else has the chat."""


def is_open(now: Conversation) -> bool:
    """Whether something was told that is neither filed nor put by."""
    return bool(now.draft.values or now.draft.evidence)


def take(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take what somebody says who was away, or is leaving."""
    if word in {CONTINUE, ANEW, DROP}:
        return _chosen(institution, now, heard, word)
    if now.stage in drafting.STAGES:
        return _with_draft(institution, now, heard, word)
    if now.stage is Stage.IDLE and (now.shelf or leaving.continues(heard.text)):
        return _with_shelf(institution, now, heard, word)
    return None


def due(institution: Institution, now: Conversation, event: DraftDue) -> Result:
    """The citizen stayed silent: remind, warn, close or delete."""
    at = say_time(event.until, ZoneInfo(institution.timezone), now.language)
    match event.step:
        case "nudge":
            reminded = replace(now, draft=replace(now.draft, nudged=True))
            return _beside(reminded, _left(now, at), *_missing(institution, now))
        case "warn":
            warned = replace(now, closes_at=event.until.isoformat())
            return _beside(warned, _left(now, at, "draft.closing"), phrase(now.language, "draft.now"))
        case "close" if now.consented:
            return speak(set_aside(now, event.at.isoformat()), _left(now, at, "draft.closed"))
        case "close":
            closed, effects = speak(_emptied(now), phrase(now.language, "draft.ended"))
            return closed, (_discarded(now.draft, event.at), *effects)
        case _:
            oldest, *others = now.shelf
            return replace(now, shelf=tuple(others)), (_discarded(oldest.draft, _until(oldest, event.at)),)


def resumed(institution: Institution, now: Conversation, *lead: str) -> Result:
    """Take up the draft as it is, with what is there in one line."""
    return drafting.go_on(institution, replace(now, stage=Stage.IDLE, single=False), *lead, gist(now))


def gist(now: Conversation) -> str:
    """What is there, in one line."""
    what, values = str(now.draft.values.get("what", "")), now.draft.values
    told = [asking.shorten(what, GIST)] if what else []
    shown = [SLOTS[key].show(values[key], now.language) for key in SLOTS if key != "what" and key in values]
    told += [asking.shorten(one, PART) for one in shown if one not in what[:GIST]]
    files = asking.files_told(now.language, (kind for _, kind in now.draft.evidence))
    facts = phrase(now.language, "mark.comma").join(dict.fromkeys([*told, *([files] if files else [])]))
    return phrase(now.language, "draft.gist", facts=facts) if facts else ""


def _chosen(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result:
    if not is_open(now) and not now.shelf:
        return speak(now, phrase(now.language, "draft.none"))
    if word == DROP:
        return _dropped(now, heard)
    if word == ANEW:
        return _anew(institution, now, heard)
    if now.aside is not None:
        joined = replace(now, draft=_joined(now.draft, now.aside), aside=None)
        return resumed(institution, joined, phrase(now.language, "noted.added"))
    if not is_open(now):
        return resumed(institution, _reopened(now))
    return drafting.again(institution, now, phrase(now.language, "continue"))


def _with_draft(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    asked = CONTINUE in {key for key, _ in now.offered}
    if now.aside is not None:
        return _other_matter(institution, now, heard, word, asked=asked)
    rest = leaving.continued(heard)
    if rest is not None and not heard.choice:
        if not rest.text:
            return drafting.again(institution, now, phrase(now.language, "continue") if asked else gist(now))
        return _led(now, splitting.take_any(institution, now, rest, ""))
    if heard.text.strip() and leaving.greets(heard) and not word and not _was_away(institution, now, heard):
        return drafting.again(institution, now)
    if leaving.postpones(heard.text) and not heard.evidence:
        say = Say(phrase(now.language, "draft.later"))
        return now, (say,)
    if asked and word in YES and not heard.choice and not leaving.is_plain_yes(now.stage, heard.text):
        return drafting.again(institution, now, phrase(now.language, "continue"))
    if heard.choice or word or not _was_away(institution, now, heard):
        return None
    if leaving.greets(heard):
        return _asked_back(now)
    if _tells_another(now.draft, heard):
        return _which(institution, now, heard)
    return _led(now, splitting.take_any(institution, now, heard, word))


def _with_shelf(institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    rest = leaving.continued(heard)
    if not now.shelf:
        alone = rest is not None and not rest.text and not heard.mine
        return speak(now, phrase(now.language, "draft.none"), phrase(now.language, "invite")) if alone else None
    if rest is not None and not rest.text:
        return resumed(institution, _reopened(now))
    if rest is not None:
        taken = _reopened(now)
        key = asking.open_slot(institution, taken.draft)
        stage = Stage.ASKING if key else Stage.CONFIRMING
        ready, _ = asking.ask(institution, taken, key) if key else asking.summary(institution, taken)
        return _led(taken, splitting.take_any(institution, replace(ready, stage=stage), rest, ""))
    if word or heard.number or heard.misread or now.survey is not None or sorting.current(heard):
        return None
    if leaving.greets(heard):
        return _asked_back(_reopened(now), idle=now)
    facts = heard.facts
    answers = facts.when or facts.where or facts.who or facts.contact or facts.told or heard.contact
    if facts.what is None and (answers or heard.evidence or heard.location):
        return _led(_reopened(now), resumed_with(institution, _reopened(now), heard))
    return None


def resumed_with(institution: Institution, now: Conversation, heard: Heard) -> Result:
    """Take up the draft with what a message adds to it."""
    told = noting.gathered(institution, replace(now, stage=Stage.IDLE), heard)
    return drafting.go_on(institution, told, *noting.lead(now, heard, told.draft))


def _asked_back(now: Conversation, *, idle: Conversation | None = None) -> Result:
    """Continue, or something new? The open question stays open."""
    choices = [(key, phrase(now.language, key)) for key in (CONTINUE, ANEW)]
    asked, effects = speak(now, gist(now), phrase(now.language, "draft.ask"), choices=choices)
    kept = (*asked.offered, *now.offered)
    return replace(idle or asked, offered=kept if idle is None else asked.offered), effects


def _which(institution: Institution, now: Conversation, heard: Heard) -> Result:
    """The words tell of another matter: keep them beside the draft, and ask."""
    fresh = noting.gathered(institution, replace(now, draft=Draft(dict(heard.place))), heard)
    choices = [(CONTINUE, phrase(now.language, "sort.same")), (ANEW, phrase(now.language, "sort.new"))]
    what = asking.shorten(now.draft.values.get("what", ""), GIST)
    asked = phrase(now.language, "draft.which", what=what)
    return speak(replace(now, aside=fresh.draft), *noting.remarks(now, heard), asked, choices=choices)


def _other_matter(
    institution: Institution, now: Conversation, heard: Heard, word: str, *, asked: bool
) -> Result | None:
    """Another matter waits beside the draft, and what came now is no plain answer to which is meant."""
    if asked and word in YES:
        return _chosen(institution, now, heard, CONTINUE)
    if asked and not word and now.aside is not None:
        fresh = replace(set_aside(now, now.aside.begun), draft=now.aside)
        return resumed_with(institution, fresh, heard)
    joined = replace(now, draft=_joined(now.draft, now.aside or Draft()), aside=None)
    return splitting.take_any(institution, joined, heard, word)


def _anew(institution: Institution, now: Conversation, heard: Heard) -> Result:
    waiting = now.aside or Draft()
    fresh = set_aside(now, waiting.begun or heard.at.isoformat()) if is_open(now) else now
    said = phrase(now.language, "draft.put_by")
    return drafting.go_on(institution, replace(fresh, draft=waiting, stage=Stage.IDLE), said)


def _dropped(now: Conversation, heard: Heard) -> Result:
    """The citizen no longer wants it: nothing stays."""
    if is_open(now):
        left, discarded = _emptied(now), _discarded(now.draft, heard.at)
    else:
        *others, last = now.shelf
        left, discarded = replace(now, shelf=tuple(others)), _discarded(last.draft, _until(last, heard.at))
    done, effects = speak(left, phrase(now.language, "draft.dropped"))
    return done, (discarded, *effects)


def _reopened(now: Conversation) -> Conversation:
    *others, last = now.shelf
    return replace(now, draft=last.draft, shelf=tuple(others), offered=())


def _emptied(now: Conversation) -> Conversation:
    fresh = replace(now, stage=Stage.IDLE, draft=Draft(), asking="", single=False, pending="", offered=())
    return replace(fresh, aside=None, closes_at="")


def _discarded(draft: Draft, at: datetime) -> Discard:
    return Discard(tuple(key for key, _ in draft.evidence), draft.begun, at)


def _until(kept: Kept, at: datetime) -> datetime:
    """When the draft was put by: what was said later is about something else."""
    return datetime.fromisoformat(kept.since) if kept.since else at


def _was_away(institution: Institution, now: Conversation, heard: Heard) -> bool:
    if not now.heard_at or not is_open(now):
        return False
    away: timedelta = heard.at - datetime.fromisoformat(now.heard_at)
    return away >= length(institution.drafts.ask_after)


def _tells_another(draft: Draft, heard: Heard) -> bool:
    """Whether the words tell of a matter of another kind, or somewhere else, than the draft's."""
    facts, where = heard.facts, draft.values.get("where")
    if facts.what is None or "what" not in draft.values:
        return False
    there, here = facts.where.text if facts.where else "", where["text"] if where else ""
    if there and here:
        return there not in here and here not in there
    known = draft.proposal["top"][0]["category_id"] if draft.proposal else None
    return facts.proposal.decided and known is not None and facts.proposal.best.category_id != known


def _joined(draft: Draft, more: Draft) -> Draft:
    """One draft with all that either tells; what was told first stays."""
    what = "\n".join(dict.fromkeys(d.values["what"] for d in (draft, more) if d.values.get("what")))
    values = {**more.values, **draft.values, **({"what": what} if what else {})}
    evidence = tuple(dict.fromkeys((*draft.evidence, *more.evidence)))
    grade = more.grade if draft.grade == "ordinary" else draft.grade
    return replace(draft, values=values, evidence=evidence, grade=grade, proposal=draft.proposal or more.proposal)


def _led(before: Conversation, result: Result) -> Result:
    """The result, its first bubble led by what was there before the pause."""
    now, effects = result
    line, done = gist(before), False
    led: list[Effect] = []
    for effect in effects:
        say = isinstance(effect, Say) and not done
        led.append(replace(effect, text=f"{line}\n{effect.text}") if say and isinstance(effect, Say) else effect)
        done = done or say
    return now, tuple(led)


def _left(now: Conversation, at: str, key: str = "draft.left") -> str:
    """What was begun and not finished, and until when it stays."""
    what = now.draft.values.get("what", "")
    if not what:
        return phrase(now.language, f"{key}.some", at=at)
    return phrase(now.language, key, what=asking.shorten(what, GIST), at=at)


def _missing(institution: Institution, now: Conversation) -> tuple[str, str]:
    """What is still needed, in one line, and the question that is open."""
    language = now.language
    if now.stage is Stage.ASKING:
        names = [SLOTS[key].called_in(language) for key in asking.open_slots(institution, now.draft)]
        question = phrase(language, "invite") if now.asking == "what" else SLOTS[now.asking].asked_in(language)
        missing = "draft.missing.more" if len(names) > NAMED else "draft.missing"
        return phrase(language, missing, slots=phrase(language, "mark.and").join(names[:NAMED])), question
    key = {Stage.CONSENT: "draft.missing.consent", Stage.CONFIRMING: "draft.missing.submit"}.get(now.stage)
    return phrase(language, key) if key else "", phrase(language, "draft.now")


def _beside(now: Conversation, *texts: str) -> Result:
    """Say it with the buttons continue and no thanks; the buttons that were shown before still count."""
    choices = [(key, phrase(now.language, key)) for key in (CONTINUE, DROP)]
    say = Say("\n".join(text for text in texts if text), tuple(Choice(key, label) for key, label in choices))
    before = tuple(each for each in now.offered if each[0] not in {CONTINUE, DROP})
    return replace(now, offered=(*choices, *before)), (say,)
