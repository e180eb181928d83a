"""The fake WeChat's custom menu and its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.wechat_errors import Refusal

if TYPE_CHECKING:
    from tests.fakes.wechat_asked import Asked
    from tests.fakes.wechat_world import Account

KEYED = {
    "click", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select",
}  # fmt: skip
KINDS = KEYED | {"view", "media_id", "view_limited", "miniprogram", "article_id", "article_view_limited"}
MOST, MOST_BELOW = 3, 5
NAME_BYTES, NAME_BYTES_BELOW, KEY_BYTES, URL_BYTES = 16, 60, 128, 1024


def create(asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/menu/create."""
    account = _owner(asked)
    given = asked.json()
    buttons = given.get("button")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= MOST:
        raise Refusal(40016)
    for button in buttons:
        _top(button)
    account.menu, account.menu_at = {"button": buttons}, asked.world.now()
    return {}


def _owner(asked: Asked) -> Account:
    account = asked.account()
    if account.kind == "subscription" and not account.verified:
        raise Refusal(48001)
    return account


def _top(button: dict[str, Any]) -> None:
    if not 1 <= len(str(button.get("name", "")).encode()) <= NAME_BYTES:
        raise Refusal(40018)
    below = button.get("sub_button") or []
    if not below:
        _action(button, kind=40017, key=40019, url=40020)
        return
    if len(below) > MOST_BELOW:
        raise Refusal(40023)
    for one in below:
        if one.get("sub_button"):
            raise Refusal(40022)
        if not 1 <= len(str(one.get("name", "")).encode()) <= NAME_BYTES_BELOW:
            raise Refusal(40025)
        _action(one, kind=40024, key=40026, url=40027)


def _action(button: dict[str, Any], *, kind: int, key: int, url: int) -> None:
    if button.get("type") not in KINDS:
        raise Refusal(kind)
    if button["type"] in KEYED and not 1 <= len(str(button.get("key", "")).encode()) <= KEY_BYTES:
        raise Refusal(key)
    if button["type"] in {"view", "miniprogram"} and not 1 <= len(str(button.get("url", "")).encode()) <= URL_BYTES:
        raise Refusal(url)


def get(asked: Asked) -> dict[str, Any]:
    """GET /cgi-bin/menu/get."""
    account = _owner(asked)
    if account.menu is None:
        raise Refusal(46003)
    return {"menu": account.menu}


def current(asked: Asked) -> dict[str, Any]:
    """GET /cgi-bin/get_current_selfmenu_info."""
    account = _owner(asked)
    return {"is_menu_open": int(account.menu is not None), "selfmenu_info": account.menu or {"button": []}}


def delete(asked: Asked) -> dict[str, Any]:
    """GET /cgi-bin/menu/delete."""
    _owner(asked).menu = None
    return {}
