"""Settings: ``jiesu.toml``, read once, typed, with the culprit named when something is wrong.

A value written ``"env:NAME"`` is taken from the environment. Relative paths
are relative to the file. With no file the defaults serve one web channel.
Values are never repeated in a complaint: they may be secret.
"""

from __future__ import annotations

import os
import secrets
import string
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field, PrivateAttr, ValidationError, field_validator

from backend.settings.channels import (
    KIND_NAMES,
    TERMINAL,
    ChannelSettings,
    Model,
    TelegramSettings,
    WebSettings,
    WechatSettings,
    is_address,
)
from backend.settings.notify import MailSettings, NotifySettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

__all__ = [
    "TERMINAL",
    "BadPort",
    "BadSettings",
    "ChannelSettings",
    "KeyNotKept",
    "MailSettings",
    "NotifySettings",
    "Settings",
    "TelegramSettings",
    "WebSettings",
    "WechatSettings",
    "cache_folder",
    "load",
    "secret",
]

FILE = "jiesu.toml"
ENV = "env:"
TILE = ("{z}", "{x}", "{y}")
IN_ADDRESS = frozenset(string.ascii_letters + string.digits + "-._~:/?=&%@{}")
"""Characters of a tile's address; none that a browser's policy would read as its own."""
SHORTEST_KEY = 16  # characters

PLAIN = {
    "missing": "this key is missing",
    "extra_forbidden": "there is no such key",
    "string_type": "this must be text in quotation marks",
    "literal_error": "this must be {expected}",
    "tuple_type": "this must be a list; a channel is written under [[channel]]",
    "model_type": "this must be a table of keys and values",
    "model_attributes_type": "this must be a table of keys and values",
    "dict_type": "this must be a table of keys and values",
    "bool_type": "this must be true or false",
    "bool_parsing": "this must be true or false",
    "string_too_short": "this must not be empty",
    "union_tag_not_found": "this key is missing",
    "union_tag_invalid": "this must be {expected_tags}",
}
"""Pydantic's error types in an operator's words."""

NOT_SET = "not in a file"


class BadSettings(Exception):
    """The configuration cannot be used; names file, key and reason."""

    def __init__(self, source: str, key: str, reason: str) -> None:
        super().__init__(f"{source}: {key}: {reason}" if key else f"{source}: {reason}")
        self.source, self.key, self.reason = source, key, reason


class BadPort(Exception):
    """That is no port."""

    def __init__(self, told: str) -> None:
        super().__init__(f"--port must be a number from 1 to 65535, not {told!r}")
        self.told = told


class KeyNotKept(Exception):
    """The key that signs cookies cannot be made."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be kept ({reason}); make its folder writable, or set secret_key in {FILE}")
        self.path = path


class Settings(Model):
    """Everything that can be set, with its default."""

    listen: str = "127.0.0.1:8080"
    public_url: str = ""
    database: str = "sqlite:///var/jiesu.db"
    evidence: str = Field(default="var/evidence", min_length=1)
    secret_key: str = ""
    institution: str = "hotline"
    institutions: str = ""  # a folder with institutions of one's own
    calendar: str = ""  # a file with the days off of years that the program does not know yet
    tiles: str = ""  # where the pictures of a city map come from; with none, maps show only what we know
    channel: tuple[ChannelSettings, ...] = (WebSettings(name="web"),)
    notify: tuple[NotifySettings, ...] = ()  # where people at the desk are told outside the desk
    mail: MailSettings | None = None  # what sends managers their reports
    folder: Path = Field(default=Path(), exclude=True)  # what relative paths are relative to; not a key of the file
    _source: str = PrivateAttr(default=NOT_SET)

    def model_post_init(self, context: Any, /) -> None:
        """Remember the file, for complaints of those who find something wrong later."""
        self._source = (context or {}).get("source", NOT_SET)

    @field_validator("listen")
    @classmethod
    def _is_host_and_port(cls, listen: str) -> str:
        host, _, port = listen.rpartition(":")
        if (
            not host
            or " " in host
            or "/" in host
            or not host.isprintable()
            or not (port.isascii() and port.isdigit() and int(port) < 65536)
        ):
            raise ValueError("this must be a host and a port, such as 127.0.0.1:8080")
        return listen

    @field_validator("public_url")
    @classmethod
    def _is_address(cls, url: str) -> str:
        if url and not is_address(url):
            raise ValueError("this must be an address such as https://12345.example.gov.cn")
        return url

    @field_validator("database")
    @classmethod
    def _is_known(cls, database: str) -> str:
        if not database.startswith(("sqlite:///", "postgresql://")) or database == "sqlite:///":
            raise ValueError("this must be sqlite:///var/jiesu.db or postgresql://user:password@host/database")
        if not database.isprintable():
            raise ValueError("this holds a character that nobody can see; write it anew")
        return database

    @field_validator("evidence")
    @classmethod
    def _is_place(cls, evidence: str) -> str:
        scheme, division, rest = evidence.partition("://")
        if division and (scheme != "s3" or not rest.strip("/")):
            raise ValueError("this must be a folder, or s3://bucket/prefix")
        if not evidence.isprintable():
            raise ValueError("this holds a character that nobody can see; write it anew")
        return evidence

    @field_validator("tiles")
    @classmethod
    def _is_tiles(cls, address: str) -> str:
        if address and (not is_address(address.partition("{")[0]) or not all(part in address for part in TILE)):
            raise ValueError("this must be an address such as https://tiles.example.gov.cn/{z}/{x}/{y}.png")
        if not set(address) <= IN_ADDRESS:
            raise ValueError("this holds a character that no address has")
        return address

    @field_validator("secret_key")
    @classmethod
    def _is_long_enough(cls, key: str) -> str:
        if key and len(key) < SHORTEST_KEY:
            raise ValueError(f"this is shorter than {SHORTEST_KEY} characters and could be guessed")
        return key

    @field_validator("channel")
    @classmethod
    def _names_differ(cls, channels: tuple[ChannelSettings, ...]) -> tuple[ChannelSettings, ...]:
        names = [channel.name for channel in channels]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"two channels are named {', '.join(sorted(twice))}")
        return channels

    @field_validator("notify")
    @classmethod
    def _differ(cls, places: tuple[NotifySettings, ...]) -> tuple[NotifySettings, ...]:
        names = [place.name for place in places]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"two of them are named {', '.join(sorted(twice))}")
        return places

    @property
    def host(self) -> str:
        """Where to listen."""
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """Where to listen."""
        return int(self.listen.rpartition(":")[2])

    @property
    def url(self) -> str:
        """How citizens reach us, without a slash at the end."""
        return (self.public_url or f"http://{self.listen}").rstrip("/")

    @property
    def database_url(self) -> str:
        """The database, a relative SQLite path made absolute."""
        scheme, _, path = self.database.partition(":///")
        return f"sqlite:///{self.folder.absolute() / path}" if scheme == "sqlite" else self.database

    @property
    def evidence_place(self) -> str:
        """A folder's absolute path, or an ``s3://`` address."""
        return self.evidence if "://" in self.evidence else str(self.folder.absolute() / self.evidence)

    @property
    def institutions_place(self) -> Path | None:
        """The folder with institutions of one's own, if one is named."""
        return self.folder.absolute() / self.institutions if self.institutions else None

    @property
    def calendar_place(self) -> Path | None:
        """The file with the days off, if one is named."""
        return self.folder.absolute() / self.calendar if self.calendar else None

    @property
    def key_place(self) -> Path:
        """Where the key that signs cookies is kept, if none is set."""
        return self.folder / "var" / "secret_key"

    def wrong(self, key: str, reason: str) -> BadSettings:
        """The complaint about a value that only others can judge, such as the name of an institution."""
        return BadSettings(self._source, key, reason)

    def listening(self, port: str) -> Settings:
        """The same settings on another port, as it was typed. Raises: BadPort."""
        if not (port.isascii() and port.isdigit() and len(port) < 6 and 0 < int(port) < 65536):
            raise BadPort(port)
        return self.model_copy(update={"listen": f"{self.listen.rpartition(':')[0]}:{int(port)}"})


def load(path: Path | None, environment: Mapping[str, str], *, here: Path) -> Settings:
    """Read the settings. ``path`` None: the file that $JIESU_CONFIG names, else ``jiesu.toml`` in *here* if there is one.

    Raises: BadSettings.
    """
    named = path or (Path(environment["JIESU_CONFIG"]) if environment.get("JIESU_CONFIG") else None)
    source = here / (named or FILE)
    if named is None and not source.exists():
        return Settings(folder=here)
    try:
        told = tomllib.loads(source.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        raise BadSettings(str(source), "", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BadSettings(str(source), "", "is not UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(str(source), "", f"is not TOML: {error}") from error
    except RecursionError:
        raise BadSettings(str(source), "", "holds too many brackets within brackets") from None
    return _checked(str(source), _resolved(told, environment, str(source)), folder=source.resolve().parent)


def secret(settings: Settings) -> bytes:
    """The key that signs cookies: the one set, else one made at first and kept in ``var/``.

    Raises: KeyNotKept.
    """
    if settings.secret_key:
        return settings.secret_key.encode()
    kept = settings.key_place
    try:
        if not kept.exists():
            _keep_new_key(kept)
        key = kept.read_bytes().strip()
    except OSError as error:
        raise KeyNotKept(kept, error.strerror or "unknown trouble") from error
    if len(key) < SHORTEST_KEY:
        raise KeyNotKept(kept, "what is there is too short for a key; remove it")
    return key


def cache_folder(environment: Mapping[str, str]) -> Path | None:
    """Where what can be made again may be kept for the next start: a folder of this user's own; None: nowhere."""
    home = environment.get("HOME", "")
    folder = Path(environment.get("XDG_CACHE_HOME") or f"{home}/.cache", "jiesu") if home else Path("jiesu")
    if not folder.is_absolute():
        return None
    try:
        ours = not folder.exists() or folder.stat().st_uid == os.getuid()
    except OSError:
        return None
    return folder if ours else None


def _keep_new_key(kept: Path) -> None:
    """Whole or not at all; of two processes that begin together, the first one's is kept."""
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = kept.with_name(f".{kept.name}.{os.getpid()}")
    try:
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32), encoding="ascii")
        os.link(fresh, kept)
    except FileExistsError:
        pass
    finally:
        fresh.unlink(missing_ok=True)


def _checked(source: str, told: dict[str, Any], *, folder: Path) -> Settings:
    if "folder" in told:
        raise BadSettings(source, "folder", PLAIN["extra_forbidden"])
    try:
        return Settings.model_validate({**told, "folder": folder}, context={"source": source})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadSettings(source, _key(first), _reason(first)) from None


def _key(error: ErrorDetails) -> str:
    """Where it stands in the file. Pydantic names a channel's kind on the way, and the channel where its kind is wrong."""
    told = [str(part) for part in error["loc"] if part != "[key]"]
    if told[:1] == ["channel"] and len(told) > 2 and told[2] in KIND_NAMES:
        del told[2]
    if error["type"].startswith("union_tag"):
        told.append("kind")
    return ".".join(told)


def _reason(error: ErrorDetails) -> str:
    """Without the value, which may be secret."""
    context = error.get("ctx", {})
    if "error" in context:
        return str(context["error"])
    return PLAIN[error["type"]].format_map(context) if error["type"] in PLAIN else error["msg"]


def _resolved(value: Any, environment: Mapping[str, str], source: str, key: str = "") -> Any:
    """The same tree with every ``env:NAME`` replaced."""
    if isinstance(value, dict):
        return {k: _resolved(v, environment, source, f"{key}.{k}".strip(".")) for k, v in value.items()}
    if isinstance(value, list):
        return [_resolved(v, environment, source, f"{key}.{n}") for n, v in enumerate(value)]
    if isinstance(value, str) and value.startswith(ENV):
        name = value.removeprefix(ENV)
        if name not in environment:
            raise BadSettings(source, key, f"the environment has no {name}")
        return environment[name]
    return value
