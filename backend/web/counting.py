"""What /metrics tells of channels beside what this process counted: read from the store, so that it holds for all processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import Gauge

from backend.services.office import channels
from backend.settings import TERMINAL

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry

    from backend.services.office.channels import State
    from backend.site import Site

FRESH_SECONDS = 15.0
"""So long the last figures are told again: who asks every second costs no more."""


class ChannelGauges:
    """The figures of each channel."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.sends = Gauge(
            "jiesu_sends_last_day",
            "Messages queued in the last 24 hours, by channel, way and outcome (as of the newest 20,000)",
            ("channel", "way", "state"),
            registry=registry,
        )
        self.answered = Gauge(
            "jiesu_answered_p95_seconds",
            "Within how long 95 % of the answers of the last 24 hours were sent, by channel",
            ("channel",),
            registry=registry,
        )
        self.open = Gauge(
            "jiesu_window_open",
            "Citizens who can be written to now because of what they did, by channel that sets a limit",
            ("channel",),
            registry=registry,
        )
        self.gone = Gauge("jiesu_gone", "Citizens who blocked us or left, by channel", ("channel",), registry=registry)
        self.waiting = Gauge(
            "jiesu_inbox_waiting", "Messages whose files are still to be fetched", ("channel",), registry=registry
        )
        self.paused = Gauge("jiesu_paused", "1: nothing is sent by this channel now", ("channel",), registry=registry)
        self._told = -FRESH_SECONDS

    async def refresh(self, site: Site, *, at: float) -> None:
        """Read them anew, unless they are fresh. ``at``: seconds of any clock. Raises: Busy, StoreUnavailable."""
        if at < self._told + FRESH_SECONDS:
            return
        names = [name for name in site.channels if name != TERMINAL]
        found = await site.store.read(channels.states, names, now=site.clock())
        self._told = at
        for gauge in (self.sends, self.answered):
            gauge.clear()
        for name, state in found.items():
            self._tell(name, state, limited=any(way.within for way in site.channels[name].ways))

    def _tell(self, name: str, state: State, *, limited: bool) -> None:
        traffic = state.traffic
        for (way, outcome), count in traffic.sent.items():
            self.sends.labels(name, way or "none", outcome).set(count)
        if traffic.answered is not None:
            self.answered.labels(name).set(traffic.answered)
        if limited:
            self.open.labels(name).set(traffic.open)
        self.gone.labels(name).set(traffic.gone)
        self.waiting.labels(name).set(traffic.waiting)
        self.paused.labels(name).set(int(state.paused is not None))
