"""One case: everything about it on one page, and what its handler may do. Each form works without any script.

What was typed survives a refusal: the page comes back with it, and with the reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from backend.domain import rights
from backend.domain.acts import ACTS
from backend.domain.lifecycle import Status
from backend.services.cases import forecasting, kin, nearby, view
from backend.services.cases.casework import GRADES
from backend.services.office import alarms, channels, desk
from backend.services.privacy import looks
from backend.services.talks import takeover, writing
from backend.web import sessions
from backend.web.api.models import LONGEST_TEXT
from backend.web.desk import acts as desk_acts
from backend.web.desk import channels as desk_channels
from backend.web.desk import clocks as desk_clocks
from backend.web.desk import history as desk_history
from backend.web.desk import instead as desk_instead
from backend.web.desk import kin as desk_kin
from backend.web.desk import map as desk_map
from backend.web.desk import reporters as desk_reporters
from backend.web.desk import talking
from backend.web.desk import view as desk_view
from backend.web.desk.files import pieces
from backend.web.desk.moves import offers
from backend.web.desk.pages import go, page, reader_of
from backend.web.desk.reasons import reasons
from backend.web.desk.wrong import REFUSED, TooLong, told
from backend.web.errors import STATUSES, Refused
from backend.web.keys import SITE
from backend.web.security import with_pictures_of
from institutions.gone import is_gone

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aiohttp import web

    from backend.domain.case import Actor, Case
    from backend.services.office.desk import Whole
    from backend.site import Site
    from backend.store.surveys import SurveyRow
    from backend.web.desk.view import Label, Reader
    from institutions.model import Institution

MOST_DIGITS = 18
"""Of an event's number: what every database can compare."""
LIKELY = 0.1
"""The share from which another category is worth a button."""
MOST_FOLLOWERS = 20
"""Of a case that many share, so many are looked at."""
GIVEN = ("note", "answer", "department", "ground", "co", "officer", "right", "investigators", "until", "lacks")
"""What a move's form may hold."""
ASKED = ("note", "until", "lacks")
CORRECTED = ("department", "grade", "kind")
DONE = frozenset({"correct", "confirm", "say", "asked", "taken", "back", "note", "again", "again.not", "who"})
"""What a page may be told in its address to say at its top."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A change that was not made: which form, what was typed, why."""

    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    why: Exception | None = None


def setup(app: web.Application) -> None:
    """The page and its forms."""
    app.router.add_get("/desk/cases/{number}", show, name="desk-case")
    app.router.add_post("/desk/cases/{number}/move", move)
    app.router.add_post("/desk/cases/{number}/act", act)
    app.router.add_post("/desk/cases/{number}/correct", correct)
    app.router.add_post("/desk/cases/{number}/confirm", confirm)
    app.router.add_post("/desk/cases/{number}/say", say)
    app.router.add_post("/desk/cases/{number}/ask", ask)
    app.router.add_post("/desk/cases/{number}/supplement", supplement)
    app.router.add_post("/desk/cases/{number}/take", take)
    app.router.add_post("/desk/cases/{number}/back", give_back)
    app.router.add_post("/desk/cases/{number}/note", note)
    app.router.add_post("/desk/cases/{number}/who", look)


async def show(request: web.Request) -> web.Response:
    """The case."""
    return await _page(request, await sessions.require(request))


async def look(request: web.Request) -> web.Response:
    """Name and phone whole for some hours; who looked and why is on record first."""
    typed = await sessions.form(request)
    actor, site, number = await sessions.require(request), request.app[SITE], request.match_info["number"]
    try:
        _refuse_long(typed)
        await site.store.run(looks.ask, site.institutions, number, typed.get("reason", ""), by=actor, at=site.clock())
    except REFUSED as error:
        return await _page(request, actor, tried=Tried("who", typed, error))
    return go(f"/desk/cases/{number}?done=who")


async def move(request: web.Request) -> web.Response:
    """Another status."""
    typed = await sessions.form(request)
    given = {key: typed.get(key, "") for key in GIVEN}
    to = typed.get("to", "")
    if to not in set(Status):
        return await _page(request, await sessions.require(request), tried=Tried("move", typed, ValueError(to)))
    return await _change(request, f"move.{to}", typed, "move", desk.move, Status(to), given)


async def supplement(request: web.Request) -> web.Response:
    """Waiting for the citizen: the same move, from where words to them are written."""
    typed = await sessions.form(request)
    given = {key: typed.get(key, "") for key in ASKED}
    to = Status.SUPPLEMENTING
    return await _change(request, f"move.{to}", typed, "move", desk.move, to, given)


async def act(request: web.Request) -> web.Response:
    """Something done to the case beside moving it."""
    typed = await sessions.form(request)
    key = typed.get("act", "")
    given = desk_acts.given(key, typed)
    return await _change(request, f"act.{key}", typed, f"act&act={key}", desk.act, key, given)


async def correct(request: web.Request) -> web.Response:
    """Another category, matter, department, grade or kind."""
    typed = await sessions.form(request)
    changes = {key: typed[key] for key in CORRECTED if typed.get(key)}
    if path := typed.get("place"):
        category, _, matter = path.partition("/")
        changes |= {"category": category, "matter": path if matter else ""}
    return await _change(request, "correct", typed, "correct", desk.correct, changes)


async def confirm(request: web.Request) -> web.Response:
    """The proposal is right."""
    return await _change(request, "confirm", await sessions.form(request), "confirm", desk.confirm)


async def say(request: web.Request) -> web.Response:
    """A word to the citizen."""
    typed = await sessions.form(request)
    return await _change(request, "say", typed, "say", partial(writing.say, asks=False), typed.get("text", ""))


async def ask(request: web.Request) -> web.Response:
    """A question to the citizen."""
    typed = await sessions.form(request)
    return await _change(request, "ask", typed, "asked", partial(writing.say, asks=True), typed.get("text", ""))


async def take(request: web.Request) -> web.Response:
    """The chat with who filed it is this handler's now, not the bot's."""
    return await _hold(request, takeover.begin, "taken")


async def give_back(request: web.Request) -> web.Response:
    """The chat is the bot's again."""
    return await _hold(request, writing.give_back, "back")


async def _hold(request: web.Request, f: Callable[..., Any], done: str) -> web.Response:
    typed = await sessions.form(request)
    actor, site, number = await sessions.require(request), request.app[SITE], request.match_info["number"]
    try:
        await site.store.run(f, site.institutions, number, by=actor, at=site.clock())
    except REFUSED as error:
        return await _page(request, actor, tried=Tried("chat", typed, error))
    return go(f"/desk/cases/{number}?done={done}")


async def note(request: web.Request) -> web.Response:
    """A word to colleagues."""
    typed = await sessions.form(request)
    return await _change(request, "note", typed, "note", desk.note, typed.get("text", ""))


async def _change(
    request: web.Request, form: str, typed: Mapping[str, str], done: str, f: Callable[..., Case], *args: Any
) -> web.Response:
    """Make it and show the case as it is then; or show it with the reason why not, and what was typed."""
    actor, site, number = await sessions.require(request), request.app[SITE], request.match_info["number"]
    try:
        seen = _seen(typed.get("seen", ""))
        _refuse_long(typed)
        case = await site.store.run(f, site.institutions, number, *args, seen=seen, by=actor, at=site.clock())
    except REFUSED as error:
        return await _page(request, actor, tried=Tried(form, typed, error))
    if not rights.sees(actor, case):  # it is another department's now, or sealed
        return go("/desk?done=passed")
    return go(f"/desk/cases/{number}?done={done}")


def _seen(told: str) -> int:
    """The last event that the page showed. Raises: Refused: a number that no event has."""
    if len(told) > MOST_DIGITS:
        raise Refused(422, STATUSES[422].zh, STATUSES[422].en)
    return int(told) if told.isdecimal() else 0


def _refuse_long(typed: Mapping[str, str]) -> None:
    """The API's limit for the same words. Raises: TooLong."""
    if any(len(text) > LONGEST_TEXT for text in typed.values()):
        raise TooLong(LONGEST_TEXT)


async def _page(request: web.Request, actor: Actor, *, tried: Tried | None = None) -> web.Response:
    site = request.app[SITE]
    whole = await site.store.read(desk.whole, site.institutions, request.match_info["number"], by=actor)
    institution, unseen = site.institutions[whole.case.institution], view.unseen(actor, whole.history)
    may_look = view.may_see(actor, whole.case, institution)
    shown = may_look and looks.open_now(whole.history, by=actor, at=site.clock())
    reader = reader_of(request, shown=shown).of(whole.case, institution, unseen)
    reached = await _reached(site, whole, institution, reader)
    lesson = await site.store.read(forecasting.served, whole.case.institution)
    tiles = site.settings.tiles
    near = await site.store.read(nearby.around, whole.case, by=actor)
    drawn = desk_map.drawn(whole.case, near, institution, reader, tiles=tiles)
    beside = await site.store.read(kin.of, site.institutions, whole.case, by=actor, at=site.clock())
    tried = tried or Tried()
    status, problem = told(tried.why, institution, reader) if tried.why else (200, "")
    context = {
        "case": whole.case,
        "whole": whole,
        "tried": tried,
        "why": problem,
        "gone": is_gone(institution),
        "done": _done(request, whole, reader),
        "may_look": may_look,
        "may_work": rights.may(actor, "note"),
        "may_print": rights.may(actor, "print"),
        "has_letter": institution.casework.letter,
        "channel": partial(desk_channels.called, site.settings, reader=reader),
        "way": partial(desk_channels.way, reader=reader),
        "reached": reached,
        **_about(whole, institution, reader),
        "map": drawn,
        "talking": await talking.panel(site, actor, whole, institution, reader),
        "kin": desk_kin.panels(beside, site.institutions, reader),
        "again": await site.store.read(alarms.marks, whole.case.number, by=actor),
        "clocks": desk_clocks.panel(whole.case, institution, reader, lesson),
        **_past(whole, institution, reader),
        **_forms(whole, institution, reader, tried),
    }
    response = await page(request, "case.html", context, status=status)
    if drawn and tiles:
        response.headers["Content-Security-Policy"] = with_pictures_of(tiles)
    return response


async def _reached(site: Site, whole: Whole, institution: Institution, reader: Reader) -> list[Label]:
    """Whether those whom the notices go to can be reached now."""
    people = await site.store.read(channels.reaches, whole.case.number, now=reader.now, most=MOST_FOLLOWERS)
    pauses = await site.store.read(channels.pauses, now=reader.now)
    return desk_channels.reached(site, people, pauses, institution, reader)


def _done(request: web.Request, whole: Whole, reader: Reader) -> str:
    done = request.query.get("done", "") if request.method == "GET" else ""
    if done == "move":
        return reader.t("done.move", status=desk_view.status_label(whole.case.status, reader).text)
    if done == "act" and (key := request.query.get("act", "")) in ACTS:
        return reader.t("done.act", act=desk_acts.called(ACTS[key], reader))
    return reader.t(f"done.{done}") if done in DONE else ""


def _about(whole: Whole, institution: Institution, reader: Reader) -> dict[str, Any]:
    """What it is about, and where it stands."""
    case = whole.case
    return {
        "institution": reader.name(institution),
        "words": reader.private(str(case.facts.get("what") or "").strip()),
        "facts": list(desk_view.facts(case, reader)),
        "who": desk_view.who(case, reader),
        "people": desk_reporters.people(whole.people, reader),
        "joint": desk_reporters.joint(whole.history, institution, reader),
        "shown": reader.shown,
        "status": desk_view.status_label(case.status, reader),
        "grade": desk_view.grade_label(case.grade, reader),
        "urged": desk_view.urged_label(case, reader),
        "place": desk_view.place(case, institution, reader),
        "department": desk_view.department_name(institution, case.department_id, reader),
        "filed": reader.moment(case.filed_at, institution),
        "answer": reader.private(case.answer),
        "record": desk_acts.record(whole, institution, reader),
        "related": desk_acts.related(whole, reader),
        "pieces": pieces(case.number, whole.evidence, private=reader.private),
        "proposal": _proposal(whole, institution, reader),
    }


def _past(whole: Whole, institution: Institution, reader: Reader) -> dict[str, Any]:
    """What happened and what was said."""
    surveys = [
        {
            "round": survey.round,
            "asked": reader.moment(survey.asked_at, institution),
            "answers": list(
                desk_history.ratings(
                    {
                        "contacted": survey.contacted,
                        "solved": survey.solved,
                        "satisfied": survey.satisfied,
                        "reasons": survey.reasons,
                        "by": survey.by,
                    },
                    reader,
                    institution,
                )
            ),
            "remark": reader.private(survey.remark),
            "told": _visit(whole, survey, reader),
            "log": desk_history.invited(whole, survey.round, institution, reader),
        }
        for survey in whole.surveys
    ]
    return {
        "history": desk_history.entries(whole.history, institution, reader),
        "notices": [desk_history.notice(row, whole, institution, reader) for row in whole.notices],
        "surveys": surveys,
    }


def _visit(whole: Whole, survey: SurveyRow, reader: Reader) -> str:
    """How that visit-back ended, where it is not told by its answers; empty: it is still asked."""
    if whole.sheltered and survey.over_at is None:
        return reader.t("visit.sheltered")
    return reader.t(f"visit.{survey.outcome}") if survey.outcome in {"silent", "unreachable"} else ""


def _forms(whole: Whole, institution: Institution, reader: Reader, tried: Tried) -> dict[str, Any]:
    """What may be done, and the lists to choose from."""
    case = whole.case
    return {
        "offers": offers(whole, institution, reader),
        "acts": desk_acts.forms(whole, institution, reader),
        "departments": [(each.id, reader.name(each)) for each in institution.departments],
        "places": [
            (category.id, reader.name(category), [(path, reader.name(matter)) for path, matter in matters])
            for category, matters in desk_view.places(institution)
        ],
        "grades": [(key, reader.t(f"grade.{key}")) for key in GRADES],
        "kinds": [(key, reader.t(f"kind.{key}")) for key in institution.kinds],
        "chosen": {
            "place": case.matter_id or case.category_id,
            "department": case.department_id,
            "grade": case.grade,
            "kind": case.kind,
            **(
                {k: tried.typed[k] for k in ("place", *CORRECTED) if k in tried.typed}
                if tried.form == "correct"
                else {}
            ),
        },
    }


def _proposal(whole: Whole, institution: Institution, reader: Reader) -> dict[str, Any]:
    """What was proposed, by which words, and what else it could be."""
    case = whole.case
    first = next(iter(case.proposal.get("top", ())), {"category": ""})
    told_why = [why for why in case.proposal.get("why", ()) if why["category"] == first["category"]]
    now = case.matter_id or case.category_id
    others = []
    for candidate in case.proposal.get("top", ())[:4]:
        path = candidate["matter_id"] or candidate["category_id"]
        if path != now and candidate["score"] >= LIKELY:
            name = desk_view.called(institution, candidate["category_id"], candidate["matter_id"], reader)
            others.append((path, name))
    return {
        "why": [(why["word"].replace("*", "…"), f"{why['weight']:g}") for why in told_why],
        "reasons": reasons(case.proposal, institution, reader),
        "instead": desk_instead.rows(case, institution, others, reader),
        "unsure": case.proposal.get("decided") is False and not desk.placed(whole.history),
        "by_citizen": case.proposal.get("by") == "citizen",
        "by_nobody": case.proposal.get("by") == "nobody",
    }
