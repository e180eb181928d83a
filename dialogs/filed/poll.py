"""A survey campaign's questions in the chat: one at a time, by taps, words or photos; left out, broken off, or refused for good.

A button carries the campaign, the question and the answer, so that it is
understood whenever it is tapped; words and photos count while that question
is the last thing we asked. What comes next, and whether an answer still
counts, the service says: see backend/services/campaigns/answering.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs.commands import squeeze
from dialogs.conversation import Conversation, Poll, Stage
from dialogs.draft.back import back_to_it
from dialogs.effects import AnswerPoll, RefusePolls
from dialogs.speaking.saying import speak
from dialogs.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dialogs.events import Ask, Heard, PollDue, Polled
    from dialogs.speaking.saying import Result
    from institutions.model import Institution

PREFIX, COLONS = "poll:", 3
BUTTON = re.compile(r"poll:(?P<campaign>\d{1,12}):(?P<question>[a-z0-9]{1,12}):(?P<value>[a-z0-9]{1,8})")
"""``poll:CAMPAIGN:QUESTION:ANSWER``: short enough for every platform."""
DONE, SKIP, QUIT, NEVER = "done", "skip", "quit", "never"
"""Values of the buttons that are no answers."""
REFUSAL = re.compile(
    r"(?:请|以后|别|不要|不用|不|再也)*(?:再|来)*(?:不再|别再|不要再|不要|别)(?:来)?(?:问我?|调查我?|发调查|发问卷|做调查|做问卷)(?:了|啦|我)*"
    r"|(?:please)?(?:donot|dont|never)(?:ask|survey)me(?:again|anymore)?|(?:stopasking|stopsurveys)(?:me)?|nomoresurveys"
)
"""How somebody says that they want to be asked no more."""
SPLIT = re.compile(r"[\s、，,;；/和+]+")
NUMBER = re.compile(r"\d{1,3}分?")
CHOSEN, SEVERAL, TEXT, PHOTO = frozenset({"choice", "scale5", "scale10"}), "several", "text", "photo"
VOICE = "voice"
MARK = "✓ "


def due(now: Conversation, event: PollDue) -> Result:
    """Ask the first question; while anything else is under way, its buttons alone count."""
    asked, effects = _asked(now, event.ask, event.intro, phrase(now.language, "poll.begin", title=event.title))
    return (asked if now.stage is Stage.IDLE else replace(asked, offered=now.offered, poll=now.poll)), effects


def take(_institution: Institution, now: Conversation, heard: Heard, word: str) -> Result | None:
    """Take an answer to what a campaign asked, or the wish to be asked no more."""
    if word.startswith(PREFIX):
        return _tapped(now, word)
    if now.stage is not Stage.IDLE or heard.facts.danger:
        return None
    if not heard.evidence and REFUSAL.fullmatch(squeeze(heard.text)):
        return now, (RefusePolls(now.poll.campaign if now.poll else 0),)
    poll = now.poll
    if poll is None or heard.choice or heard.number or not _last(now, poll) or any(not one.at for one in now.questions):
        return None
    return _typed(now, poll, heard, word)


def polled(institution: Institution, now: Conversation, event: Polled) -> Result:
    """What the service says to an answer: the next question, or why it was the last word."""
    lead = phrase(now.language, event.said) if event.said else ""
    if event.ask is None:
        mine = now.poll is not None and now.poll.campaign in {event.campaign, 0}
        return back_to_it(institution, *speak(replace(now, poll=None) if mine else now, lead))
    return back_to_it(institution, *_asked(now, event.ask, lead))


def _tapped(now: Conversation, word: str) -> Result | None:
    found = BUTTON.fullmatch(word)
    if found is None:
        return None
    campaign, question, value = int(found["campaign"]), found["question"], found["value"]
    if value == NEVER:
        return now, (RefusePolls(campaign),)
    if value == QUIT:
        return now, (AnswerPoll(campaign, question, leaves=True),)
    poll = now.poll
    if poll is not None and (poll.campaign, poll.question) == (campaign, question) and poll.kind == SEVERAL:
        return _picked(now, poll, value)
    return now, (AnswerPoll(campaign, question, () if value in {SKIP, DONE} else (value,)),)


def _picked(now: Conversation, poll: Poll, value: str) -> Result:
    """One of several: tapped twice it is taken back."""
    if value == SKIP:
        return now, (AnswerPoll(poll.campaign, poll.question),)
    if value == DONE:
        return now, (AnswerPoll(poll.campaign, poll.question, poll.picked),)
    if value not in dict(poll.options):
        return _again(now, poll, phrase(now.language, "stale"))
    picked = tuple(one for one in poll.picked if one != value)
    return _again(now, replace(poll, picked=picked if value in poll.picked else (*picked, value)))


def _typed(now: Conversation, poll: Poll, heard: Heard, word: str) -> Result | None:
    """Words or photos that answer the open question; None: they are about something else."""
    photos = tuple(file.id for file in heard.evidence if file.kind == "photo")
    text = heard.text.strip()
    if poll.kind == PHOTO and photos:
        return now, (AnswerPoll(poll.campaign, poll.question, evidence=photos),)
    if heard.evidence and (poll.kind == PHOTO or (poll.kind == TEXT and heard.evidence[0].kind == VOICE)):
        return _misfit(now, poll, text)
    if heard.evidence or not text:
        return None
    if word == SKIP and (not poll.required or poll.kind != TEXT):
        return now, (AnswerPoll(poll.campaign, poll.question),)
    if poll.kind == TEXT:
        return (now, (AnswerPoll(poll.campaign, poll.question, text=text),)) if word in {"", SKIP} else None
    values = _named(poll, text)
    if not values and poll.kind in CHOSEN and NUMBER.fullmatch(squeeze(text)):
        values = (squeeze(text),)  # no score, and no matter either: what it should be is told
    return (now, (AnswerPoll(poll.campaign, poll.question, values),)) if values else None


def _misfit(now: Conversation, poll: Poll, text: str) -> Result:
    """A file that is no answer: of no case either, for whoever handles that must not read what they told us.

    The words of a voice note, where the platform knows them, are an answer in words.
    """
    if poll.kind == TEXT and text:
        return now, (AnswerPoll(poll.campaign, poll.question, text=text),)
    return _again(now, poll, phrase(now.language, "poll.words" if poll.kind == TEXT else "poll.picture"))


def _named(poll: Poll, text: str) -> tuple[str, ...]:
    """The answers that words or places in the row name; none: they say something else as well."""
    if poll.kind == PHOTO:
        return ()
    parts = [part for part in SPLIT.split(text) if part] if poll.kind == SEVERAL else [text]
    known = {squeeze(label): value for value, label in poll.options}
    if poll.kind in CHOSEN and poll.kind != "choice":
        known |= {f"{value}分": value for value, _ in poll.options}
    else:
        known |= {str(place): value for place, (value, _) in enumerate(poll.options, start=1)} | known
    found = [known.get(squeeze(part), "") for part in parts]
    return tuple(dict.fromkeys(found)) if all(found) else ()


def _last(now: Conversation, poll: Poll) -> bool:
    """Whether that question is the last thing that we asked."""
    return any(key.startswith(f"{PREFIX}{poll.campaign}:{poll.question}:") for key, _ in now.offered)


def _asked(now: Conversation, ask: Ask, *lead: str) -> Result:
    poll = Poll(ask.campaign, ask.question, ask.kind, ask.text, ask.options, required=ask.required, first=ask.first)
    return _again(now, poll, *lead)


def _again(now: Conversation, poll: Poll, *lead: str) -> Result:
    """Put the question that is open."""
    hint = "" if poll.kind == "choice" else phrase(now.language, f"poll.hint.{poll.kind}")
    asked = phrase(now.language, "poll.ask", text=poll.text, hint=hint).strip()
    return speak(replace(now, poll=poll), *lead, asked, choices=list(_choices(now, poll)))


def _choices(now: Conversation, poll: Poll) -> Iterator[tuple[str, str]]:
    """The answers, then what may be done instead; one at least, by which we know the question was the last."""
    start = f"{PREFIX}{poll.campaign}:{poll.question}:"
    for value, label in poll.options:
        yield f"{start}{value}", f"{MARK}{label}" if value in poll.picked else label
    if poll.kind == SEVERAL:
        yield f"{start}{DONE}", phrase(now.language, "poll.done")
    if not poll.required:
        yield f"{start}{SKIP}", phrase(now.language, "skip")
    if poll.first:
        yield f"{start}{NEVER}", phrase(now.language, "poll.never")
    elif poll.kind in {TEXT, PHOTO}:
        yield f"{start}{QUIT}", phrase(now.language, "poll.quit")
