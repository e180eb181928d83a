"""The talk with the citizen on a case's page: both sides as bubbles, who has the chat, and one place to write.

All of it works by plain forms; with scripts the bubbles look for new ones by
themselves. What the citizen will see is ``preview``'s.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import aiohttp_jinja2
from aiohttp import web

from backend.domain import rights, supplement
from backend.domain.lifecycle import CITIZEN, Status
from backend.services.cases import asking, view
from backend.services.office import desk
from backend.services.privacy import looks
from backend.services.talks import chats
from backend.web import sessions
from backend.web.desk import history as desk_history
from backend.web.desk.fields import lacking
from backend.web.desk.files import pieces
from backend.web.desk.pages import page, reader_of
from backend.web.desk.replies import samples
from backend.web.desk.view import Label, Moment
from backend.web.keys import SITE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from backend.domain.case import Actor
    from backend.services.office.desk import Whole
    from backend.services.talks.chats import Chat
    from backend.site import Site
    from backend.store.outbox import Row
    from backend.web.desk.files import Piece
    from backend.web.desk.view import Reader
    from institutions.model import Institution

NEWEST = 12
"""Bubbles on the case's page; what is older is fetched when it is asked for, and so is the rest of a long one."""
MOST_SHOWN = 800
"""Characters of a bubble on the case's page."""
OWED = frozenset({"queued", "sending", "deferred", "undelivered"})
"""States of a message that stands in nobody's chat yet."""
QUICK, CALM = 4, 15
"""Seconds between two looks for new words: while somebody has the chat, and else."""
MODES = ("say", "ask", "supplement", "note")


@dataclass(frozen=True, slots=True)
class Bubble:
    """One line of the talk as it is drawn."""

    at: Moment
    side: str  # citizen, bot, staff
    text: str
    offered: str = ""  # the choices below it
    files: tuple[tuple[str, Piece | None], ...] = ()
    state: Label | None = None  # what became of it; None: nobody need ask
    why: str = ""
    cut: bool = False  # there is more of the text


def setup(app: web.Application) -> None:
    """The bubbles alone, for the page that looks for new ones; ``all=1``: every one, whole."""
    app.router.add_get("/desk/cases/{number}/talk", show)


async def show(request: web.Request) -> web.Response:
    """The newest bubbles; 204 where the page has them already."""
    actor, site = await sessions.require(request), request.app[SITE]
    whole = await site.store.read(desk.whole, site.institutions, request.match_info["number"], by=actor)
    institution, unseen = site.institutions[whole.case.institution], view.unseen(actor, whole.history)
    shown = view.may_see(actor, whole.case, institution) and looks.open_now(whole.history, by=actor, at=site.clock())
    reader = reader_of(request, shown=shown).of(whole.case, institution, unseen)
    every = request.query.get("all") == "1"
    log = await _log(site, whole, institution, reader, every=every)
    if request.query.get("mark") == log["mark"]:
        return web.Response(status=204, headers={"Cache-Control": "no-store"})
    context = {"talking": log, "here_now": f"/desk/cases/{whole.case.number}", "number": whole.case.number}
    if every and "HX-Request" not in request.headers:
        return await page(request, "case_talk_all.html", context)
    response = aiohttp_jinja2.render_template("desk/case_talk_log.html", request, context | {"t": reader.t})
    response.headers["Cache-Control"] = "no-store"
    return response


async def panel(site: Site, actor: Actor, whole: Whole, institution: Institution, reader: Reader) -> dict[str, Any]:
    """Everything that the case's page says of the talk."""
    log = await _log(site, whole, institution, reader)
    chat: Chat = log.pop("chat")
    return {
        **log,
        **_holder(chat, actor, institution, reader),
        "modes": [(mode, reader.t(f"talking.mode.{mode}")) for mode in MODES],
        "replies": {
            "say": samples(whole, institution, reader, "message"),
            "ask": samples(whole, institution, reader, "message"),
            "supplement": samples(whole, institution, reader, "supplementing"),
        },
        "asks_more": Status.SUPPLEMENTING in whole.moves,
        "lacking": lacking(institution, reader),
        "days": _days(institution, reader),
        "waits": list(_waits(whole, institution, reader)),
    }


async def _log(
    site: Site, whole: Whole, institution: Institution, reader: Reader, *, every: bool = False
) -> dict[str, Any]:
    chat = await site.store.read(chats.beside, whole.case, whole.talk)
    drawn = sorted(bubbles(whole, chat, institution, reader), key=lambda one: datetime.fromisoformat(one.at.iso))
    taken = chat.handover is not None and chat.handover.state == "taken"
    return {
        "chat": chat,
        "every": every,
        "older": 0 if every else len(drawn[:-NEWEST]),
        "bubbles": drawn if every else [_short(one) for one in drawn[-NEWEST:]],
        "count": len(drawn),
        "mark": f"{zlib.crc32(repr(drawn).encode()):x}",
        "seconds": QUICK if taken else CALM,
    }


def _short(one: Bubble) -> Bubble:
    return one if len(one.text) <= MOST_SHOWN else replace(one, text=f"{one.text[:MOST_SHOWN]}……", cut=True)


def bubbles(whole: Whole, chat: Chat, institution: Institution, reader: Reader) -> Iterator[Bubble]:
    """What was said on both sides, then what is still owed or went nowhere."""
    known = {piece.id: piece for piece in pieces(whole.case.number, whole.evidence, private=reader.private)}
    for line, drawn in zip(whole.talk, desk_history.talk(whole, institution, reader), strict=True):
        row = chat.rows.get(line.notice) if line.notice is not None else None
        files = tuple((name, known.get(key) if key is not None else None) for name, key in drawn.files)
        side = "citizen" if drawn.citizen else _side(row)
        yield Bubble(drawn.at, side, drawn.text, drawn.choices, files, *_became(row, reader))
    said = {line.notice for line in whole.talk}
    for row in whole.notices:
        if row.person == whole.case.person and row.id not in said and row.state in OWED:
            offered = "　".join(str(choice["label"]) for choice in row.choices)
            at = reader.moment(row.created_at, institution)
            yield Bubble(at, _side(row), reader.private(row.text), offered, (), *_became(row, reader))


def _side(row: Row | None) -> str:
    return "staff" if row is not None and row.kind == "message" else "bot"


def _became(row: Row | None, reader: Reader) -> tuple[Label | None, str]:
    if row is None:
        return None, ""
    return Label(reader.t(f"state.{row.state}"), desk_history.STATE_TONES.get(row.state, "")), row.reason


def _holder(chat: Chat, actor: Actor, institution: Institution, reader: Reader) -> dict[str, Any]:
    """Who has the chat, in words, and what this reader may do about it."""
    row, may = chat.handover, rights.may(actor, "talk") and bool(chat.channel)
    mine = row is not None and row.state == "taken" and row.taken_by == actor.name
    if row is not None and row.state == "taken":
        at = reader.moment(row.due_at, institution).text if row.due_at else "—"
        held = reader.t("talking.mine", at=at) if mine else reader.t("talking.other", name=row.taken_by)
        return {"held": Label(held, "good" if mine else "warn"), "mine": mine, "may_take": False}
    if row is not None:
        return {"held": Label(reader.t("talking.waiting"), "warn"), "mine": False, "may_take": may}
    held = reader.t("talking.bot") if chat.channel else ""
    return {"held": Label(held), "mine": False, "may_take": may}


def _days(institution: Institution, reader: Reader) -> dict[str, Any]:
    """Until when the citizen may be asked: what is offered, the first day, the last, and what follows."""
    offered = supplement.usual(institution, reader.now)
    most = supplement.latest(institution, reader.now)
    rule = institution.casework.supervision.unanswered
    then = reader.t(f"talking.then.{rule}")
    return {
        "offered": [
            (reader.t("talking.days", n=n), day.isoformat(), asking.called(day, reader.language)) for n, day in offered
        ],
        "most": most.isoformat(),
        "hint": reader.t("talking.day.most", day=asking.called(most, reader.language), then=then),
    }


def _waits(whole: Whole, institution: Institution, reader: Reader) -> Iterator[str]:
    """What the citizen is waited for: a question, or something by a day."""
    told: Mapping[str, Any] = whole.case.record.get("supplement", {})
    if supplement.until(institution, whole.case) is not None:
        day = asking.called(date.fromisoformat(told["until"]), reader.language)
        yield reader.t("talking.until", day=day)
        if told.get("lacks"):
            yield reader.t("talking.lacks", lacks=asking.labels(told["lacks"], reader.language))
        remind = supplement.remind_at(whole.case)
        if remind is not None:
            yield reader.t("talking.remind", at=reader.moment(remind, institution).text)
        yield reader.t(f"talking.then.{institution.casework.supervision.unanswered}")
    elif _asked(whole):
        yield reader.t("talking.waits")


def _asked(whole: Whole) -> bool:
    """Whether a question was put and the citizen has said nothing since."""
    said: Sequence[Any] = [event for event in whole.history if event.what in {"said", "evidence"}]
    return bool(said) and said[-1].by != CITIZEN and bool(said[-1].detail.get("asks"))
