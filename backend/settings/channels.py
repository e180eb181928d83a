"""The settings of one channel, by its kind: a page of ours, a Telegram bot, a WeChat account.

What is checked here is what can be seen without asking the platform;
``jiesu doctor`` asks it.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

TERMINAL = "terminal"
"""The channel of ``jiesu chat``; it is always there and has no row of its own."""

_TELEGRAM_TOKEN = re.compile(r"[1-9]\d*:[\w-]{10,}", re.ASCII)
_TELEGRAM_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_APPID = re.compile(r"wx[A-Za-z0-9]{16}")
_WECHAT_TOKEN = re.compile(r"[A-Za-z0-9]{3,32}")
_AES_KEY = re.compile(r"[A-Za-z0-9]{43}")
_FIELD = re.compile(r"[a-z_]+\d+")


class Model(BaseModel):
    """Frozen, and refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def is_address(url: str) -> bool:
    """Whether that is an http address."""
    scheme, _, rest = url.partition("://")
    plain = url == "".join(url.split()) and url.isprintable()
    return scheme in {"http", "https"} and bool(rest.strip("/")) and plain


def _base(url: str) -> str:
    if not is_address(url):
        raise ValueError("this must be an address such as https://api.example.com")
    return url


def _secret(told: str) -> str:
    if not told or not told.isascii() or not told.isprintable() or " " in told:
        raise ValueError("this must be letters, digits and signs, without blanks")
    return told


Base = Annotated[str, AfterValidator(_base)]
Secret = Annotated[str, AfterValidator(_secret)]


class Common(Model):
    """What every channel has. ``institution`` empty: the settings' own."""

    name: str
    institution: str = ""

    @field_validator("name")
    @classmethod
    def _fits_an_address(cls, name: str) -> str:
        plain = name.isascii() and name.replace("-", "").isalnum() and name == name.lower()
        if not plain or name.startswith("-") or name == TERMINAL:
            raise ValueError(f"a name is small letters, digits and hyphens, and not {TERMINAL!r}, which is ours")
        return name


class WebSettings(Common):
    """The citizen's chat page, /chat/NAME."""

    kind: Literal["web"] = "web"


class TelegramSettings(Common):
    """A Telegram bot; its webhook is /hooks/NAME."""

    kind: Literal["telegram"] = "telegram"
    token: str = Field(repr=False)
    mode: Literal["webhook", "polling"] = "webhook"
    secret_token: str = Field(default="", validate_default=True, repr=False)
    groups: Literal["refuse", "bind"] = "refuse"
    api_base: Base = "https://api.telegram.org"

    @field_validator("token")
    @classmethod
    def _is_a_token(cls, token: str) -> str:
        if not _TELEGRAM_TOKEN.fullmatch(token):
            raise ValueError("this must be the token that @BotFather gave: a number, a colon, letters")
        return token

    @field_validator("secret_token")
    @classmethod
    def _is_there_for_a_webhook(cls, secret: str, info: ValidationInfo) -> str:
        if not secret and info.data.get("mode", "webhook") == "webhook":
            raise ValueError(
                'this key is missing: without it anybody could speak for Telegram (or set mode = "polling")'
            )
        if secret and not _TELEGRAM_SECRET.fullmatch(secret):
            raise ValueError("this must be 1 to 256 letters, digits, underscores and hyphens; choose one at random")
        return secret


class Template(Model):
    """A form of a WeChat account: its id, and which of its fields takes which of our facts; empty: none does."""

    id: str = Field(min_length=1)
    case: str = ""
    state: str = ""
    at: str = ""
    note: str = Field(default="", validate_default=True)

    @field_validator("case", "state", "at", "note")
    @classmethod
    def _is_a_field(cls, field: str, info: ValidationInfo) -> str:
        if field and not _FIELD.fullmatch(field):
            raise ValueError("this must be a field of the template, such as thing4")
        if info.field_name == "note" and not field and not any(info.data.get(key) for key in ("case", "state", "at")):
            raise ValueError("the template says nothing: give at least one of case, state, at and note its field")
        return field

    @property
    def fields(self) -> dict[str, str]:
        """Our facts that have a field."""
        told = {"case": self.case, "state": self.state, "at": self.at, "note": self.note}
        return {name: field for name, field in told.items() if field}


Templates = dict[Literal["status", "message", "survey", "nudge"], Template]
"""By the kinds of message that go out by themselves, so that a form can be needed for them."""


class WechatSettings(Common):
    """A WeChat official account; its server address is /hooks/NAME."""

    kind: Literal["wechat"] = "wechat"
    appid: str
    secret: Secret = Field(repr=False)
    token: str = Field(repr=False)
    mode: Literal["safe", "plain"] = "safe"
    aes_key: str = Field(default="", validate_default=True, repr=False)
    previous_aes_key: str = Field(default="", repr=False)
    account: Literal["service", "subscription"] = "service"
    verified: bool = False
    api_base: Base = "https://api.weixin.qq.com"
    templates: Templates = Field(default_factory=dict)
    subscriptions: Templates = Field(default_factory=dict)

    @field_validator("appid")
    @classmethod
    def _is_an_appid(cls, appid: str) -> str:
        if not _APPID.fullmatch(appid):
            raise ValueError("this must be the account's AppID: wx and 16 letters and digits")
        return appid

    @field_validator("token")
    @classmethod
    def _is_a_token(cls, token: str) -> str:
        if not _WECHAT_TOKEN.fullmatch(token):
            raise ValueError("this must be 3 to 32 letters and digits, the same as in the account's console")
        return token

    @field_validator("aes_key", "previous_aes_key")
    @classmethod
    def _is_a_key(cls, key: str, info: ValidationInfo) -> str:
        if not key and (info.field_name == "previous_aes_key" or info.data.get("mode") == "plain"):
            return key
        if not key:
            raise ValueError(
                'this key is missing: the EncodingAESKey of the account\'s console (or set mode = "plain")'
            )
        if not _AES_KEY.fullmatch(key):
            raise ValueError("this must be the 43 letters and digits of the account's EncodingAESKey")
        return key


ChannelSettings = Annotated[WebSettings | TelegramSettings | WechatSettings, Field(discriminator="kind")]
CHANNELS: tuple[type[Common], ...] = (WebSettings, TelegramSettings, WechatSettings)
"""One for each kind."""
KIND_NAMES = ("web", "telegram", "wechat")
