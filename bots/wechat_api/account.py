"""What each kind of official account may do, as the platform's tables say, and what this one can when asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

YES, NO, PERHAPS = "yes", "no", "perhaps"


class Capability(NamedTuple):
    """One thing that accounts can or cannot do. ``without``: what is missing where it cannot."""

    subscription: str
    verified_subscription: str
    service: str
    verified_service: str
    without: str


CAPABILITIES: Mapping[str, Capability] = {
    "receiving": Capability(YES, YES, YES, YES, "nothing works"),
    "customer_service": Capability(NO, YES, NO, YES, "answers reach citizens only within seconds of their own message"),
    "template": Capability(NO, NO, NO, YES, "news of a case cannot be sent after 48 hours without a message"),
    "subscription_notice": Capability(NO, NO, NO, YES, "citizens cannot subscribe to news of their cases"),
    "codes": Capability(NO, NO, NO, YES, "QR codes that know their place do not exist; print a web link instead"),
    "media": Capability(NO, YES, NO, YES, "voice and video cannot be fetched, photos only by their public address"),
    "menu": Capability(NO, YES, YES, YES, "there is no menu under the chat"),
    "choices": Capability(NO, PERHAPS, NO, PERHAPS, "choices are numbered lines, not buttons"),
}
"""Of the platform's table of interface permissions; PERHAPS: accounts of the same kind were seen to differ."""


@dataclass(frozen=True, slots=True)
class Account:
    """``kind``: service or subscription; ``verified``: the platform has checked who runs it (认证)."""

    kind: str
    verified: bool

    def may(self, capability: str) -> str:
        """YES, NO or PERHAPS."""
        row = CAPABILITIES[capability]
        if self.kind == "service":
            return row.verified_service if self.verified else row.service
        return row.verified_subscription if self.verified else row.subscription

    def can(self, capability: str) -> bool:
        """Whether it is worth trying."""
        return self.may(capability) != NO
