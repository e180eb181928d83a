"""A citizen who talks to the reducer alone: no store, no clock but the one given."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from dialogs.conversation import Alike, Conversation, Stage
from dialogs.draft import albums
from dialogs.effects import Claim, Effect, FileCase, FindSimilar, Forget, Hand, Join, MoveDraft, Rate, Reopen, TakeDraft
from dialogs.engine import step
from dialogs.events import (
    Brief,
    CaseFiled,
    Claimed,
    DraftMovable,
    DraftTaken,
    Event,
    Forgotten,
    Handed,
    Heard,
    Joined,
    Rated,
    Received,
    SimilarFound,
)
from dialogs.messages import Location, Say
from institutions.catalog import load_all
from nlp.questions.beside import beside
from nlp.understand import understand

if TYPE_CHECKING:
    from dialogs.events import Before
    from institutions.model import Institution

T = TypeVar("T")
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 21, 9, 12, tzinfo=ZONE)
HOTLINE = load_all()["hotline"]
NUMBER = "20261121-HL-000412-7"


class Citizen:
    """Says things, hears bubbles, and remembers what was filed."""

    def __init__(self, institution: Institution) -> None:
        self.institution = institution
        self.now = Conversation()
        self.effects: list[Effect] = []
        self.mine: tuple[Brief, ...] = ()
        self.files = 0
        self.staffed = True  # somebody is on duty
        self.shares = False  # their chat has buttons that send a phone number or a place
        self.similar: Alike | None = None  # what others have told
        self.joinable = True  # it can still be joined
        self.at = NOW

    def later(self, **by: float) -> Citizen:
        """Let time pass before they write again."""
        self.at += timedelta(**by)
        return self

    def says(
        self,
        text: str = "",
        *,
        choice: str = "",
        photos: int = 0,
        pin: Location | None = None,
        contact: str = "",
        remarks: tuple[tuple[str, str], ...] = (),
        number: str = "",
        city: str = "",
        album: str = "",
        before: Before | None = None,
        place: dict[str, Any] | None = None,
        sent: str = "",
    ) -> str:
        """Send one message; the bot's answer, bubbles joined."""
        facts = understand(text, now=self.at, institution=self.institution)
        told = beside(text, now=self.at, institution=self.institution)
        files = tuple(Received(self.files + n + 1, "photo", f"{n}.png") for n in range(photos))
        self.files += photos
        heard = Heard(
            text, facts, self.at, choice, pin, contact, files, remarks, number, mine=self.mine, beside=told, city=city,
            album=album, before=before, place=place or {}, place_in_album=sent, shares=self.shares,
        )  # fmt: skip
        if album:
            return self.event(heard)
        return "\n".join(said for said in (self.photos_over(), self.event(heard), self.photos_over()) if said)

    def photos_over(self) -> str:
        """No more photos come: the answer to those that were held."""
        if (held := self.now.album) is None:
            return ""
        self.now = replace(self.now, album=None)
        like = Heard("", understand("", now=self.at, institution=self.institution), self.at, mine=self.mine)
        return self.event(albums.whole(held, self.institution, at=self.at, like=like))

    def event(self, event: Event) -> str:
        """Feed any event, and what follows from its effects."""
        waiting, said = [event], []
        while waiting:
            # the state survives the database between any two events
            stored = Conversation.from_json(self.now.to_json())
            self.now, effects = step(self.institution, stored, waiting.pop(0))
            for effect in effects:
                self.effects.append(effect)
                said += [effect.text] if isinstance(effect, Say) else []
                waiting += self._outcome(effect)
        return "\n".join(said)

    def to_summary(self) -> str:
        """Leave what is still asked unanswered, namelessly; the summary."""
        said = ""
        while self.now.stage is Stage.ASKING:
            said = self.says("匿名" if "匿名" in self.choices else "没有")
        return said

    def _outcome(self, effect: Effect) -> list[Event]:
        if isinstance(effect, FindSimilar):
            return [SimilarFound(self.similar)]
        if isinstance(effect, Join):
            return [Joined(brief() if self.joinable else None, people=2)]
        return self._follows(effect)

    def _follows(self, effect: Effect) -> list[Event]:
        match effect:
            case FileCase():
                return [CaseFiled(NUMBER, "城市管理局", NOW + timedelta(days=7))]
            case Claim(number):
                return [Claimed(number, None)]
            case Rate(number, _, solved):
                return [Rated(number, reopened=solved == "no", promised=NOW + timedelta(days=14))]
            case Reopen(number):
                return [Rated(number, reopened=True, promised=NOW + timedelta(days=14))]
            case Hand("danger"):
                return []
            case Hand(reason):
                opens = None if self.staffed else NOW + timedelta(days=2)
                return [Handed(reason, open=self.staffed, minutes=10, opens=opens)]
            case MoveDraft():
                return [DraftMovable("7KDM-Q2XW", 30)]
            case TakeDraft():
                return [DraftTaken(None)]
            case Forget(unlink=unlink):
                return [Forgotten(1, 3, 0, len(self.mine), "7KDM-Q2XW" if unlink else "")]
            case _:
                return []

    @property
    def choices(self) -> list[str]:
        """The labels of the last bubble's buttons."""
        says = [effect for effect in self.effects if isinstance(effect, Say)]
        return [choice.label for choice in says[-1].choices]

    def did(self, kind: type[T]) -> list[T]:
        """What the dialog wanted done, of one kind."""
        return [effect for effect in self.effects if isinstance(effect, kind)]


def heard_of(text: str, *, at: datetime = NOW) -> Heard:
    """What the hotline's citizen says, understood."""
    return Heard(text, understand(text, now=at, institution=HOTLINE), at)


def brief(*, open_: bool = True, answered: bool = False, answer: str = "", where: str = "", filed: int = 0) -> Brief:
    """A case of the citizen's own, filed so many days ago."""
    return Brief(
        number=NUMBER,
        label="办理中",
        label_en="With the department",
        department="城市管理局",
        department_en="City Management",
        filed_at=NOW - timedelta(days=filed),
        what="烧烤店放音响",
        promised=NOW + timedelta(days=7),
        answer=answer,
        open=open_ and not answered,
        answered=answered,
        where=where,
        may=frozenset({"reopened"} if answered else {"withdrawn"} if open_ else ()),
    )
