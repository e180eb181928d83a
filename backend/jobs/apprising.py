"""Apprise: an address becomes a service, a message goes there. It blocks, so that it is called in a thread.

Imported only by a process that sends such messages: Apprise takes half a second
and 17 MB. It takes any answer 200 for a yes; WeCom, DingTalk and Feishu say no
with a 200 and a code, so that these three are asked here, by their own rules.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import apprise
import requests
from apprise.attachment.memory import AttachMemory
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.email.base import NotifyEmail
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from backend.settings import MailSettings

SECONDS = 15.0
MOST_BYTES, LONGEST_CODE = 1 << 16, 20
"""Of an answer, and of the code in it: theirs are some dozen bytes."""
CODE = re.compile(r"\((\d{3}),")
"""What a mail server answered, in what Apprise writes down of it."""
UNHEARD = re.compile(r"Errno|timed out|Connection|closed|SSL|CERTIFICATE", re.IGNORECASE)


class Place(Protocol):
    """What is needed of the settings of a place."""

    @property
    def api_base(self) -> str:
        """As in ``NotifySettings``."""

    def address(self, folder: Path) -> str:
        """As in ``NotifySettings``. Raises: OSError, UnicodeDecodeError."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes along; its name is plain ASCII."""

    name: str
    media_type: str
    data: bytes


class BadAddress(Exception):
    """Nothing can be sent there; says why, without the address."""


def send(place: Place, folder: Path, title: str, text: str, files: Sequence[Attached] = ()) -> str:
    """Send it; empty: it was taken; else why not. ``files``: for a service that carries them. Raises: BadAddress."""
    service = opened(place, folder)
    if isinstance(service, NotifyWeComBot | NotifyDingTalk | NotifyFeishu):
        return _asked(service, place.api_base, f"{title}\n{text}")
    return _sent(service, title, text, files)


def carries(place: Place, folder: Path) -> bool:
    """Whether files can go along. Raises: BadAddress."""
    service = opened(place, folder)
    return service.attachment_support and not isinstance(service, NotifyWeComBot | NotifyDingTalk | NotifyFeishu)


def mail(
    server: MailSettings, folder: Path, title: str, text: str, files: Sequence[Attached] = (), *, to: str
) -> str:  # fmt: skip
    """Send it to one address, and to no other that the server's own address may name; as ``send``. Raises: BadAddress."""
    service = mailer(server, folder)
    service.targets, service.cc, service.bcc = [(False, to)], set(), set()
    return _sent(service, title, text, files)


def mailer(server: MailSettings, folder: Path) -> NotifyEmail:
    """The mail server. Raises: BadAddress."""
    service = _instantiated(server.address, folder)
    if not isinstance(service, NotifyEmail):
        raise BadAddress("its url is no mailto:// or mailtos://")
    return service


def opened(place: Place, folder: Path) -> Any:
    """The service at that address. Raises: BadAddress."""
    service = _instantiated(place.address, folder)
    if place.api_base and not isinstance(service, NotifyWeComBot | NotifyDingTalk | NotifyFeishu):
        raise BadAddress("api_base is for WeCom, DingTalk and Feishu alone")
    return service


def _instantiated(address: Callable[[Path], str], folder: Path) -> apprise.NotifyBase:
    try:
        told = address(folder)
    except (OSError, UnicodeDecodeError) as error:
        raise BadAddress("the file with its address cannot be read") from error
    service = apprise.Apprise.instantiate(told, suppress_exceptions=True)
    if not isinstance(service, apprise.NotifyBase):
        raise BadAddress("its url is none that Apprise knows; see its documentation of that service")
    return service


def _sent(service: Any, title: str, text: str, files: Sequence[Attached]) -> str:
    """Through Apprise, which makes of plain text what the service wants; a mail server is asked in this thread."""
    service.throttle = _at_once
    through: Any = service if isinstance(service, NotifyEmail) else apprise.Apprise()
    if through is not service:
        through.add(service)
    along = apprise.AppriseAttachment()
    for one in files:
        along.add(AttachMemory(one.data, one.name, one.media_type))  # type: ignore[no-untyped-call]
    try:
        with OVERHEARD.here() as said:
            taken = through.notify(body=text, title=title, body_format=apprise.NotifyFormat.TEXT, attach=along or None)
    except Exception as error:  # noqa: BLE001 - any plugin of some 130; what it says may hold its address
        return f"the service failed: {type(error).__name__}"
    return "" if taken else _why(said) if isinstance(service, NotifyEmail) else NOT_TAKEN


NOT_TAKEN, UNREACHABLE = "the service did not take it", "the mail server cannot be reached"


def _why(said: Sequence[str]) -> str:
    """What is known of a mail that was not taken: the server's code, never its words, which may hold addresses."""
    if codes := [code for one in said for code in CODE.findall(one)]:
        return f"the mail server answered {codes[-1]}"
    return UNREACHABLE if any(UNHEARD.search(one) for one in said) else NOT_TAKEN


class _Overheard(logging.Handler):
    """What Apprise writes down while this thread sends: the only place where it tells why. Nobody else reads it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self._mine = threading.local()

    @contextmanager
    def here(self) -> Iterator[list[str]]:
        """What is said from here on, in this thread."""
        said: list[str] = []
        self._mine.said = said
        try:
            yield said
        finally:
            self._mine.said = None

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it for whoever listens in this thread."""
        if (said := getattr(self._mine, "said", None)) is not None:
            said.append(record.getMessage())


OVERHEARD = _Overheard()
TELLING = logging.getLogger("apprise")
TELLING.propagate = False  # it writes addresses, which hold secrets
TELLING.handlers = [OVERHEARD]
TELLING.setLevel(logging.DEBUG)


def _asked(
    service: NotifyWeComBot | NotifyDingTalk | NotifyFeishu, base: str, said: str, *, seconds: float = SECONDS
) -> str:
    """Send to one of the three; their answers hold a code, 0 for yes."""
    params: dict[str, str] = {}
    body: dict[str, Any] = {"msgtype": "text", "text": {"content": said}}
    match service:
        case NotifyWeComBot():
            url = str(service.api_url)
        case NotifyDingTalk():
            url = service.notify_url.format(token=service.token)
            body["at"] = {"atMobiles": list(service.targets), "isAtAll": False}
            if service.secret:
                params["timestamp"], params["sign"] = service.get_signature()  # type: ignore[no-untyped-call]
        case _:
            url = service.notify_url.format(token=service.token)
            body = {"msg_type": "text", "content": {"text": said}}
    if base:
        url = base + "/" + url.split("/", 3)[3]
    try:
        until = time.monotonic() + seconds
        with requests.post(
            url, json=body, params=params, timeout=seconds, allow_redirects=False, stream=True
        ) as answer:
            told = json.loads(_read(answer, until=until))
    except (requests.RequestException, ValueError) as error:  # of requests, some are ValueErrors as well
        return f"the service cannot be reached: {type(error).__name__}"
    if not answer.ok or not isinstance(told, dict):
        return f"the service answered {answer.status_code}"
    code = told.get("errcode", told.get("code", told.get("StatusCode", 0)))
    return f"the service said no, with its code {str(code)[:LONGEST_CODE]}" if code else ""


def _read(answer: requests.Response, *, until: float) -> bytes:
    """The body, if it comes by then and is as short as theirs are. Raises: requests.RequestException."""
    told = bytearray()
    for piece in answer.iter_content(1):
        told += piece
        if len(told) > MOST_BYTES or time.monotonic() > until:
            raise requests.Timeout
    return bytes(told)


def _at_once(*_args: object, **_more: object) -> None:
    """We gather messages ourselves; nobody need wait 5 s between two."""
