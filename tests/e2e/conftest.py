"""What the end-to-end tests share: a running Jiesu in a folder of its own, and a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e import browsing
from tests.e2e.serving import Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from playwright.async_api import Browser


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Jiesu on SQLite, which the tests of a module share."""
    running = Server(tmp_path_factory.mktemp("jiesu"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path."""
    path = browsing.chromium()
    if path is None:
        pytest.skip(browsing.MISSING)
    if not browsing.has_fonts():
        pytest.skip(browsing.NO_FONTS)
    return path


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """A browser without a window."""
    async with browsing.opened(chromium) as running:
        yield running
