"""Channels: translation between a platform and the dialog, deciding nothing.

ChannelError
├── NotSent        no byte reached the other side, or it refused for now: try again
├── Uncertain      sent, but no answer came: it may or may not have arrived
└── Unreachable    this person cannot be reached this way: do not try again
BadMessage         what came in cannot be read
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import timedelta

    from dialogs.messages import Outbound, Receipt


class ChannelError(Exception):
    """The other side failed us."""


class NotSent(ChannelError):
    """Nothing was sent; ``retry_after`` says how many seconds to wait at least."""

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Uncertain(ChannelError):
    """It was sent and the answer never came."""


class Unreachable(ChannelError):
    """The person blocked us, left, or the window is shut; the message is the reason for the desk."""


class BadMessage(Exception):
    """What came in is no message; ``zh`` and ``en`` say to its sender what is wrong. ``long``: it is only too long."""

    def __init__(self, zh: str, en: str, *, long: bool = False) -> None:
        super().__init__(en)
        self.zh, self.en, self.long = zh, en, long


class Channel(Protocol):
    """What the rest of the system needs of a platform. Inbound parsing differs by transport and is the channel's own."""

    name: str

    @property
    def window(self) -> timedelta | None:
        """How long after a person's last word the platform lets us write to them freely; None: always."""

    async def send(self, message: Outbound) -> Receipt:
        """Deliver one bubble. Raises: NotSent, Uncertain, Unreachable."""
        ...
