"""What needs a hand: messages that could not be worked on, notices that did not arrive."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from backend.domain import rights
from backend.domain.reasons import english
from backend.services.cases import view
from backend.services.cases.casework import Empty
from backend.services.office import desk, missed
from backend.services.office.missed import TooMuch
from backend.services.talks import takeover
from backend.web import sessions
from backend.web.desk import channels as desk_channels
from backend.web.desk.history import STATE_TONES
from backend.web.desk.pages import go, page, reader_of
from backend.web.desk.wrong import REFUSED, told
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from backend.domain.case import Actor, Case
    from backend.services.office.desk import Homes
    from backend.store.journal import Failed
    from backend.store.outbox import Row
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from backend.web.desk.view import Reader

DONE = frozenset({"handled", "again", "again.not", "missed", "missed.not"})
FAILED, UNSETTLED = "/desk/failed", "/desk/notices"


def setup(app: web.Application) -> None:
    """Both pages and the buttons on them."""
    app.router.add_get(FAILED, show_failed)
    app.router.add_post(FAILED + r"/{entry:\d{1,18}}", mark_handled)
    app.router.add_get(UNSETTLED, show_unsettled)
    app.router.add_post(r"/desk/cases/{number}/notices/{row:\d{1,18}}", send_again)
    app.router.add_post(r"/desk/cases/{number}/notices/{row:\d{1,18}}/done", settle)


async def show_failed(request: web.Request) -> web.Response:
    """The messages that nobody has looked at yet."""
    return await _failed(request, await sessions.require(request))


async def mark_handled(request: web.Request) -> web.Response:
    """Somebody has seen to it. A second press changes nothing."""
    await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    try:
        await site.store.run(desk.handled, site.homes, int(request.match_info["entry"]), by=actor)
    except desk.OnlyLooks as error:
        status, sentence = told(error, None, reader_of(request))
        return await _failed(request, actor, problem=sentence, status=status)
    return go(f"{FAILED}?done=handled")


async def show_unsettled(request: web.Request) -> web.Response:
    """The newest notices that may not have arrived."""
    return await _unsettled(request, await sessions.require(request))


async def send_again(request: web.Request) -> web.Response:
    """Queue a notice once more; back to where the button was."""
    fields = await sessions.form(request)
    actor, site, number = await sessions.require(request), request.app[SITE], request.match_info["number"]
    place = f"/desk/cases/{number}" if fields.get("from") == "case" else UNSETTLED
    try:
        queued = await site.store.run(
            desk.again, site.institutions, number, int(request.match_info["row"]), by=actor, at=site.clock()
        )
    except REFUSED as error:
        status, sentence = told(error, None, reader_of(request))
        return await _unsettled(request, actor, problem=sentence, status=status)
    return go(f"{place}?done={'again' if queued else 'again.not'}")


async def settle(request: web.Request) -> web.Response:
    """The citizen was told in another way."""
    fields = await sessions.form(request)
    actor, site, number = await sessions.require(request), request.app[SITE], request.match_info["number"]
    row = int(request.match_info["row"])
    try:
        done = await site.store.run(missed.settle, site.institutions, number, row, fields, by=actor, at=site.clock())
    except (TooMuch, Empty):
        problem = reader_of(request).t("wrong.missed")
        return await _unsettled(request, actor, problem=problem, status=422, typed={row: fields})
    except REFUSED as error:
        status, sentence = told(error, None, reader_of(request))
        return await _unsettled(request, actor, problem=sentence, status=status)
    return go(f"{UNSETTLED}?done={'missed' if done else 'missed.not'}")


async def _failed(request: web.Request, actor: Actor, *, problem: str = "", status: int = 200) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    waiting = await site.store.read(_waiting, site.homes, by=actor)
    home = next(iter(site.institutions.values()))
    rows = [
        {
            "entry": entry,
            "channel": person.channel,
            "at": reader.moment(entry.received_at, site.institutions.get(site.homes.get(person.channel, ""), home)),
            "text": reader.beside(who, site.institutions.get(site.homes.get(person.channel, ""), home)).private(
                str(entry.message.get("text") or entry.message.get("choice") or "")
            ),
            "files": [str(file["filename"]) for file in entry.message.get("files", ())],
        }
        for entry, person, who in waiting
    ]
    told = {"channel": partial(desk_channels.called, site.settings, reader=reader), "problem": problem}
    return await page(request, "failed.html", {"rows": rows, "done": _done(request, reader)} | told, status=status)


async def _unsettled(
    request: web.Request,
    actor: Actor,
    *,
    problem: str = "",
    status: int = 200,
    typed: Mapping[int, Mapping[str, str]] | None = None,
) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    found = await site.store.read(_with_case, by=actor)
    rows = [
        {
            "notice": notice,
            "number": notice.number,
            "kind": reader.t(f"kind.{notice.kind}"),
            "channel": desk_channels.called(site.settings, person.channel, reader=reader),
            "way": desk_channels.way(notice.way, reader=reader),
            "state": reader.t(f"state.{notice.state}"),
            "tone": STATE_TONES.get(notice.state, ""),
            "text": reader.of(case, site.institutions[case.institution], unseen).private(notice.text),
            "at": reader.moment(notice.changed_at, site.institutions[case.institution]),
            "reason": english(notice.reason) if reader.language == "en" else notice.reason,
            "todo": reader.t("missed.todo" if notice.state == "undelivered" else "missed.unsure"),
            "typed": {"how": "", "note": ""} | dict((typed or {}).get(notice.id, {})),
        }
        for notice, person, case, unseen in found
    ]
    context = {"rows": rows, "problem": problem, "done": _done(request, reader), "hows": missed.HOW}
    may = {"may": rights.may(actor, "say"), "longest": missed.LONGEST}
    return await page(request, "notices.html", context | may, status=status)


def _done(request: web.Request, reader: Reader) -> str:
    done = request.query.get("done", "") if request.method == "GET" else ""
    return reader.t(f"done.{done}") if done in DONE else ""


def _waiting(
    work: UnitOfWork, homes: Homes, *, by: Actor
) -> list[tuple[Failed, Person, tuple[Mapping[str, Any], ...]]]:
    """Each with who its citizen is in their drafts and cases."""
    return [
        (entry, person, takeover.of_chat(work, person, homes.get(person.channel, "")))
        for entry, person in desk.failed(work, homes, by=by)
    ]


def _with_case(work: UnitOfWork, *, by: Actor) -> list[tuple[Row, Person, Case, tuple[str, ...]]]:
    """Each with whom it is for, its case and what tells who joined that in confidence."""
    rows = [(row, row.number) for row in desk.unsettled(work, by=by) if row.number]
    numbers = {number for _, number in rows}
    cases, past = {number: work.cases.get(number) for number in numbers}, work.cases.histories(numbers)
    return [
        (row, work.people.get(row.person), cases[number], view.unseen(by, past.get(number, []))) for row, number in rows
    ]
