"""The sample of handlers' conversations: the list with averages, one talk with the rubric's form, a handler's own scores."""

from __future__ import annotations

import csv
import hashlib
import io
from typing import TYPE_CHECKING, Any

from aiohttp import web

from backend.domain import rights
from backend.services.cases.casework import Empty
from backend.services.office import sampling
from backend.services.office.desk import OnlyLooks
from backend.services.office.sampling import BadScore, NotDrawn, Settled
from backend.web import sessions
from backend.web.desk import history as desk_history
from backend.web.desk.pages import go, page, reader_of
from backend.web.errors import Refused
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from backend.domain.case import Actor
    from backend.services.office.sampling import Heard, Sampled
    from backend.site import Site
    from backend.web.desk.view import Reader
    from institutions.model import Institution

PLACE = "/desk/samples"
HEAPS = ("todo", "scored")
WRONG = (OnlyLooks, BadScore, Settled, Empty)
DONE = frozenset({"scored", "replied"})
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would reckon with."""


def setup(app: web.Application) -> None:
    """The list, its file, one talk and its two forms."""
    one = PLACE + r"/{id:\d{1,18}}"
    app.router.add_get(PLACE, show_all)
    app.router.add_get(PLACE + "/table.csv", export)
    app.router.add_get(one, show)
    app.router.add_post(one + "/score", score)
    app.router.add_post(one + "/reply", reply)


async def show_all(request: web.Request) -> web.Response:
    """Those to score and those scored; for a handler their own."""
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    try:
        found = await _listed(site, actor)
    except OnlyLooks:
        return await page(request, "samples.html", {"may": False, "problem": reader.t("wrong.looks")}, status=403)
    reviews = sampling.reviews(actor)
    heap = request.query.get("heap", "") if request.query.get("heap", "") in HEAPS else HEAPS[0]
    heap = heap if reviews else "scored"
    rows = [one for one in found if (one.score is not None) == (heap == "scored")]
    scored = [one for one in found if one.score is not None]
    context = {
        "may": True,
        "reviews": reviews,
        "heap": heap,
        "heaps": [(key, len(scored) if key == "scored" else len(found) - len(scored)) for key in HEAPS],
        "rows": [_row(one, site, reader) for one in rows],
        "averages": [
            {"name": each.handler, "talks": reader.t("samples.talks", n=each.talks), "share": f"{each.share:.0%}"}
            for each in sampling.averages(scored)
        ],
        "month": max((site.institutions[key].sampled for key in _homes(site, actor)), default=0),
    }
    return await page(request, "samples.html", context)


async def show(request: web.Request) -> web.Response:
    """One talk."""
    return await _page(request, await sessions.require(request))


async def score(request: web.Request) -> web.Response:
    """Points and reasons."""
    typed = await sessions.form(request)
    keys = [name.removeprefix("points-") for name in typed if name.startswith("points-")]
    given = {key: (typed[f"points-{key}"], typed.get(f"why-{key}", "")) for key in keys}
    return await _change(request, sampling.score, given, typed, "scored")


async def reply(request: web.Request) -> web.Response:
    """What the handler says to it."""
    typed = await sessions.form(request)
    return await _change(request, sampling.reply, typed.get("text", ""), typed, "replied")


async def export(request: web.Request) -> web.Response:
    """Every score that this reviewer sees, a line for each of the rubric's."""
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    if not rights.may(actor, "sample"):
        raise Refused(
            403, "只有审核员、协调员和主管可以导出。", "Only reviewers, coordinators and managers may export."
        )
    sheet = io.StringIO()
    rows = csv.writer(sheet)
    rows.writerow([reader.t(f"samples.{key}") for key in ("handler", "ended", "reviewer", "rubric", "score")])
    for one in await _listed(site, actor):
        for line in one.score.lines if one.score else ():
            cells = (
                one.talk.handler,
                reader.moment(one.talk.ended_at, site.institutions[one.talk.institution]).iso,
                one.score.reviewer if one.score else "",
                _label(line, reader),
                reader.t("samples.points", points=line["points"], most=line["most"]),
                line["why"],
            )
            rows.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    headers = {"Content-Disposition": 'attachment; filename="samples.csv"', "Cache-Control": "no-store"}
    body = b"\xef\xbb\xbf" + sheet.getvalue().encode("utf-8", "replace")  # a spreadsheet takes it for UTF-8 then
    return web.Response(body=body, content_type="text/csv", charset="utf-8", headers=headers)


def seed_of(site: Site) -> str:
    """By what lots are drawn: nobody who talks to citizens can tell it beforehand."""
    return hashlib.sha256(site.secret + b" samples").hexdigest()


async def _listed(site: Site, actor: Actor) -> list[Sampled]:
    return await site.store.read(sampling.listed, site.institutions, by=actor, at=site.clock(), seed=seed_of(site))


async def _change(
    request: web.Request, f: Callable[..., Any], given: Any, typed: Mapping[str, str], done: str
) -> web.Response:
    actor, site, key = await sessions.require(request), request.app[SITE], int(request.match_info["id"])
    try:
        await site.store.run(f, site.institutions, key, given, by=actor, at=site.clock(), seed=seed_of(site))
    except (NotDrawn, *WRONG) as error:
        return await _page(request, actor, typed=typed, error=error)
    return go(f"{PLACE}/{key}?done={done}")


async def _page(
    request: web.Request, actor: Actor, *, typed: Mapping[str, str] | None = None, error: Exception | None = None
) -> web.Response:
    site, reader, key = request.app[SITE], reader_of(request), int(request.match_info["id"])
    try:
        found = await site.store.read(
            sampling.opened, site.institutions, key, by=actor, at=site.clock(), seed=seed_of(site)
        )
    except (NotDrawn, OnlyLooks) as gone:
        raise Refused(
            404, "抽查里没有这次对话，或您不能看它。", "That talk is not in the sample, or not yours to see."
        ) from gone
    institution = site.institutions[found.sampled.talk.institution]
    status, problem = _why(error, institution, reader) if error else (200, "")
    done = request.query.get("done", "") if request.method == "GET" else ""
    context = {
        **_talk(found, institution, reader),
        "row": _row(found.sampled, site, reader),
        "lines": _lines(found, institution, reader, typed or {}),
        "may_score": sampling.reviews(actor) and _open_to(found, actor),
        "may_reply": _replies(found, actor),
        "typed": (typed or {}).get("text", ""),
        "most": sampling.REPLY,
        "longest": sampling.WHY,
        "problem": problem,
        "done": reader.t(f"done.{done}") if done in DONE else "",
    }
    return await page(request, "sample.html", context, status=status)


def _open_to(found: Heard, actor: Actor) -> bool:
    """Whether this reviewer may still score it."""
    score = found.sampled.score
    if found.sampled.talk.handler == actor.name:
        return False
    return score is None or (score.reviewer == actor.name and score.replied_at is None)


def _replies(found: Heard, actor: Actor) -> bool:
    """Whether it is theirs, scored, and they have said nothing to it."""
    score = found.sampled.score
    return found.sampled.talk.handler == actor.name and score is not None and score.replied_at is None


def _talk(found: Heard, institution: Institution, reader: Reader) -> dict[str, Any]:
    beside = reader.beside(found.who, institution)
    bubbles = desk_history.bubbles(found.lines, (), institution, beside)
    return {"bubbles": [one for one in bubbles if one.text or one.files], "institution": reader.name(institution)}


def _row(one: Sampled, site: Site, reader: Reader) -> dict[str, Any]:
    institution, score = site.institutions[one.talk.institution], one.score
    return {
        "id": one.talk.id,
        "handler": one.talk.handler,
        "ended": reader.moment(one.talk.ended_at, institution),
        "institution": reader.name(institution),
        "number": one.talk.number,
        "score": reader.t("samples.points", points=score.points, most=score.most) if score else "",
        "total": reader.t("samples.total", points=score.points, most=score.most) if score else "",
        "reviewer": score.reviewer if score else "",
        "reply": score.reply if score else "",
        "replied": bool(score and score.replied_at),
    }


def _lines(found: Heard, institution: Institution, reader: Reader, typed: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rubric's lines with what was given: as it was when it was scored, else as it is now."""
    score = found.sampled.score
    given = {line["key"]: line for line in score.lines} if score else {}
    english = reader.language == "en"
    rows = [
        {
            "key": row.key,
            "label": (english and row.label_en) or row.label,
            "what": (english and row.what_en) or row.what,
            "most": row.most,
            "points": typed.get(f"points-{row.key}", given.get(row.key, {}).get("points", "")),
            "why": typed.get(f"why-{row.key}", given.get(row.key, {}).get("why", "")),
        }
        for row in institution.rubric
    ]
    gone = [line for key, line in given.items() if key not in {row["key"] for row in rows}]
    return rows + [{**line, "label": _label(line, reader), "what": ""} for line in gone]


def _label(line: Mapping[str, Any], reader: Reader) -> str:
    return str((reader.language == "en" and line["label_en"]) or line["label"])


def _homes(site: Site, actor: Actor) -> Sequence[str]:
    return sorted(set(site.homes.values())) if actor.institution is None else [actor.institution]


def _why(error: Exception, institution: Institution, reader: Reader) -> tuple[int, str]:
    match error:
        case BadScore(key=key, most=most):
            row = next((one for one in institution.rubric if one.key == key), None)
            label = key if row is None else (reader.language == "en" and row.label_en) or row.label
            return 422, reader.t("wrong.score", line=label, most=most)
        case Settled():
            return 409, reader.t("wrong.settled")
        case Empty():
            return 422, reader.t("wrong.empty")
    return 403, reader.t("wrong.own_score")
