"""What stands behind a fake WeChat's account in these tests: our channel, and a hook without a store."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import aiohttp

from bots import Call, Refused
from bots.wechat import Wechat
from bots.wechat_api.forms import Form
from bots.wechat_api.tokens import Alone
from dialogs.messages import Outbound, Peer, Say
from tests.fakes import wechat_crypto as crypto

if TYPE_CHECKING:
    from bots import Taken
    from dialogs.messages import Inbound, News
    from tests.fakes.owner import Posted
    from tests.fakes.wechat import FakeWechat

NONCES = itertools.count(1)
STATUS = Form("T1", {"case": "character_string1", "state": "phrase2", "at": "time3", "note": "thing4"})
NEWS = {"case": "20261121-HL-000412-7", "state": "已答复", "at": "2026-11-22T15:01:00+08:00", "note": "店家已拆除音响"}


def channel(fake: FakeWechat, **changed: Any) -> Wechat:
    """The channel of the fake's account."""
    account = fake.account
    settings = {
        "appid": account.appid,
        "secret": account.secret,
        "token": account.token,
        "aes_key": account.eak,
        "mode": "safe" if account.mode == "safe" else "plain",
        "account": account.kind,
        "verified": account.verified,
        "api_base": fake.url,
        "session": aiohttp.ClientSession,
        "tokens": Alone(),
        "clock": fake.clock.utc,
        "templates": {"status": STATUS},
    }
    return Wechat("city-wechat", **(settings | changed))


def message(text: str = "已登记。", *choices: Any, way: str = "", kind: str = "status", key: str = "k1") -> Outbound:
    """A message to Alice."""
    return Outbound(Peer("city-wechat", "oAlice"), Say(text, choices), key, way, kind, NEWS)


@dataclass
class Hook:
    """Reads with the channel what the fake posts, and answers ``says``."""

    fake: FakeWechat
    channel: Wechat
    says: list[Say] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)

    async def __call__(self, posted: Posted) -> str | tuple[int, str]:
        call = Call(posted.method, posted.query, {}, posted.body.encode(), self.fake.clock.utc())
        try:
            taken = self.channel.read(call)
        except Refused as error:
            self.refused.append((error.status, str(error)))
            return error.status, ""
        self.calls.append(call)
        self.taken.append(taken)
        if taken.echo is not None:
            return taken.echo.decode()
        passive = self.channel.passive(call, self.says) if taken.messages else None
        return (passive or self.channel.acknowledged(call)).decode()

    @property
    def messages(self) -> list[Inbound]:
        return [message for taken in self.taken for message in taken.messages]

    @property
    def news(self) -> list[News]:
        return [news for taken in self.taken for news in taken.news]


def at(seconds: str | int) -> datetime:
    """That moment."""
    return datetime.fromtimestamp(int(seconds), UTC)


def plain_call(wechat: FakeWechat, body: str | bytes, **changed: str) -> Call:
    """A call in plain mode, signed now."""
    now, nonce = str(int(wechat.clock.now())), str(next(NONCES))
    query = {"timestamp": now, "nonce": nonce, "signature": crypto.signature(wechat.account.token, now, nonce)}
    return Call("POST", query | changed, {}, body if isinstance(body, bytes) else body.encode(), wechat.clock.utc())


def sealed_call(wechat: FakeWechat, text: str, *, key: str = "", appid: str = "", encrypted: str = "") -> Call:
    """A call in safe mode, signed now."""
    account, now = wechat.account, str(int(wechat.clock.now()))
    sealed = encrypted or crypto.encrypt(key or account.eak, appid or account.appid, text.encode(), b"r" * 16)
    query = {"timestamp": now, "nonce": "1", "encrypt_type": "aes"}
    query["msg_signature"] = crypto.signature(account.token, now, "1", sealed)
    return Call("POST", query, {}, f"<xml><Encrypt>{sealed}</Encrypt></xml>".encode(), wechat.clock.utc())


def text_push(content: str = "你好", **more: str) -> str:
    """A message in XML."""
    fields = {"ToUserName": "gh_1", "FromUserName": "oAlice", "CreateTime": "1760000000", "MsgType": "text"}
    fields |= {"Content": content, "MsgId": "23456789012345678"} | more
    return "<xml>" + "".join(f"<{k}><![CDATA[{v}]]></{k}>" for k, v in fields.items()) + "</xml>"
