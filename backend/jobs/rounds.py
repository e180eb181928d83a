"""The background loops: each does one round of its work, sleeps, and goes on until it is told to stop.

Told so, it ends the round it is in: a notice that was sent is also recorded,
and so is not sent once more by the next process. A round that fails is logged and tried again at its next turn: jobs never stop
because one case is odd.
"""

from __future__ import annotations

import asyncio
import math
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from backend.arrivals import Arrivals
from backend.jobs import (
    bulletins,
    campaigns,
    checking,
    clocks,
    forecasting,
    learning,
    letters,
    missed,
    reporting,
    retention,
    rising,
    totals,
    wording,
)
from backend.jobs.deliver import deliver
from backend.jobs.notify import notify
from backend.services.cases import rewards, sealing, visits
from backend.services.files import evidence
from backend.services.office import notifying
from backend.services.talks import albums, drafts, reach, steps, takeover
from backend.store.errors import Busy, StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from backend.site import Site
    from backend.store.work import UnitOfWork

log = structlog.get_logger()

CALLS_FOR = timedelta(days=30)
"""Calls of platforms that nobody understood are kept so long for whoever looks into them."""
QUIET_SECONDS = 60.0
"""A round that waits for the database says so no more often."""
ORPHANS_AFTER = timedelta(hours=24)
"""Evidence bytes that no row names by then were left by a message that never was committed."""


@dataclass(frozen=True, slots=True)
class Round:
    """One kind of work and how often it is looked for."""

    name: str
    every: float  # seconds
    work: Callable[[Site, str], Awaitable[int]]
    rings: bool = False  # it begins at once when something was owed


async def ask_back(site: Site, _owner: str) -> int:
    """Send the visit-backs whose time has come, close those that stayed silent, each in a unit of its own: an odd one stops no other."""
    done = 0
    for turn in await site.store.read(visits.waiting, site.institutions, at=site.clock()):
        try:
            done += await site.store.run(visits.take, site.institutions, turn, at=site.clock())
        except (Busy, StoreUnavailable):
            raise
        except Exception:
            log.exception("a visit-back cannot be looked after", case=turn.number, turn=turn.what)
    return done


async def answer_albums(site: Site, _owner: str) -> int:
    """Answer photos that came together, each citizen's in a unit of its own: an odd one stops no other."""
    keys = await site.store.read(albums.waiting, site.institutions, at=site.clock())
    for key in keys:
        try:
            await site.store.run(albums.turn, site.institutions, key, at=site.clock())
        except (Busy, StoreUnavailable):
            raise
        except Exception:
            log.exception("photos cannot be answered", person=key[0], institution=key[1])
            await site.store.run(drafts.put_off, key, at=site.clock())
    return len(keys)


async def look_after_drafts(site: Site, _owner: str) -> int:
    """Remind, warn, close and delete what citizens began and left, each in a unit of its own: an odd one stops no other."""
    windows = {name: channel.window for name, channel in site.channels.items()}
    keys = await site.store.read(drafts.waiting, at=site.clock())
    for key in keys:
        try:
            await site.store.run(drafts.turn, site.institutions, windows, key, at=site.clock())
        except (Busy, StoreUnavailable):
            raise
        except Exception:
            log.exception("a draft cannot be looked after", person=key[0], institution=key[1])
            await site.store.run(drafts.put_off, key, at=site.clock())
    return len(keys)


async def count_silence(site: Site, _owner: str) -> int:
    """Count whoever left a question open for a day as gone, each in a unit of its own."""
    keys = await site.store.read(steps.silent, at=site.clock())
    noted = [await site.store.run(steps.note_silence, site.institutions, key, at=site.clock()) for key in keys]
    return sum(noted)


async def look_after_handovers(site: Site, _owner: str) -> int:
    """File the dangers that are being told, excuse persons who did not come, each in a unit of its own."""
    due = await site.store.read(takeover.due, at=site.clock())
    for handover in due:
        try:
            await site.store.run(takeover.turn, site.institutions, handover, at=site.clock())
        except (Busy, StoreUnavailable):
            raise
        except Exception:
            log.exception("a handover cannot be looked after", handover=handover)
            await site.store.run(takeover.put_off, handover, at=site.clock())
    return len(due)


async def lapse_rewards(site: Site, _owner: str) -> int:
    """Rewards that nobody has claimed in time are void."""
    return await site.store.run(rewards.lapse, site.institutions, at=site.clock())


async def seal(site: Site, _owner: str) -> int:
    """Fix the heads of the cases changed since the last seal."""
    return await site.store.run(sealing.seal, at=site.clock())


async def sweep(site: Site, _owner: str) -> int:
    """Drop ended sessions and evidence bytes that belong to nothing."""
    at = site.clock()
    ended = await site.store.run(_sweep_sessions, site)
    await site.store.run(_sweep_inbox, before=at - CALLS_FOR)
    await site.store.run(_sweep_news, before=at - notifying.KEPT_FOR)
    return ended + await evidence.sweep(site.store, site.evidence, before=at - ORPHANS_AFTER)


async def look_after_results(site: Site, _owner: str) -> int:
    """Platforms that never told what became of a message are waited for no longer."""
    return await site.store.run(reach.give_up, at=site.clock())


async def catch_up(site: Site, owner: str) -> int:
    """Work on the messages whose files had to be fetched first."""
    return await Arrivals(site, owner).catch_up() if site.platforms else 0


async def try_again(site: Site, owner: str) -> int:
    """Work once more on the messages that a fault of ours kept from being understood."""
    return await Arrivals(site, owner).try_again() if site.platforms else 0


ROUNDS = (
    Round("visit-back", 10, ask_back),
    Round("campaigns", 5, campaigns.ask),
    Round("bulletins", 300, bulletins.tell),
    Round("clocks", 60, clocks.look),
    Round("albums", 1, answer_albums),
    Round("drafts", 30, look_after_drafts),
    Round("handovers", 5, look_after_handovers),
    Round("silence", 3600, count_silence),
    Round("results", 30, look_after_results),
    Round("rewards", 3600, lapse_rewards),
    Round("seal", 3600, seal),
    Round("check", 5, checking.check),
    Round("sweep", 6 * 3600, sweep),
    Round("learn", 60, learning.learn),
    Round("forecast", 60, forecasting.learn),
    Round("erase", 1800, retention.erase),
    Round("totals", 45, totals.count),
    Round("rising", 900, rising.Watch().look),
    Round("words", 600, totals.cut_words),
    Round("reports", 600, reporting.tell),
    Round("letters", 30, letters.send),
    Round("notify", 5, notify),
    Round("missed", 10, missed.look),
)
"""What one process may do for all."""

FOLLOWING = (
    Round("follow", 30, learning.follow),
    Round("speak", 1, wording.follow),
    Round("deliver", 0.5, deliver, rings=True),
    Round("inbox", 1, catch_up),
    Round("stumbles", 20, try_again),
)
"""What every process that understands texts does for itself."""


async def run(site: Site, owner: str, stop: asyncio.Event, turns: Sequence[Round] = (*FOLLOWING, *ROUNDS)) -> None:
    """Run every loop until *stop* is set and the rounds in progress are over."""
    async with asyncio.TaskGroup() as tasks:
        for each in turns:
            tasks.create_task(_loop(site, owner, each, stop), name=each.name)


async def _loop(site: Site, owner: str, each: Round, stop: asyncio.Event) -> None:
    told = -math.inf
    while not stop.is_set():
        done = 0
        try:
            done = await each.work(site, owner)
        except (Busy, StoreUnavailable) as error:
            if told < time.monotonic() - QUIET_SECONDS:  # a full disk must not be filled with this
                told = time.monotonic()
                log.warning("a round waits for the database", round=each.name, why=str(error))
        except Exception:
            log.exception("a round failed", round=each.name)
        if not done:
            await _wait(site, each, stop)


async def _wait(site: Site, each: Round, stop: asyncio.Event) -> None:
    """Until its next turn, or until it is told to stop, or rung for."""
    if not each.rings:
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), each.every)
        return
    waiting = [asyncio.ensure_future(event.wait()) for event in (stop, site.ring)]
    await asyncio.wait(waiting, timeout=each.every, return_when=asyncio.FIRST_COMPLETED)
    for one in waiting:
        one.cancel()
    site.ring.clear()


def _sweep_inbox(work: UnitOfWork, *, before: datetime) -> int:
    return work.inbox.forget_done(before=before)


def _sweep_news(work: UnitOfWork, *, before: datetime) -> int:
    return work.notifications.forget(before=before)


def _sweep_sessions(work: UnitOfWork, site: Site) -> int:
    return work.accounts.sweep(site.clock())
