"""What the citizen will see, as their platform will show it, beside the field while its writer pauses. Nothing is kept.

The message is composed by the services that send it and drawn by the channel
that sends it; what does not fit, what it costs and by which way it goes is said
in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp_jinja2

from backend.domain import delivery, rights
from backend.domain.refusals import Missing, WrongMove
from backend.services.cases import view
from backend.services.office import desk
from backend.services.office.desk import OnlyLooks
from backend.services.talks import writing
from backend.web import sessions
from backend.web.api.models import LONGEST_TEXT
from backend.web.desk import channels as desk_channels
from backend.web.desk.pages import reader_of
from backend.web.desk.view import Label
from backend.web.desk.wrong import TooLong, told
from backend.web.errors import STATUSES, Refused
from backend.web.keys import SITE
from dialogs.messages import Choice, Outbound, Peer, Say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aiohttp import web

    from backend.services.office.desk import Whole
    from backend.services.talks.writing import Letter
    from backend.site import Site
    from backend.web.desk.view import Reader
    from bots import Channel, Shown
    from institutions.model import Institution

SENT = frozenset({"say", "ask", "supplement"})
FIELDS = ("until", "lacks")
NOTE = "note"


@dataclass(frozen=True, slots=True)
class Going:
    """The way that a letter would take now."""

    way: str  # empty: none is open
    shut: str  # why not, where none is
    form: bool  # it fills in a form
    limited: bool  # the platform counts what goes this way


def setup(app: web.Application) -> None:
    """One path, asked by the forms as they are typed in."""
    app.router.add_post("/desk/cases/{number}/preview", preview)


async def preview(request: web.Request) -> web.Response:
    """The phone with what is typed by now."""
    typed = await sessions.form(request)
    actor, site, number = await sessions.require(request), request.app[SITE], request.match_info["number"]
    whole = await site.store.read(desk.whole, site.institutions, number, by=actor)
    if not rights.may(actor, "say"):
        raise OnlyLooks(actor.name)
    if (mode := request.query.get("mode", "")) not in SENT:
        raise Refused(422, STATUSES[422].zh, STATUSES[422].en)
    institution = site.institutions[whole.case.institution]
    reader = reader_of(request).of(whole.case, institution, view.unseen(actor, whole.history))
    given = {NOTE: typed.get("text") or typed.get(NOTE, ""), **{key: typed.get(key, "") for key in FIELDS}}
    shown: dict[str, Any] = {"t": reader.t, "problem": "", "phone": None, "remarks": []}
    if any(len(text) > LONGEST_TEXT for text in given.values()):
        shown["problem"] = told(TooLong(LONGEST_TEXT), institution, reader)[1]
    elif any(text.strip() for text in given.values()):
        try:
            letter = await site.store.read(
                writing.would_read, site.institutions, number, mode, given, by=actor, at=site.clock()
            )
        except (Missing, WrongMove) as error:
            shown["problem"] = told(error, institution, reader)[1]
        else:
            shown |= drawn(site, whole, letter, institution, reader)
    response = aiohttp_jinja2.render_template("desk/preview.html", request, shown)
    response.headers["Cache-Control"] = "no-store"
    return response


def drawn(site: Site, whole: Whole, letter: Letter | None, institution: Institution, reader: Reader) -> dict[str, Any]:
    """The phone and what is to be said beside it."""
    channel = site.channels.get(letter.person.channel) if letter else None
    if letter is None or channel is None:
        return {"remarks": [Label(reader.t("preview.nobody"), "bad")]}
    going = _going(channel, letter)
    shown = channel.preview(_outbound(letter, going.way))
    last = next((line.text for line in reversed(whole.talk) if line.who == "citizen" and line.text), "")
    return {
        "phone": {
            "looks": shown.looks,
            "name": desk_channels.called(site.settings, letter.person.channel, reader=reader),
            "before": reader.private(last),
            "bubbles": [(reader.private(one.text), one.rows, one.keys) for one in shown.bubbles],
            "form": [(reader.t(f"preview.field.{one.name}"), reader.private(one.text)) for one in shown.form],
            "size": reader.t(f"preview.size.{shown.unit}", size=shown.size, most=shown.most) if shown.most else "",
            "over": bool(shown.most) and len(shown.bubbles) > 1,
        },
        "remarks": list(_remarks(letter, shown, going, institution, reader)),
    }


def _outbound(letter: Letter, way: str) -> Outbound:
    choices = tuple(Choice(str(one["id"]), str(one["label"])) for one in letter.choices)
    peer = Peer(letter.person.channel, letter.person.address)
    return Outbound(peer, Say(letter.text, choices), "preview", way, letter.kind, letter.fields)


def _going(channel: Channel, letter: Letter) -> Going:
    """By the plan of delivery."""
    ways = {way.name: way for way in channel.ways}
    reach = letter.reach
    open_, shut = delivery.ladder(channel.ways, letter.kind, free=reach.free, grants=reach.grants)
    if not open_:
        return Going("", "；".join(dict.fromkeys(shut)), form=False, limited=False)
    first = ways[open_[0]]
    return Going(first.name, "", form=bool(first.kinds), limited=first.within)


def _remarks(letter: Letter, shown: Shown, going: Going, institution: Institution, reader: Reader) -> Iterator[Label]:
    """What does not fit and how it goes, the worst first."""
    cost = max(len(shown.bubbles), 1)
    if letter.person.gone:
        yield Label(reader.t("preview.gone"), "bad")
    elif not going.way:
        yield Label(reader.t("preview.waits", why=going.shut), "bad")
    elif going.form:
        yield Label(reader.t("preview.form", way=desk_channels.way(going.way, reader=reader)), "warn")
        yield from (Label(reader.t("preview.cut", text=one.text), "warn") for one in shown.form if one.cut)
    elif going.limited and letter.reach.until is not None:
        at = reader.moment(letter.reach.until, institution).text
        yield Label(reader.t("preview.window", at=at, n=letter.reach.free), "good")
        if cost > letter.reach.free:
            yield Label(reader.t("preview.spent", n=cost, left=letter.reach.free), "bad")
    else:
        yield Label(reader.t("preview.always"), "good")
    if cost > 1:
        yield Label(reader.t("preview.parts", n=cost), "warn")
    if shown.numbered:
        yield Label(reader.t("preview.numbered"), "")
    if letter.others:
        yield Label(reader.t("preview.more", n=letter.others), "")
