"""The list of calls after an answer, and one call: what to say, what came of it.

Who is called, by whom, and what follows, ``services.cases.calls`` knows. Runs without a script.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from backend.domain import numbers, rights
from backend.services.cases import calls
from backend.services.cases.calls import NoCall, Taken, Told, Unclear
from backend.services.cases.casework import NotYours
from backend.services.office.desk import OnlyLooks
from backend.services.privacy import looks
from backend.store.cases import NoSuchCase
from backend.web import sessions
from backend.web.desk import history as desk_history
from backend.web.desk import view as desk_view
from backend.web.desk.pages import go, page, reader_of
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp import web

    from backend.domain.case import Actor
    from backend.services.cases.calls import Before, Listed
    from backend.site import Site
    from backend.store.work import UnitOfWork
    from backend.web.desk.view import Reader
    from institutions.model import Institution

PLACE = "/desk/calls"
MOST_ROUND = 3  # digits
NONE = "-"
"""What stands for a number that is none."""
MATTER = 60
"""Characters of the matter on the list and in the script."""
YES_NO = {"yes": True, "no": False}
SOLVED = ("yes", "partly", "no")
SCORES = ("5", "4", "3", "2", "1")
DONE = {"kept": "calls.done", "reopened": "calls.done.reopened", "left": "calls.done.left"}
WRONG = (OnlyLooks, NoSuchCase, NotYours, NoCall, Taken, Unclear)


def setup(app: web.Application) -> None:
    """The list, one call, and its forms."""
    app.router.add_get(PLACE, show)
    app.router.add_post(f"{PLACE}/take", take)
    app.router.add_get(f"{PLACE}/{{number}}/{{round}}", show_one)
    app.router.add_post(f"{PLACE}/{{number}}/{{round}}", tell)
    app.router.add_post(f"{PLACE}/{{number}}/{{round}}/leave", leave)


async def show(request: web.Request) -> web.Response:
    """Who is to be called now."""
    done = DONE.get(request.query.get("done", ""), "")
    return await _list(request, done=reader_of(request).t(done) if done else "")


async def take(request: web.Request) -> web.Response:
    """Have a call before oneself."""
    typed = await sessions.form(request)
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    number, asked = _which(typed)
    look = reader.t("calls.look")
    try:
        await site.store.run(calls.take, site.institutions, number, asked, by=actor, at=site.clock(), reason=look)
    except WRONG as error:
        return await _list(request, wrong=_why(error, reader))
    return go(f"{PLACE}/{number}/{asked}")


async def show_one(request: web.Request) -> web.Response:
    """The call that I have before me."""
    return await _one(request)


async def tell(request: web.Request) -> web.Response:
    """What came of it."""
    typed = await sessions.form(request)
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    number, asked = _which(request.match_info)
    try:
        told = _told(typed, await _home(site, actor, number))
        reopened = await site.store.run(calls.tell, site.institutions, number, asked, told, by=actor, at=site.clock())
    except Unclear as error:
        return await _one(request, typed=typed, wrong=_why(error, reader))
    except WRONG as error:
        return await _list(request, wrong=_why(error, reader))
    return go(f"{PLACE}?{urlencode({'done': 'reopened' if reopened else 'kept'})}")


async def leave(request: web.Request) -> web.Response:
    """Somebody else may make it."""
    await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    number, asked = _which(request.match_info)
    try:
        await site.store.run(calls.leave, number, asked, by=actor)
    except OnlyLooks as error:
        return await _list(request, wrong=_why(error, reader_of(request)))
    return go(f"{PLACE}?done=left")


async def _home(site: Site, actor: Actor, number: str) -> Institution:
    """Whose hours the times on the form are in. Raises: NoSuchCase, NotYours."""
    return site.institutions[await site.store.read(_institution, number, by=actor)]


def _institution(work: UnitOfWork, number: str, *, by: Actor) -> str:
    case = work.cases.get(number)
    if not rights.sees(by, case):
        raise NoSuchCase(number)
    return case.institution


def _which(told: Mapping[str, str]) -> tuple[str, int]:
    """The case and which of its answers; what is none is no case's."""
    asked = told.get("round", "")
    known = asked.isascii() and asked.isdecimal() and len(asked) <= MOST_ROUND
    return numbers.find(told.get("number", "")[:40]) or NONE, int(asked) if known else 0


def _told(typed: Mapping[str, str], institution: Institution) -> Told:
    """The form as it was filled in. Raises: Unclear: a choice that there is not."""
    score, solved, contacted = (typed.get(key, "") for key in ("satisfied", "solved", "contacted"))
    if score and score not in SCORES:
        raise Unclear("wrong.calls.score")
    if (solved and solved not in SOLVED) or (contacted and contacted not in YES_NO):
        raise Unclear("wrong.calls.outcome")
    reached = typed.get("outcome") == "reached"
    return Told(
        typed.get("outcome", ""),
        YES_NO.get(contacted) if reached else None,
        (solved or None) if reached else None,
        int(score) if score and reached else None,
        tuple(key for key in typed.get("reasons", "").split(",") if key) if reached else (),
        typed.get("remark", "").strip(),
        _time(typed.get("again", ""), institution),
    )


def _time(typed: str, institution: Institution) -> datetime | None:
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=ZoneInfo(institution.timezone))
    except (ValueError, OverflowError):
        return None


def _why(error: Exception, reader: Reader) -> tuple[int, str]:
    match error:
        case Taken(user=user):
            return 409, reader.t("wrong.calls.taken", name=user)
        case NoCall():
            return 409, reader.t("wrong.calls.gone")
        case Unclear(key=key):
            return 422, reader.t(key)
        case NoSuchCase(number=number) | NotYours(number=number):
            return 404 if number != NONE else 422, reader.t("wrong.calls.number")
    return 403, reader.t("wrong.calls.who")


async def _list(request: web.Request, *, done: str = "", wrong: tuple[int, str] = (200, "")) -> web.Response:
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    try:
        around = await site.store.read(calls.around, by=actor, at=site.clock())
    except OnlyLooks as error:
        status, problem = _why(error, reader)
        return await page(request, "calls.html", {"may": False, "problem": problem}, status=status)
    status, problem = wrong
    home = site.institutions[actor.institution or site.settings.institution]
    later = reader.t("calls.later", n=around.later, at=reader.moment(around.first, home).text) if around.first else ""
    rows = [_row(one, site.institutions[one.case.institution], reader) for one in around.now]
    context = {"may": True, "one": None, "rows": rows, "later": later, "done": done, "problem": problem}
    return await page(request, "calls.html", context, status=status)


def _row(one: Listed, institution: Institution, reader: Reader) -> dict[str, Any]:
    case, call, own = one.case, one.call, reader.of(one.case, institution)
    return {
        "number": case.number,
        "round": call.round,
        "what": own.private(str(case.facts.get("what") or ""))[:MATTER],
        "department": desk_view.department_name(institution, case.department_id, reader),
        "why": reader.t(f"calls.{call.why}"),
        "tone": "bad" if call.why == "dissatisfied" else "",
        "since": reader.moment(call.due_at, institution),
        "tries": reader.t("calls.tried", n=call.tries, most=institution.survey.tries),
        "held": reader.t("calls.held", name=one.holder) if one.holder else "",
    }


async def _one(
    request: web.Request, *, typed: Mapping[str, str] | None = None, wrong: tuple[int, str] = (200, "")
) -> web.Response:
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    number, asked = _which(request.match_info)
    try:
        before = await site.store.read(calls.before, number, asked, by=actor, at=site.clock())
    except WRONG as error:
        return await _list(request, wrong=_why(error, reader))
    institution = site.institutions[before.case.institution]
    history = await site.store.read(_history, number)
    shown = rights.unmasks(actor, before.case, institution) and looks.open_now(history, by=actor, at=site.clock())
    status, problem = wrong
    context = {
        "may": True,
        "one": _call(before, institution, reader, shown=shown),
        "typed": dict(typed or {}),
        "problem": problem,
        "outcomes": calls.OUTCOMES,
        "scores": SCORES,
        "solutions": SOLVED,
        "reasons": [(one.id, reader.name(one)) for one in institution.survey.reasons],
        "chosen": (typed or {}).get("reasons", "").split(","),
        "longest": calls.REMARK,
    }
    return await page(request, "calls.html", context, status=status)


def _history(work: UnitOfWork, number: str) -> Any:
    return work.cases.history(number)


def _call(before: Before, institution: Institution, reader: Reader, *, shown: bool) -> dict[str, Any]:
    case, call, asked = before.case, before.call, before.asked
    own, who = reader.of(case, institution), case.facts["who"]
    told: dict[str, object] = {}
    if asked:
        told = {"contacted": asked.contacted, "solved": asked.solved, "satisfied": asked.satisfied}
        told["reasons"] = asked.reasons
    said = list(desk_history.ratings(told, reader, institution))
    if asked and asked.remark:
        said.append((reader.t("visit.remark"), own.private(asked.remark)))
    return {
        "number": case.number,
        "round": call.round,
        "why": reader.t(f"calls.{call.why}"),
        "until": reader.t("calls.until", at=reader.moment(call.until, institution).text) if call.until else "",
        "name": (who.get("name") or "") if shown else "",
        "phone": (who.get("contact") or "") if shown else "",
        "script": _script(before, institution, own),
        "what": own.private(str(case.facts.get("what") or "")),
        "department": desk_view.department_name(institution, case.department_id, reader),
        "answer": own.private(case.answer),
        "said": said,
        "own": bool(asked and asked.answered_at is not None and asked.by == "chat"),
        "tries": reader.t("calls.tried", n=call.tries, most=institution.survey.tries),
    }


def _script(before: Before, institution: Institution, reader: Reader) -> str:
    case = before.case
    english = reader.language == "en"
    script = institution.survey.script_en if english else institution.survey.script
    return script.format(
        office=reader.name(institution),
        filed=reader.moment(case.filed_at, institution).text,
        what=reader.private(str(case.facts.get("what") or ""))[:MATTER],
        number=case.number,
        department=desk_view.department_name(institution, case.department_id, reader),
    )
