"""Channels: translation between a platform and the dialog, deciding nothing.

ChannelError
├── NotSent        no byte reached the other side, or it refused for now: try again
├── Uncertain      sent, but no answer came: it may or may not have arrived
├── NotThisWay     this way is shut for this person (a window, a quota, no grant): the next way may be open
├── Unreachable    this person cannot be reached by this channel: do not try again
└── ChannelDown    the whole channel is shut: a token revoked, an account banned, an address not allowed
BadMessage         what a citizen's page sent cannot be read
Refused            what came to a hook is not from the platform, or is no message
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeGuard

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from dialogs.messages import Inbound, Media, News, Outbound, Receipt, Say


class ChannelError(Exception):
    """The other side failed us; the message is for the desk, in Chinese, ``en`` the same for who runs Jiesu.

    ``code``: the platform's own, for the desk and the metrics.
    """

    def __init__(self, message: str, *, code: str = "", en: str = "") -> None:
        super().__init__(message)
        self.code, self.en = code, en or message


class NotSent(ChannelError):
    """Nothing was sent. ``retry_after``: seconds to wait at least; ``everybody``: it holds for the whole channel."""

    def __init__(
        self,
        message: str,
        *,
        retry_after: float | None = None,
        everybody: bool = False,
        code: str = "",
        en: str = "",
    ) -> None:
        super().__init__(message, code=code, en=en)
        self.retry_after, self.everybody = retry_after, everybody


class Uncertain(ChannelError):
    """It was sent and the answer never came. ``cost``: messages that the platform may have counted."""

    def __init__(self, message: str, *, code: str = "", cost: int = 1, en: str = "") -> None:
        super().__init__(message, code=code, en=en)
        self.cost = cost


class NotThisWay(ChannelError):
    """This way is shut for this person now; the message is the reason for the desk."""


class Unreachable(ChannelError):
    """The person blocked us, left, or is gone; the message is the reason for the desk."""


class ChannelDown(ChannelError):
    """Nobody can be reached by this channel until an operator has done something; the message says what."""


class BadMessage(Exception):
    """What came in is no message; ``zh`` and ``en`` say to its sender what is wrong. ``long``: it is only too long."""

    def __init__(self, zh: str, en: str, *, long: bool = False) -> None:
        super().__init__(en)
        self.zh, self.en, self.long = zh, en, long


class Refused(Exception):
    """A call to a hook that is not taken. ``status``: 400, 403 or 413; ``why``: for the log, without its content."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


@dataclass(frozen=True, slots=True)
class Call:
    """An HTTP request of a platform, as it came."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]  # names in small letters
    body: bytes
    at: datetime  # aware, UTC


@dataclass(frozen=True, slots=True)
class Taken:
    """What a call held, verified. ``echo``: answer with just this; ``unknown``: a kind that we do not know, kept raw."""

    messages: tuple[Inbound, ...] = ()
    news: tuple[News, ...] = ()
    echo: bytes | None = None
    unknown: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file on its way from the platform."""

    filename: str
    pieces: AsyncIterator[bytes]


class Gone(ChannelError):
    """The platform has the file no more, or gives it to nobody."""


class TooLarge(ChannelError):
    """The platform gives no file of that size."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of a channel to a person, and when it may be tried; what that is for one person the ledger says."""

    name: str  # web, message, customer_service, subscription, template
    within: bool = False  # only while what the person did lets us: see Inbound.opens
    grant: str = ""  # the template that the person must have allowed
    kinds: frozenset[str] = frozenset()  # the kinds of message it carries; empty: all


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message as the platform shows it. ``rows``: its buttons; ``keys``: they stand below the input field."""

    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    keys: bool = False


@dataclass(frozen=True, slots=True)
class Filled:
    """One field of a form that the platform shows instead of our words; ``cut``: not all of them fit."""

    name: str
    text: str
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person will see of one bubble of ours, and what of it does not fit.

    Each of ``bubbles`` is a message that the platform may count; by a way that fills in a form there are none, but
    the ``form``. ``size`` and ``most`` are counted in ``unit`` (bytes, characters), as the platform counts.
    """

    looks: str  # whose window it is drawn like: wechat, telegram, web, terminal
    bubbles: tuple[Bubble, ...]
    size: int = 0
    most: int = 0  # what one message holds; 0: whatever we write
    unit: str = "characters"
    numbered: bool = False  # the buttons stand as numbers in the words
    form: tuple[Filled, ...] = ()


def plainly(message: Outbound, looks: str) -> Shown:
    """Where everything fits as it is: one bubble, its buttons below it."""
    say = message.say
    rows = (tuple(choice.label for choice in say.choices),) if say.choices else ()
    return Shown(looks, (Bubble(say.text, rows),), size=len(say.text))


class Channel(Protocol):
    """What the rest of the system needs of a platform. Inbound parsing differs by transport and is the channel's own."""

    name: str

    @property
    def ways(self) -> tuple[Way, ...]:
        """How it can reach a person, the best first; ``Outbound.way`` names one."""

    @property
    def window(self) -> timedelta | None:
        """How long after a person's last word the platform lets us write to them freely; None: always."""

    def preview(self, message: Outbound) -> Shown:
        """How ``send`` would show it there, made by the same code. Pure."""
        ...

    async def send(self, message: Outbound) -> Receipt:
        """Deliver one bubble. Raises: NotSent, Uncertain, NotThisWay, Unreachable, ChannelDown."""
        ...


class Platform(Channel, Protocol):
    """A channel whose platform calls a hook of ours, and is called by us."""

    patient: bool  # the answer to its call can say something to the citizen: see ``passive``

    def read(self, call: Call) -> Taken:
        """Verify and parse. Pure. Raises: Refused."""
        ...

    def passive(self, call: Call, says: Sequence[Say]) -> bytes | None:
        """The body of an answer that says all this; None: it does not fit into one, or answers say nothing here."""
        ...

    def acknowledged(self, call: Call) -> bytes:
        """The body of an answer that says nothing but: we have it."""
        ...

    async def fetch(self, media: Media, *, most: int) -> Fetched:
        """A file of a message, at most *most* bytes. Raises: NotSent, Gone, TooLarge, ChannelDown."""
        ...

    async def set_up(self) -> None:
        """Tell the platform where we are; nothing where it knows. Raises: NotSent, ChannelDown."""
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class Answering(Platform, Protocol):
    """A platform whose account may only answer, in the body of our answer to its call."""

    def fits(self, says: Sequence[Say]) -> bool:
        """Whether one answer can say all this."""
        ...

    def parts(self, say: Say) -> list[Say]:
        """The same without its buttons in parts of which each fits, with a short sentence more; several, where it can."""
        ...


def only_answers(channel: Platform) -> TypeGuard[Answering]:
    """Whether nothing ever goes out there by itself."""
    return channel.patient and not channel.ways
