"""Replays a transcript and writes down what is really said, in the same form.

    # a remark
    @ hotline            the institution; the clock starts on Saturday 21 November 2026 at 9:12
    @ property zh-HK     with the language that the citizen's channel tells
    @ hotline zh wechat  … and as that platform shows it: telegram, its rows of buttons; wechat, one below the other;
                         numbers, an account of WeChat's that may not send buttons
    > text               the citizen writes; [photo] and [pin LAT LON LABEL] stand for what they send,
                         [album 3 WORDS] for three photos in one album, [photos 3] for three one after another,
                         [edit OLD => NEW] for an earlier message with other words,
                         [voice] for a voice note, [voice WORDS] for one whose words the platform gives
    >> text              … in another chat of theirs, on another device; "<<" is what the bot says there
    < text               the bot says; further lines are indented, the last line shows the buttons
    ~ 3d                 time passes (m, h, d), and what falls due happens
    ! answered 已处理     an officer moves the newest case: status, then the words or the department
    ! hears WORDS        an officer listens to the oldest voice note that waits and writes it down
    ! looks REASON       an officer looks at the name and phone of the newest case
    ! asks 满意度         a manager sends a survey campaign of that title to everybody: a choice, words, a score
    ! takes over         an officer takes the chat of the citizen who waits; "writes 您好" there; "hands back"
    = where 幸福里3栋楼下  a fact of the newest case, as it stands

``python -m tests.transcripts.play FILE`` prints what would be right now.
"""

from __future__ import annotations

import asyncio
import re
import sys
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backend.jobs.deliver import deliver
from backend.services.cases import visitback
from backend.services.files import transcribing
from backend.services.privacy import looks
from backend.services.talks import albums, drafts, intake, takeover
from backend.services.talks.intake import StoredFile
from backend.store import schema
from backend.store.engine import open_store
from bots import Bubble, Way
from bots.telegram_api import sending as telegram_sending
from bots.wechat_api.sending import CustomerService
from dialogs.messages import Choice, Inbound, Location, Media, Outbound, Peer, Receipt, Say
from tests.backend.services.campaigns.poll import Poll
from tests.backend.services.city import OFFICER, City

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from backend.store.engine import Store
    from backend.store.work import UnitOfWork

NOBODY: Any = None
"""Whom the channel's own drawing of a message calls: nobody."""
MENUS = {"wechat": True, "numbers": False}
"""Whether that account of WeChat's may send buttons."""
SALT = bytes(16)
"""The chance that codes are made of, the same at every run."""
OTHER = "li-other"
"""The same citizen's chat on another device."""
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
WORDS = {"answered": "answer", "refused": "ground", "assigned": "department"}
"""What the words after a move are; elsewhere they are its note."""


DESK: dict[str, Callable[..., Any]] = {
    "takes over": takeover.take,
    "writes": takeover.say,
    "hands back": takeover.give_back,
}
"""What somebody at the desk does in a chat."""


def _next_due(work: UnitOfWork) -> datetime | None:
    return min((at for at in (work.drafts.next_due(), work.handovers.next_due()) if at), default=None)


@dataclass
class Player:
    """One citizen's phone and one officer's desk."""

    store: Store
    institution: str = "hotline"
    name: str = "web"
    language: str = "zh"
    looks: str = ""
    lines: list[str] = field(default_factory=list)
    sent: int = 0
    keys: dict[str, str] = field(default_factory=dict)  # words -> the id of the message

    def __post_init__(self) -> None:
        self.city = City(self.store)
        self.channels: dict[str, Any] = {"web": self}

    def clock(self) -> Any:
        """The postman's clock."""
        return self.city.now

    ways = (Way("web"),)

    async def send(self, message: Outbound) -> Receipt:
        """A notice arrives."""
        self._hear(message.say.text, [choice.label for choice in message.say.choices], message.peer.address)
        return Receipt("web")

    def play(self, script: Iterable[str]) -> list[str]:
        """The transcript as it really goes."""
        for line in script:
            mark, _, rest = line.partition(" ")
            match mark:
                case "<" | "<<" | "" | "·":
                    continue  # what the bot says is written anew
                case "@":
                    self.institution, self.language, self.looks = (*rest.split(), "", "")[:3]
                case ">" | ">>":
                    self.lines.append(line)
                    self._say(rest, "li" if mark == ">" else OTHER)
                    continue
                case "~":
                    self.lines.append(line)
                    self._wait(rest)
                    continue
                case "!":
                    self.lines.append(line)
                    self._move(rest)
                    continue
                case "=":
                    self.lines.append(f"= {rest.split()[0]} {self._fact(rest.split()[0])}")
                    continue
            self.lines.append(line)
        return self.lines

    def _say(self, text: str, address: str = "li") -> None:
        self.sent += 1
        files: tuple[StoredFile, ...] = ()
        spoken: tuple[Media, ...] = ()
        pin: Location | None = None
        if found := re.fullmatch(r"\[(album|photos) (\d+) ?(.*)\]", text):
            self._photos(int(found[2]), found[3], address, album="a" if found[1] == "album" else "")
            return
        if found := re.fullmatch(r"\[edit (.+) => (.+)\]", text):
            key = self.keys[found[1]]
            self._send(Inbound(Peer("web", address), key, found[2], edited=True), (), address)
            self.keys[found[2]] = key
            return
        self.keys[text] = f"m{self.sent}"
        if text == "[photo]":
            files, text = (StoredFile("photo", "image/png", "photo.png", f"{self.sent:064}", 100),), ""
        elif text.startswith("[voice"):
            files, text = (StoredFile("voice", "audio/amr", "voice.amr", f"{self.sent:064}", 100),), text[6:-1].strip()
            spoken = (Media("voice", "voice.amr", recognition=text),)
            text = ""
        elif text.startswith("[pin "):
            lat, lon, label = text[5:-1].split(" ", 2)
            pin, text = Location(float(lat), float(lon), label), ""
        message = Inbound(
            Peer("web", address), f"m{self.sent}", text, location=pin, media=spoken, language=self.language
        )
        self._send(message, files, address)

    def _send(self, message: Inbound, files: tuple[StoredFile, ...], address: str) -> None:
        institution = self.city.institutions[self.institution]
        at = self.city.now
        prepared = intake.prepare(replace(message, language=self.language), institution, at=at, files=files)
        for saying in self.city.unit(intake.receive, self.city.institutions, prepared, at=at):
            self._hear(saying.text, [choice["label"] for choice in saying.choices], address)

    def _photos(self, count: int, caption: str, address: str, *, album: str) -> None:
        """So many messages at once, the words with the first; then the answer to all of them."""
        for index in range(count):
            self.sent += 1
            file = StoredFile("photo", "image/png", f"{index + 1}.png", f"{self.sent:064}", 100)
            words = caption if index == 0 else ""
            self._send(Inbound(Peer("web", address), f"m{self.sent}", words, album=album), (file,), address)
        self._wait("2s")

    def _hear(self, text: str, choices: list[str], address: str = "li") -> None:
        for bubble in self._shown(text, choices):
            first, *more = bubble.text.split("\n")
            self.lines += [f"{'<<' if address == OTHER else '<'} {first}", *(f"  {line}" for line in more)]
            self.lines += ["  " + " ".join(f"·{label}" for label in row) for row in bubble.rows]

    def _shown(self, text: str, choices: list[str]) -> tuple[Bubble, ...]:
        """As the platform that the transcript names shows it."""
        say = Say(text, tuple(Choice(f"c{place}", label) for place, label in enumerate(choices)))
        if self.looks in MENUS:
            return CustomerService(NOBODY, menus=MENUS[self.looks]).shown(say).bubbles
        if self.looks == "telegram":
            return telegram_sending.shown(Outbound(Peer("telegram", "7"), say, "k", kind="reply")).bubbles
        return (Bubble(text, (tuple(choices),) if choices else ()),)

    def _wait(self, length: str) -> None:
        until = self.city.now + timedelta(**{UNITS[length[-1]]: float(length[:-1])})
        while (due := self.store.read_now(_next_due)) is not None and due <= until:
            self.city.now = max(due, self.city.now)
            for handover in self.store.read_now(takeover.due, at=self.city.now):
                self.city.unit(takeover.turn, self.city.institutions, handover, at=self.city.now)
            for key in self.store.read_now(albums.waiting, self.city.institutions, at=self.city.now):
                self.city.unit(albums.turn, self.city.institutions, key, at=self.city.now)
            for key in self.store.read_now(drafts.waiting, at=self.city.now):
                self.city.unit(drafts.turn, self.city.institutions, {"web": None}, key, at=self.city.now)
            self._post()
        self.city.now = until
        self.city.unit(visitback.send_due, self.city.institutions, at=self.city.now)
        self.city.unit(visitback.expire, self.city.institutions, at=self.city.now)
        self._post()

    def _move(self, told: str) -> None:
        if (at_desk := DESK.get(" ".join(told.split()[:2])) or DESK.get(told.split(maxsplit=1)[0])) is not None:
            self._at_desk(at_desk, told)
            return
        to, _, words = told.partition(" ")
        if to == "asks":
            self._poll(words)
            return
        if to == "looks":
            self.city.unit(
                looks.ask, self.city.institutions, self._newest().number, words, by=OFFICER, at=self.city.now
            )
            return
        if to == "hears":
            self._hear_out(words)
            return
        self.city.move(self._newest().number, to, **({WORDS.get(to, "note"): words} if words else {}))
        self._post()

    def _poll(self, title: str) -> None:
        """A campaign of that title is sent; whoever may be asked is."""
        self.city.later(minutes=1)
        poll = Poll(self.city, title=title)
        poll.sends()
        poll.asks()
        self._post()

    def _at_desk(self, what: Callable[..., Any], told: str) -> None:
        """Somebody at the desk does that in the chat of the citizen who waits, or whom they have."""
        row = self.store.read_now(lambda work: work.handovers.open(institution=None))[-1]
        words = (told.partition(" ")[2],) if what is takeover.say else ()
        self.city.unit(what, self.city.institutions, row.id, *words, by=OFFICER, at=self.city.now)
        self._post()

    def _hear_out(self, words: str) -> None:
        homes = {"web": self.institution}
        row, institution = self.store.read_now(transcribing.waiting, homes, by=OFFICER)[0]
        heard = transcribing.heard(words, self.city.institutions[institution], at=row.at)
        self.city.unit(
            transcribing.transcribe, self.city.institutions, homes, row.id, heard, by=OFFICER, at=self.city.now
        )

    def _post(self) -> None:
        async def all_of_it() -> None:
            while await deliver(self, "worker"):
                pass

        asyncio.run(all_of_it())

    def _newest(self) -> Any:
        cases, _ = self.store.read_now(lambda work: work.cases.page(limit=1))
        return cases[0]

    def _fact(self, key: str) -> str:
        case = self._newest()
        value = case.facts.get(key, getattr(case, key, None))
        match key:
            case "when":
                return f"{value['start']} {value['precision']}"
            case "where":
                return str(value["text"])
            case "evidence":
                return str(len(self.store.read_now(lambda work: work.evidence.of_case(case.number))))
        return " / ".join(str(value).splitlines())


def played(path: Path, store: Store) -> list[str]:
    """What the transcript of that file is on an empty store."""
    return Player(store).play(path.read_text(encoding="utf-8").splitlines())


if __name__ == "__main__":
    throwaway = open_store("sqlite://", salt=lambda: SALT)
    schema.create(throwaway)
    print("\n".join(played(Path(sys.argv[1]), throwaway)))
