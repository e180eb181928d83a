"""What a channel and a way are called on the desk, and whether a citizen can be reached there now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.settings import TERMINAL
from backend.web.desk.view import Label
from backend.web.desk.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from backend.settings import Settings
    from backend.site import Site
    from backend.store.people import Person
    from backend.store.reach import Reach
    from backend.web.desk.view import Reader
    from bots import Channel
    from institutions.model import Institution

MOST = 5
"""People whose reachability is told one by one."""


def called(settings: Settings, name: str, *, reader: Reader) -> str:
    """``网页聊天``, ``网页聊天（estate）``; a channel that the settings have no more stands for itself."""
    kinds = {channel.name: channel.kind for channel in settings.channel} | {TERMINAL: TERMINAL}
    if name not in kinds:
        return reader.t(f"source.{name}") if f"source.{name}" in WORDS else name
    label = reader.t(f"channel.{kinds[name]}")
    return reader.t("channel.one", kind=label, name=name) if list(kinds.values()).count(kinds[name]) > 1 else label


def way(name: str, *, reader: Reader) -> str:
    """The way by which a message went or was tried; one that we have no word for stands for itself."""
    return reader.t(f"way.{name}") if f"way.{name}" in WORDS else name


def reached(
    site: Site,
    people: Iterable[tuple[Person, Reach]],
    pauses: Mapping[str, tuple[datetime, str]],
    institution: Institution,
    reader: Reader,
) -> list[Label]:
    """Whether each can be written to now; nothing of those whose channel never shuts, such as a page of ours."""
    told: list[Label] = []
    for person, reach in people:
        channel = site.channels.get(person.channel)
        name = called(site.settings, person.channel, reader=reader)
        if person.channel in pauses and channel is not None:
            until, why = pauses[person.channel]
            at = reader.moment(until, institution).text
            told.append(Label(reader.t("reach.paused", channel=name, at=at, why=why), "bad"))
        if channel is None:
            told.append(Label(reader.t("reach.stopped", channel=name), "bad"))
        elif (line := _reached(channel, name, person.gone, reach, reader=reader, home=institution)) is not None:
            told.append(line)
    shown = list(dict.fromkeys(told))
    more = len(shown) - MOST
    return shown if more <= 0 else [*shown[:MOST], Label(reader.t("reach.more", n=more))]


def _reached(
    channel: Channel, name: str, gone: str, reach: Reach, *, reader: Reader, home: Institution
) -> Label | None:
    """None: always, and everybody knows it."""
    if gone:
        key = f"reach.{gone}" if f"reach.{gone}" in WORDS else "reach.gone"
        return Label(reader.t(key, channel=name), "bad")
    limited = [one for one in channel.ways if one.within]
    if not limited:
        return None if channel.ways else Label(reader.t("reach.shut", channel=name), "warn")
    if reach.free and reach.until is not None:
        at = reader.moment(reach.until, home).text
        return Label(reader.t("reach.until", channel=name, at=at, n=reach.free), "good")
    forms = [one.name for one in channel.ways if not one.within and (not one.grant or reach.grants.get(one.grant))]
    if not forms:
        return Label(reader.t("reach.shut", channel=name), "warn")
    ways = reader.t("mark.and").join(way(form, reader=reader) for form in dict.fromkeys(forms))
    return Label(reader.t("reach.forms", channel=name, ways=ways), "warn")
