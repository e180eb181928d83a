"""How the fake WeChat takes what an account's server answers to a push."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.wechat_errors import Refusal
from tests.fakes.wechat_wire import Garbage, opened, parse
from tests.fakes.wechat_world import Bubble, bubble

if TYPE_CHECKING:
    from tests.fakes.wechat_world import Account, User, World

MEDIA = {"image": "Image", "voice": "Voice", "video": "Video"}
QUIET = {"", "success"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """empty, success, reply, handover: good. invalid, failed: pushed again."""

    word: str
    shown: Bubble | None = None
    why: str = ""
    kf_account: str = ""

    @property
    def good(self) -> bool:
        return self.word in {"empty", "success", "reply", "handover"}


def judge(world: World, account: Account, user: User, status: int, body: str) -> Verdict:
    """What this answer is to the platform."""
    if not 200 <= status < 300:
        return Verdict("failed", why=f"HTTP {status}")
    if body.strip() in QUIET:
        return Verdict(body.strip() or "empty")
    try:
        said = opened(account, body)
        if said.strip() in QUIET:
            return Verdict(said.strip() or "empty")
        return _reply(world, account, user, parse(said))
    except (Garbage, Refusal) as error:
        return Verdict("invalid", why=str(error))


def _reply(world: World, account: Account, user: User, reply: dict[str, Any]) -> Verdict:
    if reply.get("ToUserName") != user.openid or reply.get("FromUserName") != account.gh_id:
        raise Garbage("from or to somebody else")
    if not str(reply.get("CreateTime", "")).isdigit():
        raise Garbage("CreateTime is no number")
    kind = reply.get("MsgType")
    if kind == "transfer_customer_service":
        wanted = reply.get("TransInfo")
        return Verdict("handover", kf_account=wanted.get("KfAccount", "") if isinstance(wanted, dict) else "")
    return Verdict("reply", _bubble(world, str(kind), reply))


def _bubble(world: World, kind: str, reply: dict[str, Any]) -> Bubble:
    if kind == "text":
        return _text(world, reply)
    if kind in MEDIA:
        inside = reply.get(MEDIA[kind])
        file = world.file(inside.get("MediaId") if isinstance(inside, dict) else None)
        return bubble("account", kind, url=f"/media/{file.id}", way="passive")
    if kind == "music":
        return bubble("account", "music", str(reply.get("Music", {}).get("Title", "")), way="passive")
    if kind == "news":
        return _news(reply)
    raise Garbage(f"MsgType {kind!r}")


def _text(world: World, reply: dict[str, Any]) -> Bubble:
    content = reply.get("Content")
    if not isinstance(content, str) or not content:
        raise Garbage("no Content")
    if len(content.encode()) > world.settings.reply_bytes:
        raise Garbage("Content is too long")
    return bubble("account", "text", content, way="passive")


def _news(reply: dict[str, Any]) -> Bubble:
    items = reply.get("Articles", {}).get("item", [])
    items = items if isinstance(items, list) else [items]
    if str(reply.get("ArticleCount")) != "1" or len(items) != 1:
        raise Garbage("not one article")
    text = "\n".join(str(items[0].get(part, "")) for part in ("Title", "Description"))
    return bubble("account", "news", text.strip(), link=str(items[0].get("Url", "")), way="passive")
