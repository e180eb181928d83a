"""WeChat official accounts: what they post to the hook, and what is said to their followers.

What the platform allows depends on the account's kind and on what a person did
last; both are told to the core as ways and openings, and judged there. The
parts are in bots/wechat_api/.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from bots import NotThisWay, Refused, Taken, Way
from bots.wechat_api import answers, events, files, inbound, menu, probing, qr, sending
from bots.wechat_api.account import Account
from bots.wechat_api.client import WAIT, Client
from bots.wechat_api.envelope import Envelope
from bots.wechat_api.failures import Refusal, failure
from bots.wechat_api.pushes import Malformed
from bots.wechat_api.sending import CUSTOMER_SERVICE, SUBSCRIPTION, TEMPLATE, CustomerService
from dialogs.messages import Say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from aiohttp import ClientSession, ClientTimeout

    from bots import Call, Fetched, Shown
    from bots.wechat_api.forms import Form
    from bots.wechat_api.probing import Found
    from bots.wechat_api.qr import Code
    from bots.wechat_api.tokens import Tokens
    from dialogs.messages import Media, Outbound, Receipt

SUCCESS = b"success"
"""What the platform wants to hear at least; anything else but an answer makes it tell the citizen that we are down."""
TALKING = timedelta(hours=48)


class Wechat:
    """One official account.

    ``mode`` is safe or plain, ``account`` service or subscription; ``templates`` and ``subscriptions`` are the forms
    for each kind of notice. Raises: ValueError: a key is damaged.
    """

    patient = True  # it waits five seconds for an answer in the body

    def __init__(
        self,
        name: str,
        *,
        appid: str,
        secret: str,
        token: str,
        session: Callable[[], ClientSession],
        tokens: Tokens,
        clock: Callable[[], datetime],
        aes_key: str = "",
        previous_aes_key: str = "",
        mode: str = "safe",
        account: str = "service",
        verified: bool = False,
        api_base: str = "https://api.weixin.qq.com",
        templates: Mapping[str, Form] | None = None,
        subscriptions: Mapping[str, Form] | None = None,
        owner: str = "",
        wait: ClientTimeout = WAIT,
    ) -> None:
        self.name = name
        self.account = Account(account, verified)
        self._envelope = Envelope(
            appid=appid, token=token, aes_key=aes_key, previous_aes_key=previous_aes_key, mode=mode
        )
        self._forms = {TEMPLATE: dict(templates or {}), SUBSCRIPTION: dict(subscriptions or {})}
        self._client = Client(
            name,
            appid=appid,
            secret=secret,
            api_base=api_base,
            session=session,
            tokens=tokens,
            clock=clock,
            owner=owner or secrets.token_hex(8),
            wait=wait,
        )
        self._customer_service = CustomerService(self._client, menus=self.account.can("choices"))

    @property
    def ways(self) -> tuple[Way, ...]:
        """What this kind of account may do, the best first."""
        found: list[Way] = []
        if self.account.can("customer_service"):
            found.append(Way(CUSTOMER_SERVICE, within=True))
        if self.account.can("subscription_notice"):
            forms = self._forms[SUBSCRIPTION].items()
            found += (Way(SUBSCRIPTION, grant=form.id, kinds=frozenset({kind})) for kind, form in forms)
        if self.account.can("template") and self._forms[TEMPLATE]:
            found.append(Way(TEMPLATE, kinds=frozenset(self._forms[TEMPLATE])))
        return tuple(found)

    @property
    def window(self) -> timedelta | None:
        """Two days after a person's own message; nothing where the account may only answer."""
        return TALKING if self.account.can("customer_service") else timedelta(0)

    def read(self, call: Call) -> Taken:
        """Verify and parse. Raises: Refused."""
        if call.method == "GET":
            return Taken(echo=self._envelope.echo(call))
        push = self._envelope.open(call).push
        try:
            came = inbound.came(push, channel=self.name, downloads=self.account.can("media"))
            return events.taken(came) if push.word("MsgType") == "event" else inbound.taken(came)
        except Malformed as error:
            raise Refused(400, str(error)) from None

    def passive(self, call: Call, says: Sequence[Say]) -> bytes | None:
        """All bubbles as one text in the answer's body, sealed with the key that opened the call; None: too long.

        XML also where the account's pushes are JSON: of answers the platform documents nothing else.
        """
        text = answers.merged(says).strip()
        if not text or not answers.fits(text):
            return None
        opened = self._envelope.open(call)
        at = int(call.at.timestamp())
        to, by = opened.push.word("FromUserName"), opened.push.word("ToUserName")
        said = answers.xml(text, to=to, by=by, at=at)
        if opened.key is not None:
            said = self._envelope.seal(said, opened.key, at=at, nonce=call.query.get("nonce", ""))
        return said.encode()

    def fits(self, says: Sequence[Say]) -> bool:
        """Whether one answer can say all this."""
        return answers.fits(answers.merged(says).strip())

    def parts(self, say: Say) -> list[Say]:
        """The same without its buttons in parts of which each fits, with a short sentence more; several, where it can."""
        size = len(say.text.encode("utf-8", "replace"))
        room = answers.LARGEST - answers.A_SENTENCE
        return [
            Say(text) for text in answers.pieces(say.text, room if size > room else max(size // 2, answers.A_SENTENCE))
        ]

    def acknowledged(self, call: Call) -> bytes:
        """We have it."""
        return SUCCESS

    def preview(self, message: Outbound) -> Shown:
        """By the way that the message names: in parts as it goes, or the form that is filled in."""
        way = message.way or next((way.name for way in self.ways), "")
        if way in self._forms:
            return sending.form_shown(self._forms[way].get(message.kind), message)
        return self._customer_service.shown(message.say)

    async def send(self, message: Outbound) -> Receipt:
        """One bubble by the way that the message names. Raises: NotSent, Uncertain, NotThisWay, Unreachable, ChannelDown."""
        way = message.way or next((way.name for way in self.ways), "")
        if way == CUSTOMER_SERVICE:
            return await self._customer_service.send(message)
        if way in self._forms:
            return await sending.fill_in(self._client, way, self._forms[way].get(message.kind), message)
        raise NotThisWay("未认证的公众号不能主动发消息，只能在市民发消息后的几秒内回复", code="no way")

    async def fetch(self, media: Media, *, most: int) -> Fetched:
        """A file of a message. Raises: NotSent, Gone, TooLarge, ChannelDown."""
        return await files.fetch(self._client, media, most=most, allowed=self.account.can("media"))

    async def set_up(self) -> None:
        """Where we are is entered in the platform's console, by a person."""

    async def close(self) -> None:
        """Let go of connections."""
        await self._client.close()

    async def make_menu(self) -> None:
        """Put our menu under the chat. Raises: as send."""
        try:
            await menu.create(self._client)
        except Refusal as refused:
            raise failure(refused) from None

    async def make_code(self, scene: str, *, lasts: timedelta | None = None) -> Code:
        """A QR code that brings people in with that scene. Raises: BadScene, and as send."""
        try:
            return await qr.create(self._client, scene, lasts=lasts)
        except Refusal as refused:
            raise failure(refused) from None

    async def probe(self) -> list[Found]:
        """What this account can really do, for ``jiesu doctor``."""
        return await probing.probe(self._client, self.account)
