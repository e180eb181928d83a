"""One running Jiesu and one browser for all the days that a worker plays."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.e2e import browsing
from tests.e2e.days import cast

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.e2e.days.cast import Stage
    from tests.e2e.serving import Server


SAVED = Path(__file__).parents[3] / "build" / "pictures"


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Server]:
    """The Jiesu; not built where there is no browser."""
    server = cast.built(tmp_path_factory.mktemp("days"))
    yield server
    server.stop()


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def stage(running: Server, chromium: str) -> AsyncIterator[Stage]:
    """Where the days are played; pictures of what is met stay where PICTURES says, else in ``build/pictures``."""
    named = os.environ.get("PICTURES")
    pictures = Path(named) if named else SAVED
    pictures.mkdir(parents=True, exist_ok=True)
    async with browsing.opened(chromium) as browser:
        yield cast.Stage(running, browser, pictures, bool(named))
