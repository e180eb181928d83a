"""The three ways in which an account writes to somebody of its own accord.

A customer-service message says everything and is only open for a while after
the person did something; a subscription notice and a template message fill in
a form, the one where the person allowed it, the other for important news.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from typing import TYPE_CHECKING, Any

from bots import Bubble, ChannelError, Filled, NotThisWay, Shown, Uncertain
from bots.wechat_api import answers
from bots.wechat_api.failures import BAD_FIELD, NO_MENUS, SENT_BEFORE, Refusal, failure
from dialogs.messages import Receipt, Say

if TYPE_CHECKING:
    from bots.wechat_api.client import Client
    from bots.wechat_api.forms import Form
    from dialogs.messages import Outbound

CUSTOMER_SERVICE, SUBSCRIPTION, TEMPLATE = "customer_service", "subscription", "template"
CUSTOM = "/cgi-bin/message/custom/send"
PATHS = {SUBSCRIPTION: "/cgi-bin/message/subscribe/bizsend", TEMPLATE: "/cgi-bin/message/template/send"}
_FIELD = re.compile(r"data\.(\w+)\.value")


class NoButtons(Exception):
    """This account may not send choices that can be tapped."""


class CustomerService:
    """``menus``: whether the account may have buttons; it is told by itself, once, when it may not."""

    def __init__(self, client: Client, *, menus: bool) -> None:
        self._client, self._menus = client, menus

    async def send(self, message: Outbound) -> Receipt:
        """In as many parts as it needs; its choices with the last. Raises: as the channel."""
        parts, sent = deque(self._parts(message.say)), 0
        while parts:
            part = parts.popleft()
            try:
                await self._send(message.peer.address, part)
            except NoButtons:
                self._menus = False
                parts.extendleft(reversed(self._parts(part)))
            except ChannelError as error:
                if not sent:
                    raise
                cost = sent + (1 if isinstance(error, Uncertain) else 0)
                raise Uncertain(f"内容分几段发，只发出了前{sent}段：{error}", code=error.code, cost=cost) from None
            else:
                sent += 1
        return Receipt(CUSTOMER_SERVICE, cost=sent)

    def shown(self, say: Say) -> Shown:
        """How ``send`` would show it: an account without buttons says numbers."""
        bubbles = tuple(
            Bubble(part.text, tuple((choice.label,) for choice in part.choices)) for part in self._parts(say)
        )
        numbered = bool(say.choices) and not any(bubble.rows for bubble in bubbles)
        size = len((answers.spelled(say) if numbered else say.text).encode("utf-8", "replace"))
        return Shown("wechat", bubbles, size, answers.LARGEST, "bytes", numbered)

    def _parts(self, say: Say) -> list[Say]:
        if not (say.choices and self._menus):
            return [Say(text) for text in answers.pieces(answers.spelled(say))]
        room = answers.LARGEST - sum(len(choice.label.encode("utf-8", "replace")) + 1 for choice in say.choices) - 1
        if room < answers.LARGEST // 2:
            return [Say(text) for text in answers.pieces(answers.spelled(say))]
        *first, last = answers.pieces(say.text, room)
        return [*(Say(text) for text in first), Say(last, say.choices)]

    async def _send(self, to: str, part: Say) -> None:
        """Raises: NoButtons, and as the channel."""
        try:
            await self._client.ask(CUSTOM, _menu(to, part) if part.choices else _text(to, part.text))
        except Refusal as refused:
            if refused.code == NO_MENUS and part.choices:
                raise NoButtons from None
            raise failure(refused) from None


def form_shown(form: Form | None, message: Outbound) -> Shown:
    """What the form would say; nothing where there is none for this kind of message."""
    told = message.fields
    made = (
        {name: (told.get(name, ""), form.filled(told)[key]["value"]) for name, key in form.fields.items()}
        if form
        else {}
    )
    filled = (Filled(name, value, cut=_cut(whole, value)) for name, (whole, value) in made.items())
    return Shown("wechat", (), size=len(told.get("note", "")), form=tuple(filled))


def _cut(whole: str, value: str) -> bool:
    """Whether the field holds the beginning of it only."""
    flat = " ".join(whole.split())
    return value != flat and flat.startswith(value.rstrip("…"))


async def fill_in(client: Client, way: str, form: Form | None, message: Outbound) -> Receipt:
    """By a subscription notice or a template. Raises: as the channel."""
    if form is None:
        raise NotThisWay(f"没有为这类消息配置{'订阅通知' if way == SUBSCRIPTION else '模板消息'}", code="no template")
    try:
        return await _filled(client, way, form, message)
    except Refusal as refused:
        field = _FIELD.search(refused.said)
        if refused.code != BAD_FIELD or field is None:
            raise failure(refused) from None
    try:
        return await _filled(client, way, form, message, refused=field[1])
    except Refusal as refused:
        raise failure(refused) from None


async def _filled(client: Client, way: str, form: Form, message: Outbound, *, refused: str = "") -> Receipt:
    """The platform takes a template with the same client_msg_id once in ten minutes, so that trying again is safe.

    Of a subscription notice it tells the id only with what became of it; until then the template stands for it.
    """
    body: dict[str, Any] = {
        "touser": message.peer.address,
        "template_id": form.id,
        "data": form.filled(message.fields, refused=refused),
    }
    if way == TEMPLATE:
        body["client_msg_id"] = once(message.key + refused)
    try:
        answer = await client.ask(PATHS[way], body)
    except Refusal as told:
        if told.code != SENT_BEFORE:
            raise
        answer = {}
    return Receipt(way, str(answer.get("msgid") or (form.id if way == SUBSCRIPTION else "")))


def once(key: str) -> str:
    """A message's key as the platform takes one: at most 32 letters and digits."""
    return hashlib.sha1(key.encode("utf-8", "replace")).hexdigest()[:32]  # noqa: S324 - a name, no secret


def _text(to: str, text: str) -> dict[str, Any]:
    return {"touser": to, "msgtype": "text", "text": {"content": text or "…"}}


def _menu(to: str, say: Say) -> dict[str, Any]:
    items = [{"id": choice.id, "content": choice.label} for choice in say.choices]
    return {
        "touser": to,
        "msgtype": "msgmenu",
        "msgmenu": {"head_content": say.text, "list": items, "tail_content": ""},
    }
