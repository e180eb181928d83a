"""What WeChat's numbers mean for a message, and the sentence that the desk reads.

Sources: the platform's pages as WxJava's enums and wechatpy's constants keep
them. A number that is not here shuts one way for one message, so that nothing
is tried for ever.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bots import ChannelDown, ChannelError, NotSent, NotThisWay, Uncertain, Unreachable

if TYPE_CHECKING:
    from collections.abc import Mapping


class Refusal(Exception):
    """The platform said no. ``said``: its words, without the id of the trace; ``before``: it was not asked again."""

    def __init__(self, code: int, said: str, *, before: bool = False) -> None:
        self.code, self.said, self.before = code, _TRACE.sub("", said)[:200].strip(), before
        super().__init__(f"{code} {self.said}")


_TRACE = re.compile(r"\s*(?:hints?: ?\[.*?\]|rid: ?[0-9a-f-]+)")

TOKEN = frozenset({40001, 40014, 42001})
"""The token is not, or no longer, good: another one is worth one try."""
UNABLE = 48001
"""This account may not make that call."""
SPENT = 45009
"""No more of these calls until tomorrow."""
NO_MENUS = 40200
BAD_FIELD = 47003
SENT_BEFORE = 45065
LOST = frozenset({40007})
"""There is no such file, or no more."""

DOWN: Mapping[int, str] = {
    40001: "微信不认这个 access_token：请核对 appid 和 secret，并确认没有别的程序在用旧接口换取 token",
    40014: "微信不认这个 access_token：请核对 appid 和 secret，并确认没有别的程序在用旧接口换取 token",
    42001: "微信说 access_token 已过期，换新的也不行：请核对 appid 和 secret",
    40002: "微信不认换取 token 的方式",
    40013: "appid 不对：请在公众平台的“开发接口管理”里核对",
    40125: "secret 不对：请在公众平台重置 AppSecret 并更新配置",
    40164: "本机地址不在公众平台的 IP 白名单里，请加上它（几分钟后生效）",
    40243: "AppSecret 已被冻结：请在公众平台解冻",
    48004: "此接口已被微信封禁：请登录公众平台查看通知",
    50002: "此公众号被微信限制使用：请登录公众平台查看通知",
    89503: "换取 token 需要公众号管理员在微信里确认",
    89506: "公众号管理员拒绝了这个 IP 地址，24 小时内不能再试",
    89507: "公众号管理员拒绝了这个 IP 地址，1 小时内不能再试",
}
"""An operator must do something first."""

CLOSED: Mapping[int, str] = {
    40003: "用户没有关注此公众号，或编号属于别的公众号",
    40036: "模板编号不对，请核对配置",
    40037: "模板编号不对，或用错了地方（模板消息和订阅通知的编号不通用），请核对配置",
    40200: "此公众号不支持菜单消息",
    40249: "模板因内容被微信封禁",
    41001: "请求里没有 access_token",
    43004: "用户没有关注此公众号",
    43101: "用户没有订阅，或订阅次数已用完",
    44002: "微信说内容是空的",
    45002: "内容超过微信的长度限制",
    45015: "用户超过48小时没有发消息，微信不再允许主动回复",
    45047: "用户最近一次发消息后可回复的条数已用完",
    45067: "微信不认消息的编号",
    47001: "微信读不懂请求",
    47003: "模板里有一项不合微信的格式要求",
    48001: "此公众号没有这个接口的权限",
    48002: "用户设置了拒收公众号消息",
}
"""This way is shut for this person; another may be open."""

GONE_AWAY: Mapping[int, str] = {43019: "用户在公众号的黑名单里"}

LATER: Mapping[int, tuple[str, float]] = {
    -1: ("微信系统繁忙", 1),
    45009: ("今天的调用次数已用完", 3600),
    45011: ("调用太频繁，微信要求稍后再试", 60),
    45066: ("同一条消息发得太快", 10),
}
"""Nothing was sent; seconds after which it is worth another try."""
FOR_ALL = frozenset({45011})

UNSURE = frozenset({61450})
"""An error after which the message may be on its way."""


ENGLISH: Mapping[int, str] = {
    -1: "WeChat is busy",
    40001: "WeChat does not take this access_token: check appid and secret, and that no program fetches tokens the old way",
    40002: "WeChat does not know this way of fetching a token",
    40003: "the user does not follow this account, or the id is of another account",
    40007: "WeChat has no such file, or no longer",
    40013: "the appid is wrong: compare it with the account's console",
    40014: "WeChat does not take this access_token: check appid and secret, and that no program fetches tokens the old way",
    40036: "the template's id is wrong: check the settings",
    40037: "the template's id is wrong or of the other kind (templates and subscription notices): check the settings",
    40125: "the secret is wrong: reset it in the account's console and put the new one into the settings",
    40164: "this machine's address is not on the account's list of allowed IP addresses: add it and wait a few minutes",
    40200: "this account has no messages with choices",
    40243: "the secret is frozen: unfreeze it in the account's console",
    40249: "WeChat has banned the template for its content",
    41001: "the call had no access_token",
    42001: "WeChat says the access_token is over and another one is no better: check appid and secret",
    43004: "the user does not follow this account",
    43019: "the user is on the account's block list",
    43101: "the user has not subscribed, or no message of it is left",
    44002: "WeChat says the message is empty",
    45002: "the message is longer than WeChat takes",
    45009: "no more of these calls today",
    45011: "too many calls; WeChat wants us to wait",
    45015: "the user's last message is more than 48 hours ago",
    45047: "no message is left of those that the user's last one allowed",
    45066: "the same message came too soon again",
    45067: "WeChat does not take the message's id",
    47001: "WeChat cannot read the call",
    47003: "a field of the template does not follow WeChat's rules",
    48001: "this account may not make that call",
    48002: "the user takes no messages of this account",
    48004: "WeChat has closed this call: see the notice in the account's console",
    50002: "WeChat has restricted this account: see the notice in the account's console",
    61450: "WeChat failed, and nobody knows whether the message went out",
    89503: "the account's administrator must confirm in WeChat that a token is fetched",
    89506: "the account's administrator refused this IP address; no new try for 24 hours",
    89507: "the account's administrator refused this IP address; no new try for an hour",
}
"""The same for who runs Jiesu."""


def failure(refusal: Refusal) -> ChannelError:
    """What a message's sender must know."""
    code, told = refusal.code, str(refusal.code)
    en = f"{ENGLISH.get(code, 'WeChat refused the call')} ({told} {refusal.said})"
    if code in DOWN:
        return ChannelDown(f"{DOWN[code]}（{told} {refusal.said}）", code=told, en=en)
    if code in GONE_AWAY:
        return Unreachable(f"{GONE_AWAY[code]}（{told}）", code=told, en=en)
    if code in LATER:
        reason, wait = LATER[code]
        return NotSent(f"{reason}（{told}）", retry_after=wait, everybody=code in FOR_ALL, code=told, en=en)
    if code in UNSURE:
        return Uncertain(f"微信系统出错，不知道发出去没有（{told}）", code=told, en=en)
    said = CLOSED.get(code)
    return NotThisWay(f"{said}（{told}）" if said else f"微信拒绝了这条消息（{told} {refusal.said}）", code=told, en=en)
