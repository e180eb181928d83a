"""The server of an account's owner, behind the fake WeChat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.owner import Owner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.fakes.wechat import FakeWechat


@pytest.fixture
async def owner(wechat: FakeWechat) -> AsyncIterator[Owner]:
    """The server behind the fake's first account; it says ``success`` to everything."""
    async with Owner() as owner:
        wechat.account.callback_url = owner.url
        yield owner
