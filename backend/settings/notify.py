"""The settings of the places where people at the desk are told things: e-mail, WeCom, DingTalk, Feishu …, and their own mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, field_validator

from backend.settings.channels import Model, is_address

if TYPE_CHECKING:
    from pathlib import Path

FILE = "file:"
MAIL = ("mailto://", "mailtos://")
DOMAIN = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
LONGEST_TOLD = 40  # characters of a value that a complaint repeats
DIGEST = re.compile(r"none|[1-9]\d{0,2}[mh]|daily ([01]\d|2[0-3]):[0-5]\d", re.ASCII)
Role = Literal["intake", "dispatcher", "handler", "reviewer", "coordinator", "manager", "auditor", "admin"]
News = Literal["danger", "new", "due_soon", "late", "returned", "reopened", "undelivered"]


def _digest(told: str) -> str:
    if not DIGEST.fullmatch(told):
        raise ValueError('this must be "none", minutes or hours such as "15m" and "2h", or "daily 09:00"')
    return told


class NotifySettings(Model):
    """One ``[[notify]]`` table. An empty part of the selection: all."""

    name: str
    url: str = Field(repr=False)  # as Apprise writes it, or file:PATH of a file that holds it
    api_base: str = ""  # another host that speaks the same, for WeCom, DingTalk and Feishu within one's own walls
    institution: str = ""
    departments: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    kinds: tuple[News, ...] = ()
    sealed: bool = False
    reports: bool = False  # managers may have their reports told there
    digest: Annotated[str, AfterValidator(_digest)] = "15m"
    language: Literal["zh", "en"] = "zh"

    @field_validator("name")
    @classmethod
    def _fits(cls, name: str) -> str:
        if not (name.isascii() and name.replace("-", "").isalnum() and name == name.lower() and len(name) <= 64):
            raise ValueError("a name is small letters, digits and hyphens, at most 64")
        return name

    @field_validator("url")
    @classmethod
    def _is_url(cls, url: str) -> str:
        if not url.startswith(FILE) and "://" not in url:
            raise ValueError("this must be an address as Apprise writes it, such as wecombot://KEY, or file:PATH")
        return url

    @field_validator("api_base")
    @classmethod
    def _is_base(cls, base: str) -> str:
        if base and not is_address(base):
            raise ValueError("this must be an address such as https://wecom.example.gov.cn")
        return base.rstrip("/")

    def address(self, folder: Path) -> str:
        """The address; from its file, where one is named, relative to *folder*. Raises: OSError, UnicodeDecodeError."""
        return _read(self.url, folder)


class MailSettings(Model):
    """The table ``[mail]``: the server that sends managers their reports, and the domains that it may send to."""

    url: str = Field(repr=False)  # mailto:// or mailtos:// as Apprise writes it, or file:PATH of a file that holds it
    domains: tuple[str, ...]

    @field_validator("url")
    @classmethod
    def _is_mail(cls, url: str) -> str:
        if not url.startswith((FILE, *MAIL)):
            raise ValueError("this must be mailtos://user:password@example.gov.cn as Apprise writes it, or file:PATH")
        return url

    @field_validator("domains")
    @classmethod
    def _are_domains(cls, domains: tuple[str, ...]) -> tuple[str, ...]:
        if not domains:
            raise ValueError("name the domains of your office's mailboxes; reports go to no others")
        if wrong := next((one for one in domains if not DOMAIN.fullmatch(one)), ""):
            raise ValueError(f"{wrong[:LONGEST_TOLD]!r} is no domain; write it as in example.gov.cn, in small letters")
        return domains

    def address(self, folder: Path) -> str:
        """The server's address. Raises: OSError, UnicodeDecodeError."""
        return _read(self.url, folder)


def _read(url: str, folder: Path) -> str:
    return url if not url.startswith(FILE) else (folder / url.removeprefix(FILE)).read_text("utf-8").strip()
