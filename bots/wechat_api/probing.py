"""What this account may really do: each call is made once in a way that changes nothing and reaches nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bots import ChannelError, NotThisWay, Unreachable
from bots.wechat_api.account import CAPABILITIES, NO, PERHAPS, YES
from bots.wechat_api.failures import UNABLE, Refusal, failure
from bots.wechat_api.sending import CUSTOM, PATHS, SUBSCRIPTION, TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bots.wechat_api.account import Account
    from bots.wechat_api.client import Client

NOBODY = "oJiesuDoctorNobody0000000000"
"""An openid that no account has."""

CALLS: Mapping[str, tuple[str, Mapping[str, Any] | None, Mapping[str, str]]] = {
    "receiving": ("/cgi-bin/getcallbackip", None, {}),
    "customer_service": (CUSTOM, {"touser": NOBODY, "msgtype": "text", "text": {"content": "."}}, {}),
    "template": (PATHS[TEMPLATE], {"touser": NOBODY, "template_id": "-", "data": {}}, {}),
    "subscription_notice": (PATHS[SUBSCRIPTION], {"touser": NOBODY, "template_id": "-", "data": {}}, {}),
    "codes": (
        "/cgi-bin/qrcode/create",
        {"action_name": "QR_STR_SCENE", "expire_seconds": 60, "action_info": {"scene": {"scene_str": "doctor"}}},
        {},
    ),
    "media": ("/cgi-bin/media/get", None, {"media_id": "-"}),
    "menu": ("/cgi-bin/menu/get", None, {}),
}
"""A refusal for what is wrong with the call shows that the call itself may be made; a code for a minute harms nobody."""


@dataclass(frozen=True, slots=True)
class Found:
    """One capability. ``answer``: yes, no, perhaps; ``why``: what is missing without it, or what stood in the way."""

    capability: str
    answer: str
    why: str = ""


async def probe(client: Client, account: Account) -> list[Found]:
    """Every capability; what cannot be asked without disturbing somebody is told by the kind of account."""
    found: list[Found] = []
    for name, row in CAPABILITIES.items():
        answer, trouble = await _ask(client, name) if name in CALLS else (account.may(name), "")
        why = trouble or ("" if answer == YES else row.without)
        if not trouble and name in CALLS and {answer, account.may(name)} == {YES, NO}:
            why = "; ".join(part for part in (why, "the settings account and verified say otherwise") if part)
        found.append(Found(name, answer, why))
    return found


async def _ask(client: Client, name: str) -> tuple[str, str]:
    path, body, params = CALLS[name]
    try:
        await client.ask(path, body, params=params)
    except Refusal as refused:
        if refused.code == UNABLE:
            return NO, ""
        told = failure(refused)
        return (YES, "") if isinstance(told, NotThisWay | Unreachable) else (PERHAPS, told.en)
    except ChannelError as error:
        return PERHAPS, error.en
    return YES, ""
