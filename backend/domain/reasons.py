"""Why a message did not arrive, said in English: the outbox keeps one sentence, in Chinese, for the desk.

What a platform itself said stands in brackets and stays as it is, where it is
none of our own words.
"""

from __future__ import annotations

import re

KINDS = {
    "回复": "answer",
    "进度通知": "notice",
    "给市民的留言": "handler's words",
    "回访问题": "visit-back",
    "提醒": "reminder",
    "问卷调查": "survey",
    "月报": "monthly bulletin",
    "消息": "message",
}
UNITS = {"小时": "h", "分钟": "min", "秒": "s"}
OTHERWISE = "tell the citizen in another way"
SENTENCES: tuple[tuple[str, str], ...] = (
    (r"(?P<kind>\w+?)无法送达，请改用其他方式联系市民", f"the {{kind}} cannot be delivered; {OTHERWISE}"),
    (
        r"(?P<kind>\w+?)已发出，但平台没有回音，不确定是否送到，可以再发一次",
        "the {kind} was sent and the platform gave no answer; it may have arrived, and can be sent again",
    ),
    (
        r"(?P<kind>\w+?)试发(?P<n>\d+)次，(?P<time>\d+)(?P<unit>\w+?)内没能发出，请改用其他方式联系市民",
        f"the {{kind}} was tried {{n}} times and could not be sent within {{time}} {{unit}}; {OTHERWISE}",
    ),
    (
        r"(?P<kind>\w+?)第(?P<n>\d+)次没有发出，(?P<time>\d+)(?P<unit>\w+?)后自动再试",
        "the {kind} could not be sent, try {n}; tried again in {time} {unit}",
    ),
    (r"发送中断，不清楚是否送达", "sending was interrupted; it may have arrived"),
    (r"平台收下已过(?P<n>\d+)分钟，没有告知是否送到，请用其他方式与市民确认",
     "the platform took it {n} minutes ago and never said whether it arrived; ask the citizen in another way"),
    (r"平台已收下，但没有送到", f"the platform took it and did not deliver it; {OTHERWISE}"),
    (r"，请改用其他方式联系市民", ""),
    (r"市民已停用机器人", f"the citizen has stopped the bot; {OTHERWISE}"),
    (r"用户已取关", f"the citizen has unfollowed the account; {OTHERWISE}"),
    (r"已超出平台允许主动发消息的时间或条数", "more, or later, than the platform lets us write by ourselves"),
    (r"市民没有订阅通知", "the citizen has not subscribed to notices"),
    (r"这类消息没有配置模板", "no template is set for this kind of message"),
    (r"此渠道的账号不能主动发消息，市民下次发消息时会收到",
     "this account cannot write by itself; the citizen gets it with their next message"),
    (r"渠道 (?P<name>\S+) 已停用", "channel {name} is not in the settings any more"),
    (r"平台只剩一条可以主动发送的消息，留给答复；这条进度随答复一起告诉市民",
     "the platform lets us send one more message, which is kept for the answer; this is told with it"),
)  # fmt: skip
_FOUND = tuple((re.compile(shape), told) for shape, told in SENTENCES)


def english(reason: str) -> str:
    """The same in English, as far as the words are ours."""
    told = reason
    for shape, sentence in _FOUND:
        told = shape.sub(lambda found, said=sentence: said.format_map(_english(found)), told)  # type: ignore[misc]
    for chinese, plain in (("（", " ("), ("）", ")"), ("；", "; "), ("。", ".")):
        told = told.replace(chinese, plain)
    return told.replace(" )", ")").strip()


def _english(found: re.Match[str]) -> dict[str, str]:
    told = found.groupdict()
    return {
        key: KINDS.get(value, value) if key == "kind" else UNITS.get(value, value) if key == "unit" else value
        for key, value in told.items()
    }
