"""What the desk says of channels: their names, the ways to a citizen, who can be reached until when; desk_words joins them."""

from __future__ import annotations

from typing import Final

CHANNEL_WORDS: Final[dict[str, tuple[str, str]]] = {
    "channel.web": ("网页聊天", "Web chat"),
    "channel.telegram": ("Telegram 机器人", "Telegram bot"),
    "channel.wechat": ("微信公众号", "WeChat account"),
    "channel.one": ("{kind}（{name}）", "{kind} ({name})"),
    "channel.terminal": ("终端", "Terminal"),
    "way.web": ("网页", "Web page"),
    "way.terminal": ("终端", "Terminal"),
    "way.message": ("Telegram 消息", "Telegram message"),
    "way.passive": ("微信被动回复", "WeChat reply"),
    "way.customer_service": ("微信客服消息", "WeChat customer-service message"),
    "way.subscription": ("微信订阅通知", "WeChat subscription notice"),
    "way.template": ("微信模板消息", "WeChat template message"),
    "reach": ("能否联系到市民", "Whether the citizen can be reached"),
    "reach.until": (
        "{channel}：可主动联系到 {at}，还能发 {n} 条",
        "{channel}: reachable until {at}, {n} more messages",
    ),
    "reach.forms": (
        "{channel}：市民再来消息前不能自由发消息，只能用{ways}",
        "{channel}: until the citizen writes again, only by {ways}",
    ),
    "reach.shut": (
        "{channel}：市民再来消息前，平台不允许主动联系",
        "{channel}: the platform lets nobody write before the citizen writes again",
    ),
    "reach.free": ("{channel}：可以随时联系", "{channel}: reachable at any time"),
    "reach.blocked": ("{channel}：市民已停用机器人", "{channel}: the citizen has blocked the bot"),
    "reach.unfollowed": ("{channel}：用户已取关", "{channel}: the citizen no longer follows the account"),
    "reach.gone": ("{channel}：联系不到市民", "{channel}: the citizen cannot be reached"),
    "reach.paused": ("{channel}暂停发送到 {at}：{why}", "{channel} sends nothing until {at}: {why}"),
    "reach.stopped": ("{channel}：渠道已停用", "{channel}: this channel is no longer in the settings"),
    "reach.more": ("还有 {n} 位市民", "{n} more citizens"),
    "channels": ("渠道运行", "Channels"),
    "channels.why": (
        "各渠道最近 24 小时的收发情况（最多统计最新的 {n} 条），只有计数，没有市民的信息。",
        "What each channel took in and sent in the last 24 hours (the newest {n} rows at most). Counts only, nothing of any citizen.",
    ),
    "channels.fine": ("正常", "Works"),
    "channels.paused": ("暂停发送到 {at}", "Sends nothing until {at}"),
    "channels.received": ("收到消息", "Received"),
    "channels.answered": ("95% 的回复用时不超过", "95 % of the answers within"),
    "channels.seconds": ("{n} 秒", "{n} s"),
    "channels.open": ("在平台允许联系时间内的市民", "Citizens within the platform’s time for writing to them"),
    "channels.gone": ("已取关或停用的市民", "Citizens who left"),
    "channels.waiting": ("等待取附件的消息", "Messages whose files are being fetched"),
    "channels.always": ("不限", "no limit"),
    "channels.sent": ("发出", "Sent"),
    "channels.way": ("方式", "Way"),
    "channels.no_way": ("未发出", "Not sent"),
    "channels.state": ("结果", "Outcome"),
    "channels.count": ("条数", "Count"),
    "channels.nothing": ("最近 24 小时没有发出过通知。", "No notice was sent in the last 24 hours."),
    "channels.home": ("受理机构：{name}", "Takes complaints for: {name}"),
    "kind.reply": ("回复", "Answer"),
}  # fmt: skip
