"""The loops go on whatever happens, and say so no more often than somebody would read it."""

from __future__ import annotations

import asyncio
from typing import Any

import structlog

from backend.jobs import rounds
from backend.jobs.rounds import Round
from backend.store.errors import StoreUnavailable


async def test_a_full_disk_is_not_filled_with_complaints_about_it():
    tries, stop = [], asyncio.Event()

    async def fails(_site, _owner):
        tries.append(1)
        if len(tries) == 20:
            stop.set()
        raise StoreUnavailable("the disk is full", "free some space", full=True)

    nowhere: Any = None
    with structlog.testing.capture_logs() as logs:
        await asyncio.wait_for(rounds._loop(nowhere, "me", Round("deliver", 0.0001, fails), stop), 5)

    assert len(tries) == 20
    assert [(entry["round"], entry["why"]) for entry in logs] == [("deliver", "the disk is full; free some space")]
