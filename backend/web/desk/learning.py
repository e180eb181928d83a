"""What was learnt at work: versions with their words and figures, for managers to look through, choose from, take back.

The lexicon as a whole and sentences to try are ``lexicon``'s pages.
"""

from __future__ import annotations

import asyncio
from itertools import groupby
from typing import TYPE_CHECKING, Any

from backend.services.office import choosing, learning
from backend.services.office.choosing import Waiting
from backend.services.office.learning import (
    LIVE,
    PROPOSED,
    REFUSED,
    RESTORABLE,
    LearntMeanwhile,
    NeverPassed,
    NoTeacher,
    NotLive,
)
from backend.store.models import NoSuchModel
from backend.web import sessions
from backend.web.desk import homes
from backend.web.desk.pages import go, page, reader_of
from backend.web.desk.view import first_line
from backend.web.keys import SITE
from nlp.category.verdict import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web

    from backend.domain.case import Actor, Case
    from backend.services.office.learning import Past
    from backend.store.models import Model, Move
    from backend.web.desk.view import Reader
    from institutions.model import Institution

PLACE = "/desk/learning"
SHOWN = 20  # versions
TONES = {"live": "good", "proposed": "wait", "refused": "bad", "rolled_back": "over", "replaced": "over"}
WRONG: dict[type[Exception], tuple[int, str]] = {
    NoTeacher: (403, "wrong.teacher"),
    NotLive: (409, "wrong.not_live"),
    NeverPassed: (409, "wrong.never_passed"),
    NoSuchModel: (404, "wrong.no_model"),
    LearntMeanwhile: (409, "wrong.learnt_meanwhile"),
}
CAME = {REFUSED: "chosen.refused", PROPOSED: "chosen.waits"}
DONE = frozenset({"unlearnt", "live", "chosen", "chosen.refused", "chosen.waits", "chosen.same", "allowed"})


def setup(app: web.Application) -> None:
    """The page and its buttons."""
    app.router.add_get(PLACE, show, name="desk-learning")
    app.router.add_post(PLACE + r"/{institution:[a-z0-9_]+}/{number:\d{1,9}}/back", take_back)
    app.router.add_post(PLACE + r"/{institution:[a-z0-9_]+}/{number:\d{1,9}}/live", put_live)
    app.router.add_post(PLACE + r"/{institution:[a-z0-9_]+}/{number:\d{1,9}}/words", choose)


async def show(request: web.Request) -> web.Response:
    """The versions of one institution, newest first."""
    actor = await sessions.require(request)
    chosen = homes.chosen(request.app[SITE], actor, request.query.get("institution", ""))
    done = request.query.get("done", "")
    return await _page(request, actor, chosen, done=done if done in DONE else "")


async def take_back(request: web.Request) -> web.Response:
    """The version in use is taken back; the one before is live again."""
    return await _change(request, learning.roll_back, "unlearnt")


async def put_live(request: web.Request) -> web.Response:
    """A version that was live before is live again."""
    return await _change(request, learning.go_live, "live")


async def choose(request: web.Request) -> web.Response:
    """Keep the words of a version that are ticked; the others are not learnt again."""
    fields = await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    home, number = request.match_info["institution"], int(request.match_info["number"])
    ticked = (one.partition(":") for one in fields.get("keep", "").split(","))
    kept = {(category, word) for category, _, word in ticked}
    try:
        found, version = await site.store.read(choosing.material, home, number, by=actor)
        left = await asyncio.to_thread(choosing.chosen, found, site.institutions.shipped[home], version, kept)
        model = await site.store.run(choosing.settle, left, version, by=actor, at=site.clock())
    except tuple(WRONG) as error:
        return await _page(request, actor, homes.chosen(site, actor, home), problem=error)
    site.institutions.follow(await site.store.read(learning.live))
    done = CAME.get(model.state, "chosen") if model else "chosen.same"
    return go(f"{PLACE}?institution={home}&done={done}")


async def _change(request: web.Request, f: Callable[..., object], done: str) -> web.Response:
    await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    home, number = request.match_info["institution"], int(request.match_info["number"])
    try:
        await site.store.run(f, home, number=number, by=actor, at=site.clock())
    except tuple(WRONG) as error:
        return await _page(request, actor, homes.chosen(site, actor, home), problem=error)
    site.institutions.follow(await site.store.read(learning.live))
    return go(f"{PLACE}?institution={home}&done={done}")


async def _page(
    request: web.Request, actor: Actor, chosen: Institution, *, done: str = "", problem: Exception | None = None
) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    past, waits = None, Waiting(0, ())
    try:
        past = await site.store.read(learning.past, chosen.id, by=actor, limit=SHOWN)
        waits = await site.store.read(choosing.waiting, chosen.id, by=actor)
    except NoTeacher as error:
        problem = error
    status, key = WRONG[type(problem)] if problem else (200, "")
    context = {
        "institutions": homes.served(site, actor) if past else (),
        "chosen": chosen,
        "called": reader.name,
        "may": past is not None,
        "versions": _versions(past, chosen, reader, request.query.get("version", "")) if past else [],
        "waits": [_waiting(case, chosen, reader) for case in waits.cases] if past else [],
        "waiting": reader.t(
            "learning.waiting.many" if waits.count >= choosing.COUNTED else "learning.waiting", n=waits.count
        )
        if past
        else "",
        "checks": past.checks if past else 0,
        "enough": ENOUGH,
        "done": reader.t(f"done.{done}") if done else "",
        "problem": reader.t(key) if key else "",
    }
    return await page(request, "learning.html", context, status=status)


def _versions(past: Past, institution: Institution, reader: Reader, wanted: str) -> list[dict[str, Any]]:
    """The newest, the live one and the one that is asked for with all their words; the others in short."""
    whole = {model.number for model in past.models[:1]}
    whole |= {model.number for model in past.models if model.state == LIVE or str(model.number) == wanted}
    return [_version(model, past, institution, reader, whole=model.number in whole) for model in past.models]


def _waiting(case: Case, institution: Institution, reader: Reader) -> dict[str, Any]:
    """A correction that waits, its citizen's words masked."""
    told = reader.of(case, institution).private(" ".join(str(case.facts.get("what") or "").split()))
    category = _category(institution, case.category_id, reader)
    return {"number": case.number, "words": first_line(told), "category": category}


def _version(model: Model, past: Past, institution: Institution, reader: Reader, *, whole: bool) -> dict[str, Any]:
    return {
        "whole": whole,
        "number": model.number,
        "state": reader.t(f"model.{model.state}"),
        "tone": TONES[model.state],
        "made": reader.moment(model.made_at, institution).text,
        "examples": model.examples,
        "corrected": model.corrected,
        "live": model.state == LIVE,
        "restorable": model.state in RESTORABLE,
        "count": len(model.words),
        "words": _words(model, institution, reader) if whole else [],
        "figures": _figures(model, institution, reader)[: None if whole else 1],
        "moves": [_move(move, institution, reader) for move in past.moves.get(model.number, ())],
    }


def _words(model: Model, institution: Institution, reader: Reader) -> list[tuple[str, list[dict[str, Any]]]]:
    """By category, the words with the most support first."""
    rows = sorted(model.words, key=lambda row: (row[0], -row[3], row[1]))
    return [
        (
            _category(institution, key, reader),
            [
                {
                    "category": key,
                    "word": word,
                    "weight": weight,
                    "support": support,
                    "inside": inside,
                    "outside": outside,
                }
                for key, word, weight, support, inside, outside in group
            ],
        )
        for key, group in groupby(rows, key=lambda row: row[0])
    ]


def _figures(model: Model, institution: Institution, reader: Reader) -> list[dict[str, Any]]:
    """Each category's cases, right before and after; the sum first."""
    if not model.figures:
        return []
    sums = [sum(column) for column in zip(*model.figures.values(), strict=True)]
    rows = [(reader.t("learning.all"), sums)]
    rows += [(_category(institution, key, reader), list(row)) for key, row in sorted(model.figures.items())]
    return [{"category": name, "n": n, "before": was, "after": now} for name, (n, was, now) in rows]


def _category(institution: Institution, key: str, reader: Reader) -> str:
    """Its name; one that is no more stands for itself."""
    return next((reader.name(one) for one in institution.categories if one.id == key), key)


def _move(move: Move, institution: Institution, reader: Reader) -> str:
    by = reader.t("by.system") if move.by == "system" else move.by
    at = reader.moment(move.at, institution).text
    return reader.t("learning.moved", at=at, by=by, state=reader.t(f"model.{move.state}"))
