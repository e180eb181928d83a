"""What happens beside messages: somebody follows, scans, taps the menu, leaves; and what became of what we sent.

Events have no id and come twice as often as messages do. After a broadcast
they come by the ten thousand, so nothing here does more than look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bots import Taken
from bots.wechat_api.inbound import HELLO, LONGEST_NUMBER, TAP, inbound
from dialogs.messages import Back, Granted, Left, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bots.wechat_api.inbound import Came
    from bots.wechat_api.pushes import Value

MENU = {"JIESU_FILE": "投诉", "JIESU_PROGRESS": "进度", "JIESU_MINE": "我的投诉"}
"""What an item of our menu says, by its key."""

REASONS = {
    "failed:user block": "用户拒收公众号的消息",
    "failed:system failed": "微信系统发送失败",
    "failed:freq limit": "用户短时间内收到的消息太多，微信没有送达",
}
"""What WeChat says became of a template message, in the desk's words; blanks after the colon do not count."""

SCENE = "qrscene_"


def taken(one: Came) -> Taken:
    """An event. Raises: Malformed."""
    name = one.push.word("Event")
    read = KINDS.get(name.lower())
    if read is None:
        return Taken(unknown=f"event {name[:100]}", raw={"body": one.push.body})
    return read(one)


def _nothing(_: Came) -> Taken:
    """Nothing of ours follows from it, or a message with the same comes beside it."""
    return Taken()


def _follows(one: Came) -> Taken:
    """Whoever follows after a scan has the code's place; other words in its key are another's."""
    key = one.push.word("EventKey")
    place = key.removeprefix(SCENE) if key.startswith(SCENE) else ""
    return Taken((inbound(one, opens=TAP, text=HELLO, place=place),), (Back(one.peer, one.at),))


def _scans(one: Came) -> Taken:
    return Taken((inbound(one, opens=TAP, text=HELLO, place=one.push.word("EventKey")),))


def _leaves(one: Came) -> Taken:
    return Taken(news=(Left(one.peer, one.at, "unfollowed"),))


def _taps(one: Came) -> Taken:
    key = one.push.word("EventKey")
    if text := MENU.get(key):
        return Taken((inbound(one, opens=TAP, text=text),))
    return Taken((inbound(one, opens=TAP, text=HELLO),), unknown=f"menu {key[:100]}", raw={"body": one.push.body})


def _template_ended(one: Came) -> Taken:
    said = one.push.word("Status")
    reason = "" if said == "success" else _reason(said)
    number = (one.push.word("MsgID") or one.push.word("MsgId"))[:LONGEST_NUMBER]
    return Taken(news=(Result(one.peer.channel, number, not reason, reason, one.at),))


def _reason(said: str) -> str:
    """WeChat's word for it, explained where we can."""
    known = REASONS.get(said.replace(": ", ":"))
    return f"{known}（{said}）" if known else said[:100] or "微信没有说明原因"


def _subscription_ended(one: Came) -> Taken:
    def result(row: Mapping[str, Value]) -> Result:
        code, said = _word(row, "ErrorCode"), _word(row, "ErrorStatus")
        good = code == "0" or (not code and said == "success")
        reason = "" if good else f"{said or '微信没有送达'}（{code}）"
        return Result(one.peer.channel, _word(row, "MsgID"), good, reason, one.at, one.peer, _word(row, "TemplateId"))

    rows = one.push.rows("SubscribeMsgSentEvent", "SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent")
    return Taken(news=tuple(result(row) for row in rows if _word(row, "MsgID")))


def _allows(one: Came) -> Taken:
    """A notice was allowed once more, or not any more; the platform has used the wrappers for each other."""
    rows = one.push.rows("SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent")
    more = {"accept": 1, "reject": 0}
    told = ((_word(row, "TemplateId"), more.get(_word(row, "SubscribeStatusString"))) for row in rows)
    return Taken(news=tuple(Granted(one.peer, key, n, one.at) for key, n in told if key and n is not None))


def _word(row: Mapping[str, Value], name: str) -> str:
    value = row.get(name, "")
    return value.strip() if isinstance(value, str) else ""


KINDS: Mapping[str, Callable[[Came], Taken]] = {
    "subscribe": _follows,
    "scan": _scans,
    "unsubscribe": _leaves,
    "click": _taps,
    "templatesendjobfinish": _template_ended,
    "subscribe_msg_sent_event": _subscription_ended,
    "subscribe_msg_popup_event": _allows,
    "subscribe_msg_change_event": _allows,
    # A message with the picture or the place comes beside each of these.
    "pic_sysphoto": _nothing,
    "pic_photo_or_album": _nothing,
    "pic_weixin": _nothing,
    "location_select": _nothing,
    # Where somebody is while they look at the chat is not ours to keep: nobody asked for it.
    "location": _nothing,
    "view": _nothing,
    "view_miniprogram": _nothing,
    "kf_create_session": _nothing,
    "kf_close_session": _nothing,
    "kf_switch_session": _nothing,
    "masssendjobfinish": _nothing,
}
"""What an event is, by its name in small letters."""
