"""Settings: ``jiesu.toml``, read once, typed, with the culprit named when something is wrong.

A value written ``"env:NAME"`` is taken from the environment. Relative paths
are relative to the file. With no file the defaults serve one web channel.
"""

from __future__ import annotations

import secrets
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "jiesu.toml"
ENV = "env:"


class BadSettings(Exception):
    """The configuration cannot be used; names file, key and reason."""

    def __init__(self, source: str, key: str, reason: str) -> None:
        super().__init__(f"{source}: {key}: {reason}" if key else f"{source}: {reason}")
        self.source, self.key, self.reason = source, key, reason


class Model(BaseModel):
    """Frozen, and refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ChannelSettings(Model):
    """One channel. ``institution`` empty: the settings' own."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    kind: Literal["web"]
    institution: str = ""


class Settings(Model):
    """Everything that can be set, with its default."""

    listen: str = Field(default="127.0.0.1:8080", pattern=r"^\[?[^\s/]+\]?:\d{1,5}$")
    public_url: str = Field(default="", pattern=r"^(https?://[^\s]+)?$")
    database: str = "sqlite:///var/jiesu.db"
    evidence: str = "var/evidence"
    secret_key: str = ""
    institution: str = "hotline"
    channel: tuple[ChannelSettings, ...] = (ChannelSettings(name="web", kind="web"),)
    folder: Path = Field(default=Path(), exclude=True)  # what relative paths are relative to; not a key of the file

    @field_validator("channel")
    @classmethod
    def _names_differ(cls, channels: tuple[ChannelSettings, ...]) -> tuple[ChannelSettings, ...]:
        names = [channel.name for channel in channels]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"two channels are named {', '.join(sorted(twice))}")
        return channels

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
        return f"sqlite:///{self.folder / path}" if scheme == "sqlite" else self.database

    @property
    def evidence_place(self) -> str:
        """A folder's absolute path, or an ``s3://`` address."""
        return self.evidence if "://" in self.evidence else str(self.folder / self.evidence)


def load(path: Path | None, environment: Mapping[str, str], *, here: Path) -> Settings:
    """Read the settings. ``path`` None: the file that $JIESU_CONFIG names, else ``jiesu.toml`` in *here* if there is one.

    Raises: BadSettings.
    """
    named = path or (Path(environment["JIESU_CONFIG"]) if environment.get("JIESU_CONFIG") else None)
    source = named or here / FILE
    if named is None and not source.exists():
        return Settings(folder=here)
    try:
        told = tomllib.loads(source.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadSettings(str(source), "", f"cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadSettings(str(source), "", f"is not TOML: {error}") from error
    return _checked(str(source), _resolved(told, environment, str(source)), folder=source.resolve().parent)


def secret(settings: Settings) -> bytes:
    """The key that signs cookies: the one set, else one made at first and kept beside the database in ``var/``.

    Raises: OSError: ``var/`` cannot be written.
    """
    if settings.secret_key:
        return settings.secret_key.encode()
    kept = settings.folder / "var" / "secret_key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(32), encoding="ascii")
    return kept.read_text(encoding="ascii").encode()


def _checked(source: str, told: dict[str, Any], *, folder: Path) -> Settings:
    if "folder" in told:
        raise BadSettings(source, "folder", "there is no such key")
    try:
        return Settings.model_validate({**told, "folder": folder})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        reason = "there is no such key" if first["type"] == "extra_forbidden" else first["msg"]
        raise BadSettings(source, key, reason) from error


def _resolved(value: Any, environment: Mapping[str, str], source: str, key: str = "") -> Any:
    """The same tree with every ``env:NAME`` replaced."""
    if isinstance(value, dict):
        return {k: _resolved(v, environment, source, f"{key}.{k}".strip(".")) for k, v in value.items()}
    if isinstance(value, list):
        return [_resolved(v, environment, source, f"{key}.{n}") for n, v in enumerate(value)]
    if isinstance(value, str) and value.startswith(ENV):
        name = value.removeprefix(ENV)
        if name not in environment:
            raise BadSettings(source, key, f"the environment has no {name}; set it and start again")
        return environment[name]
    return value
