"""The fake WeChat's customer-service messages: checked in the platform's order, shown in the person's phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.wechat_errors import Refusal
from tests.fakes.wechat_windows import spend
from tests.fakes.wechat_world import Bubble, bubble

if TYPE_CHECKING:
    from tests.fakes.wechat_asked import Asked
    from tests.fakes.wechat_world import Account, User, World

WITH_MEDIA = {"image": "media_id", "voice": "media_id", "video": "media_id", "music": "thumb_media_id"}
OTHERS = {"text", "news", "msgmenu", "mpnews", "mpnewsarticle", "wxcard", "miniprogrampage"}
RECENT, TYPING = 30.0, 15.0  # seconds


def custom(asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/message/custom/send."""
    world, account, given = asked.world, asked.account(), asked.json()
    user = _reachable(world, account, given)
    window = spend(world, user)
    shown = _read(world, account, given)
    window.left -= 1
    user.typing_until = 0.0
    world.show(user, shown)
    return {}


def _reachable(world: World, account: Account, given: dict[str, Any]) -> User:
    if not account.verified:
        raise Refusal(48001)
    user = world.known(account, given.get("touser"))
    if not user.subscribed:
        raise Refusal(45015)
    if user.blocked_receive:
        raise Refusal(48002)
    return user


def _read(world: World, account: Account, given: dict[str, Any]) -> Bubble:
    """The message as the person will see it. Raises: Refusal."""
    kind = given.get("msgtype")
    if kind not in OTHERS and kind not in WITH_MEDIA:
        raise Refusal(40008)
    body = given.get(kind)
    if not isinstance(body, dict) or not body:
        raise Refusal(44004)
    if kind == "text":
        return _text(world, body)
    if kind == "msgmenu":
        return _menu(world, account, body)
    if kind == "news":
        return _news(body)
    if kind in WITH_MEDIA:
        file = world.file(body.get(WITH_MEDIA[kind]))
        return bubble("account", kind, str(body.get("title", "")), url=f"/media/{file.id}", way="customer_service")
    return bubble("account", kind, str(body.get("title", "")), way="customer_service")


def _text(world: World, body: dict[str, Any]) -> Bubble:
    content = body.get("content")
    if not isinstance(content, str) or not content:
        raise Refusal(44004)
    _size(world, content)
    return bubble("account", "text", content, way="customer_service")


def _size(world: World, text: str) -> None:
    if len(text.encode()) > world.settings.text_bytes:
        raise Refusal(45002)


def _menu(world: World, account: Account, body: dict[str, Any]) -> Bubble:
    items = [{"id": str(item["id"]), "content": str(item["content"])} for item in body.get("list", ())]
    texts = [str(body.get("head_content", "")), *(item["content"] for item in items), str(body.get("tail_content", ""))]
    _size(world, "\n".join(texts))
    if not account.has_msgmenu:
        raise Refusal(40200)
    if not items:
        raise Refusal(44004)
    text = "\n".join(part for part in (texts[0], texts[-1]) if part)
    return bubble("account", "menu", text, items=items, way="customer_service")


def _news(body: dict[str, Any]) -> Bubble:
    articles = body.get("articles") or []
    if len(articles) != 1:
        raise Refusal(45008)
    text = "\n".join(str(articles[0].get(part, "")) for part in ("title", "description"))
    return bubble("account", "news", text.strip(), link=str(articles[0].get("url", "")), way="customer_service")


def typing(asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/message/custom/typing."""
    world, account, given = asked.world, asked.account(), asked.json()
    user = _reachable(world, account, given)
    if given.get("command") not in {"Typing", "CancelTyping"}:
        raise Refusal(45072)
    if given["command"] == "CancelTyping":
        user.typing_until = 0.0
        return {}
    if world.now() - user.last_seen > RECENT:
        raise Refusal(45080)
    if user.typing_until > world.now():
        raise Refusal(45081)
    user.typing_until = world.now() + TYPING
    return {}
