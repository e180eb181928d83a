"""The rest of the fake WeChat: QR codes, the menu, who follows, page tickets, OAuth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from tests.fakes.wechat_asked import Asked, Download, Redirect
from tests.fakes.wechat_errors import Refusal
from tests.fakes.wechat_world import Account, Code, MediaFile, Qr

if TYPE_CHECKING:
    from tests.fakes.wechat_world import World

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)  # a picture of one white point
LONGEST_TEMPORARY, MOST_PERMANENT = 2_592_000, 100_000


def qr_create(asked: Asked) -> dict[str, Any]:
    """POST /cgi-bin/qrcode/create."""
    world, account = asked.world, asked.account()
    if not account.full and not account.test_account:
        raise Refusal(48001)
    given = asked.json()
    action = given.get("action_name")
    if action not in {"QR_SCENE", "QR_STR_SCENE", "QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE"}:
        raise Refusal(40052)
    scene = _scene(str(action), given)
    ends, lasts = None, None
    if "LIMIT" not in str(action):
        lasts = min(int(given.get("expire_seconds", 60)), LONGEST_TEMPORARY)
        ends = world.now() + lasts
    elif len([1 for qr in world.qr.values() if qr.appid == account.appid and qr.ends is None]) >= MOST_PERMANENT:
        raise Refusal(45029)
    ticket = f"gQ{world.fresh('qr')[:94]}=="
    world.qr[ticket] = Qr(ticket, account.appid, scene, ends)
    url = f"http://weixin.qq.com/q/02{ticket[2:40]}"
    return {"ticket": ticket, "url": url} | ({"expire_seconds": lasts} if lasts is not None else {})


def _scene(action: str, given: dict[str, Any]) -> str:
    info = given.get("action_info")
    scene = info.get("scene", {}) if isinstance(info, dict) else {}
    if "STR" in action:
        text = scene.get("scene_str")
        if not isinstance(text, str) or not 1 <= len(text) <= 64:
            raise Refusal(40053)
        return text
    number = scene.get("scene_id")
    most = 100_000 if "LIMIT" in action else 0xFFFF_FFFF
    if not isinstance(number, int) or not 1 <= number <= most:
        raise Refusal(40053)
    return str(number)


def qr_show(asked: Asked) -> Download:
    """GET /cgi-bin/showqrcode."""
    qr = asked.world.qr.get(asked.query.get("ticket", ""))
    if qr is None:
        raise Refusal(40053)
    return Download(MediaFile(qr.ticket, "image", DOT, "qr.png", "image/png", 0.0))


def _followers_known(asked: Asked) -> Account:
    account = asked.account()
    if not account.verified:
        raise Refusal(48001)
    return account


def user_info(asked: Asked) -> dict[str, Any]:
    """GET /cgi-bin/user/info: of who does not follow only the openid."""
    account = _followers_known(asked)
    user = asked.world.known(account, asked.query.get("openid"))
    if not user.subscribed:
        return {"subscribe": 0, "openid": user.openid}
    return {
        "subscribe": 1,
        "openid": user.openid,
        "subscribe_time": user.since,
        "subscribe_scene": "ADD_SCENE_QR_CODE" if user.scene else "ADD_SCENE_SEARCH",
        "qr_scene": 0,
        "qr_scene_str": user.scene,
        "tagid_list": [],
        "remark": "",
        "groupid": 0,
    } | ({"unionid": user.unionid} if user.unionid else {})


def user_get(asked: Asked) -> dict[str, Any]:
    """GET /cgi-bin/user/get: the followers."""
    account = _followers_known(asked)
    users = asked.world.users.values()
    openids = [user.openid for user in users if user.appid == account.appid and user.subscribed]
    last = openids[-1] if openids else ""
    return {"total": len(openids), "count": len(openids), "data": {"openid": openids}, "next_openid": last}


def page_ticket(asked: Asked) -> dict[str, Any]:
    """GET /cgi-bin/ticket/getticket."""
    asked.account()
    return {"errcode": 0, "errmsg": "ok", "ticket": asked.world.fresh("page ticket")[:86], "expires_in": 7200}


def callback_ips(asked: Asked) -> dict[str, Any]:
    """GET /cgi-bin/getcallbackip: addresses of the range for examples."""
    asked.account()
    return {"ip_list": ["203.0.113.1", "203.0.113.2"]}


def _may_sign_in(account: Account) -> bool:
    return account.full or account.test_account or (account.verified and account.entity in {"gov", "media"})


def authorize(asked: Asked) -> Redirect:
    """GET /connect/oauth2/authorize; ``openid`` says who holds the phone. Raises: Refusal."""
    world, query = asked.world, asked.query
    account = world.account(query.get("appid", ""))
    if not _may_sign_in(account):
        raise Refusal(48001)
    code = world.fresh("code")[:32]
    openid = world.fresh("virtual user")[:28] if world.settings.snapshot_user else query.get("openid", "")
    world.user(account, openid)
    ends = world.now() + world.settings.code_life
    world.codes[code] = Code(account.appid, openid, query.get("scope", "snsapi_base"), ends)
    url = query.get("redirect_uri", "")
    back = urlencode({"code": code, "state": query.get("state", "")}, quote_via=quote)
    return Redirect(f"{url}{'&' if '?' in url else '?'}{back}")


def page_token(asked: Asked) -> dict[str, Any]:
    """GET /sns/oauth2/access_token: a code, used once, becomes an openid."""
    world, query = asked.world, asked.query
    account = world.account(query.get("appid", ""))
    if query.get("secret") != account.secret:
        raise Refusal(40125)
    if not query.get("code"):
        raise Refusal(41008)
    code = world.codes.get(query["code"])
    if code is None or code.appid != account.appid or code.ends <= world.now():
        raise Refusal(40029)
    if code.used:
        raise Refusal(40163)
    code.used = True
    value = f"oauth-{world.fresh('page token')[:60]}"
    world.codes[value] = code
    given = {"access_token": value, "expires_in": 7200, "refresh_token": world.fresh("refresh")[:60]}
    given |= {"openid": code.openid, "scope": code.scope}
    return given | ({"is_snapshotuser": 1} if world.settings.snapshot_user else {}) | _union(world, code)


def _union(world: World, code: Code) -> dict[str, Any]:
    user = world.users[code.appid, code.openid]
    return {"unionid": user.unionid} if user.unionid and code.scope == "snsapi_userinfo" else {}


def page_user(asked: Asked) -> dict[str, Any]:
    """GET /sns/userinfo."""
    code = asked.world.codes.get(asked.query.get("access_token", ""))
    if code is None or code.openid != asked.query.get("openid"):
        raise Refusal(40001)
    if code.scope != "snsapi_userinfo":
        raise Refusal(48001)
    return {"openid": code.openid, "nickname": "微信用户", "sex": 0, "privilege": []} | _union(asked.world, code)
