"""Simulated officers and what happens to a case after it was filed: one function a deed, through the real services."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from backend.demo import citizens
from backend.demo.citizens import Chat
from backend.domain.case import Actor
from backend.domain.lifecycle import Status
from backend.services.cases import acts, casework

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from random import Random

    from backend.demo.citizens import Citizen
    from backend.demo.fates import Fate
    from backend.demo.telling import Telling
    from backend.demo.town import Town
    from backend.domain.case import Case
    from backend.services.talks.intake import StoredFile
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

S = Status
SENDS_PHOTO_LATER = 0.4
ASSESSED = "到场及时，没有人受伤；以后每月巡查一次，值班电话贴在楼下。"
REMARKS = 0.5  # the share of content citizens who say more than they must


@dataclass(slots=True)
class Life:
    """One case and everybody in it."""

    citizen: Citizen
    telling: Telling
    fate: Fate
    filed: datetime
    rng: Random  # its own, so that one life does not change another's
    photos: list[StoredFile] = field(default_factory=list)
    number: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """The officers of the town, inside one unit at one time."""

    work: UnitOfWork
    institutions: Mapping[str, Institution]
    town: Town
    at: datetime

    def case(self, life: Life) -> Case:
        """The case as it stands."""
        return self.work.cases.get(life.number)

    def move(self, life: Life, to: Status, by: Actor, **given: str) -> Case:
        """Move it."""
        return casework.move(self.work, self.institutions, life.number, to, given, by=by, at=self.at)

    def chat(self, life: Life) -> Chat:
        """The citizen takes up the phone."""
        return Chat(self.work, self.institutions, life.citizen, life.rng, self.at)

    def handler(self, life: Life) -> Actor:
        """Who handles cases in the department that has it; what was reopened, a colleague does."""
        case = self.case(life)
        departments = [each.id for each in self.institutions[case.institution].departments]
        place = departments.index(case.department_id) + case.round - 1
        return Actor(self.town.handlers[place % len(self.town.handlers)], frozenset({"handler"}))

    @property
    def dispatcher(self) -> Actor:
        """Sorts what comes in."""
        return Actor(self.town.dispatcher, frozenset({"intake", "dispatcher"}))

    @property
    def leader(self) -> Actor:
        """Decides what others may not."""
        return Actor(self.town.coordinator, frozenset({"coordinator", "handler"}))

    def phrase(self, life: Life, key: str) -> str:
        """One of the town's phrases of that kind, filled in."""
        return str(life.rng.choice(self.patterns(life, key))).format_map(life.telling.fill)

    def patterns(self, life: Life, key: str) -> list[str]:
        """All of that kind in the citizen's language, as far as the town has them."""
        answers = self.town.answers
        english = f"english_{key}"
        return answers[english] if life.citizen.language == "en" and english in answers else answers[key]


def file(desk: Desk, life: Life) -> datetime:
    """The citizen files the case; when the chat is over."""
    chat = desk.chat(life)
    later = life.rng.random() < SENDS_PHOTO_LATER
    life.number = citizens.file(chat, life.telling, [] if later else life.photos)
    if later and life.photos:
        chat.send(files=life.photos)
    return chat.at


def _accept(desk: Desk, life: Life) -> None:
    """The dispatcher puts right what was proposed wrong, then accepts."""
    case, story = desk.case(life), life.telling.story
    kind = story.kind or ("complaint" if case.kind in {"consult", "suggestion", "thanks"} else case.kind)
    changes = {"category": story.category, "kind": kind}
    if (case.category_id, case.kind) != (story.category, kind):
        casework.correct(desk.work, desk.institutions, life.number, changes, by=desk.dispatcher, at=desk.at)
    desk.move(life, S.ACCEPTED, desk.dispatcher)


def _assign(desk: Desk, life: Life) -> None:
    """It goes to those who know how to handle it, also when others have given it back."""
    case, story = desk.case(life), life.telling.story
    institution = desk.institutions[case.institution]
    usual = institution.department_for(case.category_id, case.matter_id, text=life.telling.text).id
    desk.move(life, S.ASSIGNED, desk.dispatcher, department=story.department or usual)


def _assign_astray(desk: Desk, life: Life) -> None:
    case = desk.case(life)
    others = [each.id for each in desk.institutions[case.institution].departments if each.id != case.department_id]
    desk.move(life, S.ASSIGNED, desk.dispatcher, department=life.rng.choice(others[:8]))


def _give_back(desk: Desk, life: Life) -> None:
    desk.move(life, S.RETURNED, desk.handler(life), note=desk.phrase(life, "astray"))


def _call(desk: Desk, life: Life) -> None:
    text = desk.phrase(life, "calls")
    casework.say(desk.work, desk.institutions, life.number, text, by=desk.handler(life), at=desk.at)


def _note(desk: Desk, life: Life) -> None:
    text = desk.phrase(life, "remarks")
    casework.note(desk.work, desk.institutions, life.number, text, by=desk.handler(life), at=desk.at)


def _look_into(desk: Desk, life: Life) -> None:
    desk.move(life, S.INVESTIGATING, desk.handler(life))


def _mediate(desk: Desk, life: Life) -> None:
    desk.move(life, S.MEDIATING, desk.handler(life))


def _review(desk: Desk, life: Life) -> None:
    desk.move(life, S.REVIEWING, desk.handler(life))


def _ask_more(desk: Desk, life: Life) -> None:
    desk.move(life, S.SUPPLEMENTING, desk.dispatcher, note=desk.phrase(life, "asks"))


def _answer(desk: Desk, life: Life) -> None:
    desk.move(life, S.ANSWERED, desk.handler(life), answer=_sentence(desk, life, "whole"))


def _answer_poorly(desk: Desk, life: Life) -> None:
    desk.move(life, S.ANSWERED, desk.handler(life), answer=desk.phrase(life, "poor"))


def _answer_again(desk: Desk, life: Life) -> None:
    desk.move(life, S.ANSWERED, desk.handler(life), answer=_sentence(desk, life, "second"))


def _sentence(desk: Desk, life: Life, key: str) -> str:
    """A whole answer: what was told, what was found, what was done, and thanks."""
    telling, name = life.telling, life.citizen.name
    title = name if name[-2:] in {"女士", "先生"} else "市民"
    filled = {key: getattr(telling.story, key).format_map(telling.fill) for key in ("found", "done")}
    visit = life.rng.choice(desk.town.answers["visits"])
    pattern = life.rng.choice(desk.patterns(life, key))
    return pattern.format_map(telling.fill | filled | {"visit": visit, "title": title})


def _visit(desk: Desk, life: Life) -> None:
    """The question goes out now, unless it has already."""
    if desk.case(life).status is S.ANSWERED:
        desk.move(life, S.VISITING_BACK, desk.handler(life))


def _refuse(desk: Desk, life: Life) -> None:
    desk.move(life, S.REFUSED, desk.dispatcher, ground=life.telling.story.refuse)


def _pass_on(desk: Desk, life: Life) -> None:
    desk.move(life, S.TRANSFERRED, desk.dispatcher, note=life.telling.story.pass_on)


def _object(desk: Desk, life: Life) -> None:
    desk.move(life, S.APPEALED, desk.leader, note=desk.phrase(life, "objections"))


def _suspend(desk: Desk, life: Life) -> None:
    desk.move(life, S.SUSPENDED, desk.leader, note=desk.phrase(life, "pauses"))


def _archive(desk: Desk, life: Life) -> None:
    """What was an emergency is looked back at first."""
    if (desk.case(life).record.get("emergency") or {"assessed": True}).get("assessed") is None:
        told = {"text": ASSESSED}
        acts.do(desk.work, desk.institutions, life.number, "assess", told, by=desk.leader, at=desk.at)
    desk.move(life, S.ARCHIVED, desk.leader)


def _close(desk: Desk, life: Life) -> None:
    desk.move(life, S.CLOSED, desk.leader)


def _add(desk: Desk, life: Life) -> datetime:
    chat = desk.chat(life)
    citizens.add(chat, desk.phrase(life, "adds"), [])
    return chat.at


def _ask(desk: Desk, life: Life) -> datetime:
    chat = desk.chat(life)
    chat.send("进度" if life.citizen.language == "zh" else "progress")
    return chat.at


def _withdraw(desk: Desk, life: Life) -> datetime:
    chat = desk.chat(life)
    citizens.withdraw(chat, life.number)
    return chat.at


def _rate_well(desk: Desk, life: Life) -> datetime:
    return _rate(desk, life, ("yes", "yes", life.rng.choice("554")), "praises")


def _rate_fairly(desk: Desk, life: Life) -> datetime:
    return _rate(desk, life, (life.rng.choice(["yes", "no"]), life.rng.choice(["partly", "yes"]), "3"), "complaints")


def _rate_ill(desk: Desk, life: Life) -> datetime:
    return _rate(desk, life, (life.rng.choice(["yes", "no", "no"]), "no", life.rng.choice("112")), "complaints")


def _rate(desk: Desk, life: Life, answers: tuple[str, str, str], words: str) -> datetime:
    chat = desk.chat(life)
    says = life.rng.random() < REMARKS
    citizens.rate(chat, life.number, answers, desk.phrase(life, words) if says else "")
    return chat.at


DO: dict[str, Callable[[Desk, Life], datetime | None]] = {
    "accept": _accept,
    "assign": _assign,
    "assign_astray": _assign_astray,
    "give_back": _give_back,
    "call": _call,
    "note": _note,
    "look_into": _look_into,
    "mediate": _mediate,
    "review": _review,
    "ask_more": _ask_more,
    "answer": _answer,
    "answer_poorly": _answer_poorly,
    "answer_again": _answer_again,
    "visit": _visit,
    "refuse": _refuse,
    "pass_on": _pass_on,
    "object": _object,
    "suspend": _suspend,
    "archive": _archive,
    "close": _close,
    "add": _add,
    "ask": _ask,
    "withdraw": _withdraw,
    "rate_well": _rate_well,
    "rate_fairly": _rate_fairly,
    "rate_ill": _rate_ill,
}
"""The deeds of fates.py. One in a chat returns when the chat is over."""


def do(
    work: UnitOfWork, institutions: Mapping[str, Institution], town: Town, life: Life, name: str, *, at: datetime
) -> datetime:
    """The unit in which a deed is done (``file``: the first of all); when it is over."""
    desk = Desk(work, institutions, town, at)
    ended = file(desk, life) if name == "file" else DO[name](desk, life)
    return ended or at + timedelta(minutes=1)
