"""What the fake WeChat knows: accounts, people, tokens, templates, files, codes. Plain state and its questions.

The rules that change it stand in the other ``wechat_`` modules, the network in ``wechat.py``.
"""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from tests.fakes.wechat_errors import Refusal

if TYPE_CHECKING:
    from tests.fakes.clock import VirtualClock
    from tests.fakes.wechat_faults import Fault

BEIJING = 8 * 3600
DAY = 86_400
MEDIA_LIFE = 259_200  # three days


@dataclass
class Settings:
    """Behaviour that the reference could not verify, or that differs by account: each a switch, its default first."""

    quota_rule: Literal["max", "latest", "apart"] = "max"  # how the quotas of two triggers combine
    passive_uses_quota: bool = False
    reply_bytes: int = 2048  # the longest text of an answer
    text_bytes: int = 2048  # … and of a customer-service message
    plain_token_overlap: float = 300.0  # how long the token before stays good after /cgi-bin/token
    bizsend_gives_id: bool = False  # owners complain that its answer names no msgid, only the event does
    change_event_wrapper: str = "SubscribeMsgChangeEvent"  # an official sample had SubscribeMsgPopupEvent
    escapes_refused: bool = True  # 40033 for JSON with \\uxxxx
    code_life: float = 300.0  # an OAuth code
    picture_life: float = 259_200.0  # a PicUrl
    snapshot_user: bool = False  # OAuth gives the virtual user of a snapshot page
    on_timeout: Literal["cut", "overlap"] = "cut"  # what becomes of a connection after five seconds
    patience: float = 5.0  # seconds that the platform waits for an answer
    tries: int = 3
    skew: float = 0.0  # seconds by which the platform's stamps are wrong
    job_delay: float = 1.0  # seconds until the result of a template message
    job_results: list[str] = field(default_factory=list)  # of the next ones; see wechat_sending.announce
    forbidden_words: tuple[str, ...] = ("彩票",)
    templates_a_day: int = 100_000
    tokens_a_day: int = 2000
    handover_lasts: float = 1800.0


@dataclass
class Account:
    """An official account and what its owner set in the console."""

    appid: str = "wx1234567890abcdef"
    secret: str = "0123456789abcdef0123456789abcdef"
    token: str = "JiesuToken"
    eak: str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    prev_eak: str = ""
    push_with_previous: bool = False  # the platform may use the old key for a while
    gh_id: str = "gh_0123456789ab"
    name: str = "接诉"
    kind: Literal["service", "subscription"] = "service"
    verified: bool = True
    entity: Literal["gov", "media", "enterprise", "personal"] = "gov"
    mode: Literal["safe", "compat", "plain"] = "safe"
    format: Literal["xml", "json"] = "xml"
    test_account: bool = False
    msgmenu: bool | None = None  # None: as most accounts of its kind
    ip_whitelist: frozenset[str] | None = None
    callback_url: str = ""
    menu: dict[str, Any] | None = None
    menu_at: float = 0.0

    @property
    def full(self) -> bool:
        """A verified service account: the only kind that may do everything."""
        return self.kind == "service" and self.verified

    @property
    def has_msgmenu(self) -> bool:
        return self.full and not self.test_account if self.msgmenu is None else self.msgmenu


@dataclass
class Window:
    """So many messages until then."""

    left: int
    ends: float


@dataclass
class Bubble:
    """One thing that a person sees in their phone, in order."""

    seq: int
    at: float
    who: Literal["me", "account", "system"]
    kind: str  # text, image, voice, video, location, news, menu, template, notice, tip, event
    text: str = ""
    url: str = ""  # of a picture or file, below the fake's own address
    items: list[dict[str, str]] = field(default_factory=list)  # of a msgmenu: id, content
    fields: dict[str, str] = field(default_factory=dict)  # of a template
    way: str = ""  # passive, customer_service, template, subscription, one_time
    id: str = ""  # MsgId or msgid
    link: str = ""


@dataclass
class User:
    """A person, as one account knows them."""

    appid: str
    openid: str
    subscribed: bool = False
    since: int = 0
    unionid: str = ""
    scene: str = ""
    blocked_receive: bool = False  # 48002
    blacklisted: bool = False  # 43019
    windows: list[Window] = field(default_factory=list)
    grants: Counter[str] = field(default_factory=Counter)  # subscription notices, by template
    refused: set[str] = field(default_factory=set)  # templates turned off in the settings
    consents: Counter[str] = field(default_factory=Counter)  # one-time messages, by template
    view: list[Bubble] = field(default_factory=list)
    last_seen: float = 0.0
    typing_until: float = 0.0
    kf_account: str = ""  # who of the human staff talks to them
    kf_until: float = 0.0


@dataclass
class Token:
    """An access token; ``dead_at``: when a newer one ended it."""

    appid: str
    kind: Literal["plain", "stable"]
    value: str
    ends: float
    dead_at: float = float("inf")


@dataclass
class Template:
    """A template of one of the two systems; its fields are named TYPE + number."""

    id: str
    kind: Literal["tmpl", "sub"]
    title: str
    fields: tuple[str, ...]


@dataclass
class MediaFile:
    """A temporary file."""

    id: str
    kind: str  # image, voice, video, thumb
    data: bytes
    filename: str
    content_type: str
    ends: float


@dataclass
class Qr:
    """A parametric QR code; ``ends`` None: for ever."""

    ticket: str
    appid: str
    scene: str
    ends: float | None


@dataclass
class Code:
    """An OAuth code."""

    appid: str
    openid: str
    scope: str
    ends: float
    used: bool = False


@dataclass
class ApiCall:
    """What somebody asked of the platform, and what it answered."""

    endpoint: str
    method: str
    query: dict[str, str]
    body: Any
    at: float
    status: int = 0
    answer: Any = None

    @property
    def errcode(self) -> int | None:
        return self.answer.get("errcode", 0) if isinstance(self.answer, dict) else None


@dataclass
class World:
    """Everything, in memory."""

    clock: VirtualClock
    settings: Settings = field(default_factory=Settings)
    accounts: dict[str, Account] = field(default_factory=dict)
    users: dict[tuple[str, str], User] = field(default_factory=dict)
    tokens: dict[str, Token] = field(default_factory=dict)
    forced: dict[str, list[float]] = field(default_factory=dict)  # force_refresh, by account
    templates: dict[tuple[str, str], Template] = field(default_factory=dict)
    media: dict[str, MediaFile] = field(default_factory=dict)
    qr: dict[str, Qr] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    msgids: dict[tuple[str, str, str], tuple[float, int]] = field(default_factory=dict)  # client_msg_id
    counters: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)
    calls: list[ApiCall] = field(default_factory=list)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def now(self) -> float:
        return self.clock.now()

    def fresh(self, what: str) -> str:
        """128 hexadecimal digits that were not there before; the same ones at every run."""
        return hashlib.sha512(f"{what} {next(self._numbers)}".encode()).hexdigest()

    def number(self) -> int:
        """A 64-bit id above 2**53: who keeps it in a float loses it."""
        return 23_456_789_012_345_000 + next(self._numbers)

    def account(self, appid: str) -> Account:
        """Raises: Refusal."""
        if appid not in self.accounts:
            raise Refusal(40013)
        return self.accounts[appid]

    def only(self, appid: str | None = None) -> Account:
        """That account, or the first."""
        return self.account(appid) if appid else next(iter(self.accounts.values()))

    def user(self, account: Account, openid: str) -> User:
        """That person, who may be new and a follower of nothing."""
        return self.users.setdefault((account.appid, openid), User(account.appid, openid))

    def known(self, account: Account, openid: object) -> User:
        """A person that this account has met. Raises: Refusal."""
        user = self.users.get((account.appid, openid)) if isinstance(openid, str) else None
        if user is None:
            raise Refusal(40003)
        return user

    def file(self, media_id: object) -> MediaFile:
        """Raises: Refusal: there is none, or its three days are over."""
        kept = self.media.get(media_id) if isinstance(media_id, str) else None
        if kept is None or kept.ends <= self.now():
            raise Refusal(40007)
        return kept

    def keep(self, kind: str, data: bytes, filename: str, content_type: str) -> MediaFile:
        media_id = f"{kind}-{self.fresh('media')[:48]}"
        name = filename or f"{media_id}.bin"
        kept = MediaFile(media_id, kind, data, name, content_type, self.now() + MEDIA_LIFE)
        self.media[media_id] = kept
        return kept

    def count(self, what: str, appid: str, *, period: int, most: int, code: int = 45009) -> None:
        """Count one more of *what*. Raises: Refusal: it is one too many in this day or minute of Beijing."""
        key = (what, appid, int(self.now() + BEIJING) // period)
        self.counters[key] += 1
        if self.counters[key] > most:
            raise Refusal(code)

    def show(self, user: User, bubble: Bubble) -> Bubble:
        """Put something into a person's phone."""
        shown = replace(bubble, seq=next(self._numbers), at=self.now())
        user.view.append(shown)
        return shown


def bubble(who: Literal["me", "account", "system"], kind: str, text: str = "", **more: Any) -> Bubble:
    """One that has no place yet: ``World.show`` gives it one."""
    return Bubble(0, 0.0, who, kind, text, **more)
