"""An account of the fake WeChat with our channel behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bots.wechat_api.hook import Hook, channel
from tests.fakes.owner import Owner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from typing import Any

    from tests.fakes.wechat import FakeWechat


@pytest.fixture
async def hook(wechat: FakeWechat) -> AsyncIterator[Hook]:
    """Our side, with the settings of a verified service account in safe mode."""
    hook = Hook(wechat, channel(wechat))
    async with Owner(hook) as owner:
        wechat.account.callback_url = owner.url
        yield hook
    await hook.channel.close()


@pytest.fixture
def owner_of(wechat: FakeWechat, hook: Hook) -> Callable[..., Awaitable[Hook]]:
    """Our side with other settings."""

    async def changed(**settings: Any) -> Hook:
        await hook.channel.close()
        hook.channel = channel(wechat, **settings)
        return hook

    return changed
