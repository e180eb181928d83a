"""Simulated citizens: what each says next, given what the bot asked, through the same intake as everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.services.talks import conversations, intake
from dialogs.conversation import Conversation, Stage
from dialogs.messages import Inbound, Peer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from random import Random

    from backend.demo.telling import Telling
    from backend.services.talks.intake import StoredFile
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

MOST_MESSAGES = 40
"""No simulated citizen needs more for one case; a bot that asks on and on has a fault."""


class NotFiled(Exception):
    """The bot would not take a simulated citizen's case."""

    def __init__(self, text: str, stage: str) -> None:
        super().__init__(f"no case came of {text!r}; the conversation stands at {stage}")


@dataclass(slots=True)
class Citizen:
    """Somebody with a phone in their hand."""

    channel: str
    address: str
    name: str
    phone: str
    anonymous: bool
    language: str
    institution: str  # whose chat it is
    sent: int = 0  # messages so far; makes their ids


class Chat:
    """One sitting at the phone, inside one unit: a message every half minute or so."""

    def __init__(
        self, work: UnitOfWork, institutions: Mapping[str, Institution], who: Citizen, rng: Random, at: datetime
    ) -> None:
        self.work, self.institutions, self.who, self.rng, self.at = work, institutions, who, rng, at
        self._person = work.people.find(who.channel, who.address)
        self._see()
        self.now = self._look()

    def send(self, text: str = "", *, choice: str = "", files: Sequence[StoredFile] = ()) -> None:
        """Send one message and read what the bot says."""
        who, institution = self.who, self.institutions[self.who.institution]
        who.sent += 1
        peer = Peer(who.channel, who.address)
        message = Inbound(peer, f"demo-{who.sent}", text, choice, language=who.language)
        prepared = intake.prepare(message, institution, at=self.at, files=tuple(files))
        intake.receive(self.work, self.institutions, prepared, at=self.at)
        self.at += timedelta(seconds=self.rng.randint(12, 48))
        self.now = self._look()

    def offers(self, choice: str) -> bool:
        """Whether that button is there to be tapped."""
        return choice in {key for key, _ in self.now.offered}

    def _look(self) -> Conversation:
        """The conversation as it stands."""
        self._person = self._person or self.work.people.find(self.who.channel, self.who.address)
        if self._person is None:
            return Conversation(language=self.who.language)
        return conversations.load(self.work, self._person, self.institutions[self.who.institution])

    def _see(self) -> None:
        """Whoever opens the chat sees what has come meanwhile."""
        said = self.work.journal.talk(self._person.id, limit=1) if self._person else []
        if self._person and said and said[-1].seq:
            self.work.outbox.delivered_upto(self._person.id, said[-1].seq, at=self.at)


def file(chat: Chat, telling: Telling, photos: Sequence[StoredFile]) -> str:
    """Tell a matter until it is a case; its number. Raises: NotFiled."""
    left = list(photos)
    with_photo = bool(left) and chat.rng.random() < 0.3
    before = chat.now.number
    if telling.greeting:
        chat.send(telling.greeting)
    chat.send(telling.text, files=[left.pop()] if with_photo else ())
    for _ in range(MOST_MESSAGES):
        if chat.now.stage is Stage.IDLE and chat.now.number != before:
            return chat.now.number
        if chat.now.alarm and chat.now.alarm.number:  # in danger the case comes first, and the talk goes on
            return chat.now.alarm.number
        _reply(chat, telling, left)
    raise NotFiled(telling.text, chat.now.stage)


def _reply(chat: Chat, telling: Telling, photos: list[StoredFile]) -> None:
    if chat.offers("reply.draft"):  # an officer asked about an earlier case meanwhile; this is about the new one
        chat.send(choice="reply.draft")
        return
    match chat.now.stage:
        case Stage.CONSENT:
            chat.send("同意") if chat.who.language == "zh" and chat.rng.random() < 0.4 else chat.send(
                choice="consent.yes"
            )
        case Stage.ELSEWHERE:
            chat.send(choice="elsewhere.yes")
        case Stage.SORTING:
            chat.send(choice="sort.new")
        case Stage.CONFIRMING:
            chat.send(choice="submit")
        case Stage.ASKING if chat.now.asking == "evidence" and photos:
            chat.send(files=[photos.pop()])
        case Stage.ASKING:
            _answer(chat, telling, chat.now.asking)
        case Stage.ALARM if chat.now.alarm:
            _answer(chat, telling, chat.now.alarm.asking)
        case _:
            chat.send(telling.text)


def _answer(chat: Chat, telling: Telling, asked: str) -> None:
    """What this citizen says to the open question; no more than they know."""
    who, english = chat.who, chat.who.language == "en"
    if asked in {"who", "contact"} and who.anonymous and chat.offers("anonymous"):
        chat.send(choice="anonymous")
        return
    known = {
        "what": telling.text,
        "when": telling.when,
        "where": telling.place,
        "building": telling.building,
        "unit": telling.unit,
        "room": telling.room,
        "who": who.name,
        "contact": who.phone,
        "request": telling.wish if chat.rng.random() < 0.6 else "",
    }
    if said := known.get(asked):
        chat.send(said)
    elif chat.offers("skip"):
        chat.send(choice="skip")
    else:
        chat.send("skip" if english else "不清楚")


def rate(chat: Chat, number: str, answers: Sequence[str], remark: str) -> None:
    """Answer the visit-back: contacted, solved, satisfied; then a word, where one is asked for."""
    asked = chat.now.survey.round if chat.now.survey else 1
    later = f":{asked}" if asked > 1 else ""
    for question, answer in zip(("contacted", "solved", "satisfied"), answers, strict=True):
        chat.send(choice=f"visit:{number}:{question}:{answer}{later}")
    if chat.offers(f"visit:{number}:remark:none{later}"):
        chat.send(remark) if remark else chat.send(choice=f"visit:{number}:remark:none{later}")


def withdraw(chat: Chat, number: str) -> None:
    """Take a case back."""
    chat.send(number)
    chat.send(choice=f"withdraw:{number}")
    chat.send(choice="withdraw.yes")


def add(chat: Chat, text: str, photos: Sequence[StoredFile]) -> None:
    """Tell more about the last case: a photo where there is one, else words."""
    if photos:
        chat.send(files=photos)
    chat.send(text)
    if chat.now.stage is Stage.SORTING:
        chat.send(choice="sort.same")
