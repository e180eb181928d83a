"""/desk/channels: how each channel does, from what came in to what became of what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.services.office import channels
from backend.settings import TERMINAL
from backend.web import sessions
from backend.web.desk import channels as desk_channels
from backend.web.desk.history import STATE_TONES
from backend.web.desk.pages import page, reader_of
from backend.web.desk.view import Label
from backend.web.keys import SITE

if TYPE_CHECKING:
    from aiohttp import web

    from backend.services.office.channels import State
    from backend.site import Site
    from backend.web.desk.view import Reader

PLACE = "/desk/channels"


def setup(app: web.Application) -> None:
    """One page."""
    app.router.add_get(PLACE, show, name="desk-channels")


async def show(request: web.Request) -> web.Response:
    """The channels of this actor's institution."""
    actor, site, reader = await sessions.require(request), request.app[SITE], reader_of(request)
    names = [name for name in site.channels if name != TERMINAL and actor.institution in {None, site.homes[name]}]
    found = await site.store.read(channels.states, names, now=site.clock())
    rows = [_row(site, name, found[name], reader) for name in names]
    return await page(request, "channels.html", {"rows": rows, "newest": f"{channels.NEWEST:,}"})


def _row(site: Site, name: str, state: State, reader: Reader) -> dict[str, Any]:
    home, traffic = site.institution_of(name), state.traffic
    facts = [(reader.t("channels.received"), f"{traffic.received:,}")]
    if traffic.answered is not None:
        facts.append((reader.t("channels.answered"), reader.t("channels.seconds", n=f"{traffic.answered:.1f}")))
    if any(way.within for way in site.channels[name].ways):
        facts.append((reader.t("channels.open"), f"{traffic.open:,}"))
    if name in site.platforms:
        facts.append((reader.t("channels.gone"), f"{traffic.gone:,}"))
    if traffic.waiting:
        facts.append((reader.t("channels.waiting"), f"{traffic.waiting:,}"))
    return {
        "name": desk_channels.called(site.settings, name, reader=reader),
        "home": reader.t("channels.home", name=reader.name(home)),
        "state": _state(state, reader, at=reader.moment(state.paused, home).text if state.paused else ""),
        "trouble": state.trouble,
        "facts": facts,
        "sent": [
            {
                "way": desk_channels.way(way, reader=reader) if way else reader.t("channels.no_way"),
                "state": Label(reader.t(f"state.{outcome}"), STATE_TONES.get(outcome, "")),
                "count": f"{count:,}",
            }
            for (way, outcome), count in sorted(traffic.sent.items())
        ],
    }


def _state(state: State, reader: Reader, *, at: str) -> Label:
    return (
        Label(reader.t("channels.paused", at=at), "bad") if state.paused else Label(reader.t("channels.fine"), "good")
    )
