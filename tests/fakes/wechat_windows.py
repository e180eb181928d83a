"""How many customer-service messages an account may send to a person, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.wechat_errors import Refusal
from tests.fakes.wechat_world import User, Window

if TYPE_CHECKING:
    from tests.fakes.wechat_world import World

MESSAGE = (5, 48 * 3600.0)  # the person wrote
TOUCH = (3, 60.0)  # clicked in the menu, followed, scanned, tapped an item of a msgmenu


def opened(world: World, user: User, opening: tuple[int, float]) -> None:
    """A person did something; how it adds to what was open before is a setting, since nobody could verify it."""
    quota, lasts = opening
    now, new = world.now(), Window(quota, world.now() + lasts)
    alive = [window for window in user.windows if window.ends > now]
    user.last_seen = now
    match world.settings.quota_rule:
        case "latest":
            user.windows = [new]
        case "apart":
            user.windows = [*alive, new]
        case "max":
            left = max(window.left for window in (*alive, new))
            user.windows = [Window(left, max(window.ends for window in (*alive, new)))]


def spend(world: World, user: User) -> Window:
    """The window that pays for one more message; taking it from there is the caller's. Raises: Refusal."""
    alive = [window for window in user.windows if window.ends > world.now()]
    if not alive:
        raise Refusal(45015)
    paying = [window for window in alive if window.left > 0]
    if not paying:
        raise Refusal(45047)
    return min(paying, key=lambda window: window.ends)
