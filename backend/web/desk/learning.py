"""What was learnt at work: versions with their words and figures, for managers to look through and take back."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from backend.services.office import learning
from backend.services.office.learning import LIVE, RESTORABLE, NeverPassed, NoTeacher, NotLive
from backend.store.models import NoSuchModel
from backend.web import sessions
from backend.web.desk.pages import go, page, reader_of
from backend.web.keys import SITE
from nlp.category.verdict import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiohttp import web

    from backend.domain.case import Actor
    from backend.services.office.learning import Past
    from backend.site import Site
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
}


def setup(app: web.Application) -> None:
    """The page and its two buttons."""
    app.router.add_get(PLACE, show, name="desk-learning")
    app.router.add_post(PLACE + r"/{institution:[a-z0-9_]+}/{number:\d{1,9}}/back", take_back)
    app.router.add_post(PLACE + r"/{institution:[a-z0-9_]+}/{number:\d{1,9}}/live", put_live)


async def show(request: web.Request) -> web.Response:
    """The versions of one institution, newest first."""
    actor = await sessions.require(request)
    served = _served(request.app[SITE], actor)
    wanted = request.query.get("institution", "")
    chosen = next((one for one in served if one.id == wanted), served[0])
    done = request.query.get("done", "")
    return await _page(request, actor, chosen, done=done if done in {"unlearnt", "live"} else "")


async def take_back(request: web.Request) -> web.Response:
    """The version in use is taken back; the one before is live again."""
    return await _change(request, learning.roll_back, "unlearnt")


async def put_live(request: web.Request) -> web.Response:
    """A version that was live before is live again."""
    return await _change(request, learning.go_live, "live")


async def _change(request: web.Request, f: Callable[..., object], done: str) -> web.Response:
    await sessions.form(request)
    actor, site = await sessions.require(request), request.app[SITE]
    home, number = request.match_info["institution"], int(request.match_info["number"])
    try:
        await site.store.run(f, home, number=number, by=actor, at=site.clock())
    except tuple(WRONG) as error:
        served = _served(site, actor)
        chosen = next((one for one in served if one.id == home), served[0])
        return await _page(request, actor, chosen, problem=error)
    site.institutions.follow(await site.store.read(learning.live))
    return go(f"{PLACE}?institution={home}&done={done}")


async def _page(
    request: web.Request, actor: Actor, chosen: Institution, *, done: str = "", problem: Exception | None = None
) -> web.Response:
    site, reader = request.app[SITE], reader_of(request)
    past = None
    try:
        past = await site.store.read(learning.past, chosen.id, by=actor, limit=SHOWN)
    except NoTeacher as error:
        problem = error
    status, key = WRONG[type(problem)] if problem else (200, "")
    context = {
        "institutions": _served(site, actor) if past else (),
        "chosen": chosen,
        "called": reader.name,
        "may": past is not None,
        "versions": [_version(model, past, chosen, reader) for model in past.models] if past else [],
        "checks": past.checks if past else 0,
        "enough": ENOUGH,
        "done": reader.t(f"done.{done}") if done else "",
        "problem": reader.t(key) if key else "",
    }
    return await page(request, "learning.html", context, status=status)


def _served(site: Site, actor: Actor) -> tuple[Institution, ...]:
    """The institutions that may have cases and that this actor may see."""
    homes = sorted(set(site.homes.values())) if actor.institution is None else [actor.institution]
    return tuple(site.institutions[key] for key in homes)


def _version(model: Model, past: Past, institution: Institution, reader: Reader) -> dict[str, Any]:
    return {
        "number": model.number,
        "state": reader.t(f"model.{model.state}"),
        "tone": TONES[model.state],
        "made": reader.moment(model.made_at, institution).text,
        "examples": model.examples,
        "corrected": model.corrected,
        "live": model.state == LIVE,
        "restorable": model.state in RESTORABLE,
        "count": len(model.words),
        "words": _words(model, institution, reader),
        "figures": _figures(model, institution, reader),
        "moves": [_move(move, institution, reader) for move in past.moves.get(model.number, ())],
    }


def _words(model: Model, institution: Institution, reader: Reader) -> list[tuple[str, list[dict[str, Any]]]]:
    """By category, the words with the most support first."""
    rows = sorted(model.words, key=lambda row: (row[0], -row[3], row[1]))
    return [
        (
            _category(institution, key, reader),
            [
                {"word": word, "weight": weight, "support": support, "inside": inside, "outside": outside}
                for _, word, weight, support, inside, outside in group
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
