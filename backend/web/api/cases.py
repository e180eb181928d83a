"""REST calls about cases: list, read, move, say a word, and what became of the notices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import numbers, rights
from backend.domain.case import WrongMove, WrongRole
from backend.services.cases import acts, casework, reading
from backend.services.privacy import looks
from backend.web.api.calls import Call
from backend.web.api.models import MOST_ITEMS, Act, Case, CaseFilter, CasePage, Message, Move, Notices
from backend.web.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from backend.domain import case as domain
    from backend.domain.case import Actor
    from backend.domain.lifecycle import Status
    from backend.store.work import UnitOfWork
    from backend.web.api.calls import Asked
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]


AT_ONCE = 50
"""Looks that one unit keeps."""


async def list_cases(asked: Asked, told: CaseFilter) -> dict[str, Any]:
    """A page of the cases that this token may see."""
    if asked.actor.personal:
        shown = asked.actor if told.q else replace(asked.actor, personal=False)  # a number finds for who sees it
        masked, _ = await _page(asked, told, by=shown)
        await _looked(asked, [item["number"] for item in masked])
    items, after = await _page(asked, told, by=asked.actor)
    return {"items": items, "next": after}


async def _page(asked: Asked, told: CaseFilter, *, by: Actor) -> tuple[list[dict[str, Any]], str | None]:
    return await asked.site.store.read(
        reading.page,
        asked.site.institutions,
        by=by,
        statuses=told.status,
        institution=told.institution,
        since=told.since,
        q=told.q,
        now=asked.at,
        limit=min(told.limit, MOST_ITEMS),
        cursor=told.cursor,
    )


async def read_case(asked: Asked, _told: None) -> dict[str, Any]:
    """One case."""
    number, site = numbers.read(asked.number), asked.site
    if asked.actor.personal:
        return await _on_record(asked, number)
    return await site.store.read(reading.one, site.institutions, number, by=asked.actor)


async def move_case(asked: Asked, told: Move) -> dict[str, Any]:
    """Move it; the same move twice is done once."""
    number = numbers.read(asked.number)
    given = {key: text for key, text in told.model_dump(exclude={"to"}).items() if text}
    site = asked.site
    try:
        return await site.store.run(_moved, site.institutions, number, told.to, given, by=asked.actor, at=asked.at)
    except WrongRole:
        raise
    except WrongMove as error:
        raise Problem("conflict", await _why(asked, error)) from error


async def act_on_case(asked: Asked, told: Act) -> dict[str, Any]:
    """Do an act; the same act twice in a row is done once."""
    number, site = numbers.read(asked.number), asked.site
    return await site.store.run(_done, site.institutions, number, told.act, told.given, by=asked.actor, at=asked.at)


async def say(asked: Asked, told: Message) -> dict[str, Any]:
    """Queue a word to everybody who follows the case."""
    number = numbers.read(asked.number)
    site = asked.site
    return await site.store.run(_said, site.institutions, number, told.text, by=asked.actor, at=asked.at)


async def list_notices(asked: Asked, _told: None) -> dict[str, Any]:
    """What was said, and what became of it."""
    number, site = numbers.read(asked.number), asked.site
    if asked.actor.personal:
        await _on_record(asked, number)
    return {"items": await site.store.read(reading.notices, site.institutions, number, by=asked.actor)}


async def _on_record(asked: Asked, number: str) -> dict[str, Any]:
    site, by, at = asked.site, asked.actor, asked.at
    return await site.store.run(reading.one_on_record, site.institutions, number, by=by, at=at, reason=asked.reason)


async def _looked(asked: Asked, numbers: Sequence[str]) -> None:
    """Each case of a list read whole is a look; some at a time, so that the desk need not wait for them."""
    for few in (numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE)):
        site, by, at = asked.site, asked.actor, asked.at
        await site.store.run(looks.record, site.institutions, few, by=by, at=at, reason=asked.reason)


async def _why(asked: Asked, error: WrongMove) -> str:
    """Who brought the case to where it stands, since that is often news to the caller."""
    last = await asked.site.store.read(reading.last_move, error.number)
    if last is None:
        return str(error)
    at = last.at.astimezone(ZoneInfo(asked.site.institutions[asked.site.settings.institution].timezone))
    return f"{error}; {last.by} moved it to {last.detail['to']} at {at.isoformat(timespec='seconds')}"


def _moved(
    work: UnitOfWork,
    institutions: Institutions,
    number: str,
    to: Status,
    given: Mapping[str, str],
    *,
    by: Actor,
    at: datetime,
) -> dict[str, Any]:
    case = casework.move(work, institutions, number, to, given, by=by, at=at)
    return _answered(work, institutions, case, by=by, at=at)


def _done(
    work: UnitOfWork,
    institutions: Institutions,
    number: str,
    key: str,
    given: Mapping[str, object],
    *,
    by: Actor,
    at: datetime,
) -> dict[str, Any]:
    case = acts.do(work, institutions, number, key, given, by=by, at=at)
    return _answered(work, institutions, case, by=by, at=at)


def _said(
    work: UnitOfWork, institutions: Institutions, number: str, text: str, *, by: Actor, at: datetime
) -> dict[str, Any]:
    case = casework.say(work, institutions, number, text, by=by, at=at)
    return _answered(work, institutions, case, by=by, at=at)


def _answered(
    work: UnitOfWork, institutions: Institutions, case: domain.Case, *, by: Actor, at: datetime
) -> dict[str, Any]:
    """The case after a change; whoever sees it whole looked at it. One that has left their sight is told once more."""
    if by.personal and rights.sees(by, case):
        looks.record(work, institutions, [case.number], by=by, at=at)
        case = work.cases.get(case.number)
    return reading.whole(work, institutions, case, by=by)


NUMBERED = "/cases/{number}"
CALLS = (
    Call("GET", "/cases", "List cases, newest first", "案件列表，新的在前", "read", list_cases, CasePage, query=CaseFilter,
         problems=("malformed", "forbidden", "invalid")),
    Call("GET", NUMBERED, "Read one case", "查看一个案件", "read", read_case, Case, problems=("not-found",)),
    Call("POST", f"{NUMBERED}/moves", "Move a case; the same move twice is done once", "流转案件（同样的流转重复提交只算一次）",
         "write", move_case, Case, body=Move, problems=("not-found", "conflict")),
    Call("POST", f"{NUMBERED}/acts", "Do something to a case beside moving it; twice in a row is once",
         "对案件做一件事（延期、督办、调解结果等；连续重复提交只算一次）", "write", act_on_case, Case, body=Act,
         problems=("not-found", "conflict")),
    Call("POST", f"{NUMBERED}/messages", "Say a word to the citizen in the chat", "在聊天里给诉求人发一条留言", "write", say, Case,
         body=Message, problems=("not-found", "conflict")),
    Call("GET", f"{NUMBERED}/notices", "What the citizen was told, and whether it arrived", "通知记录和送达情况", "read",
         list_notices, Notices, problems=("not-found",)),
)  # fmt: skip
