"""Apprise: an address becomes a service, a message goes there. It blocks, so that it is called in a thread.

Imported only by a process that sends such messages: Apprise takes half a second
and 17 MB. It takes any answer 200 for a yes; WeCom, DingTalk and Feishu say no
with a 200 and a code, so that these three are asked here, by their own rules.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import apprise
import requests
from apprise.plugins.dingtalk import NotifyDingTalk
from apprise.plugins.feishu import NotifyFeishu
from apprise.plugins.wecombot import NotifyWeComBot

if TYPE_CHECKING:
    from pathlib import Path

    from backend.settings import NotifySettings

logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it writes addresses, which hold secrets
SECONDS = 15.0


class BadAddress(Exception):
    """Nothing can be sent there; says why, without the address."""


def send(place: NotifySettings, folder: Path, title: str, text: str) -> str:
    """Send it; empty: it was taken; else why not. Raises: BadAddress."""
    service = opened(place, folder)
    if isinstance(service, NotifyWeComBot | NotifyDingTalk | NotifyFeishu):
        return _asked(service, place.api_base, f"{title}\n{text}")
    service.throttle = _at_once
    try:
        taken = service.notify(body=text, title=title)
    except Exception as error:  # noqa: BLE001 - any plugin of some 130; what it says may hold its address
        return f"the service failed: {type(error).__name__}"
    return "" if taken else "the service did not take it"


def opened(place: NotifySettings, folder: Path) -> Any:
    """The service at that address. Raises: BadAddress."""
    try:
        address = place.address(folder)
    except (OSError, UnicodeDecodeError) as error:
        raise BadAddress("the file with its address cannot be read") from error
    service = apprise.Apprise.instantiate(address, suppress_exceptions=True)
    if not isinstance(service, apprise.NotifyBase):
        raise BadAddress("its url is none that Apprise knows; see its documentation of that service")
    if place.api_base and not isinstance(service, NotifyWeComBot | NotifyDingTalk | NotifyFeishu):
        raise BadAddress("api_base is for WeCom, DingTalk and Feishu alone")
    return service


def _asked(service: NotifyWeComBot | NotifyDingTalk | NotifyFeishu, base: str, said: str) -> str:
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
        answer = requests.post(url, json=body, params=params, timeout=SECONDS, allow_redirects=False)
        told = answer.json()
    except requests.RequestException as error:
        return f"the service cannot be reached: {type(error).__name__}"
    if not answer.ok or not isinstance(told, dict):
        return f"the service answered {answer.status_code}"
    code = told.get("errcode", told.get("code", told.get("StatusCode", 0)))
    return f"the service said no, with its code {code}" if code else ""


def _at_once(*_args: object, **_more: object) -> None:
    """We gather messages ourselves; nobody need wait 5 s between two."""
