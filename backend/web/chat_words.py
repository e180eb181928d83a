"""What the chat page itself says, beside the bot's own bubbles."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dialogs.wording import HANT, ZH
from dialogs.wording.traditional import traditional

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "lang": "zh-CN",
        "subtitle": "全天可登记，答复发到这里",
        "call": "打电话 {phone}",
        "privacy": "您说的内容只用来办理这件事，只有经办人员能看到。请不要在公用手机或电脑上留下个人信息。",
        "hello": "您好，这里是{institution}。",
        "ask": "请说说您遇到的事：什么事、什么时候、在哪里。一句话说完也行，可以一起发照片和位置。",
        "topics": "也可以从这里开始",
        "topic": "我想反映{name}方面的问题：",
        "progress": "查进度",
        "log": "聊天内容",
        "you": "您说",
        "bot": "回复",
        "write": "写下您要说的话",
        "send": "发送",
        "photo": "发照片或文件",
        "place": "发送我的位置",
        "sending": "正在发送…",
        "sent": "已发送",
        "failed": "没有发出去",
        "again": "重新发送",
        "drop": "删除",
        "reload": "刷新页面",
        "refused": "没有收下",
        "typing": "正在回复",
        "lost": "连接断开，正在重连…",
        "offline": "没有网络，写好的话先留在这里，连上后请点“重新发送”。",
        "trouble": "没有发出去，请检查网络后重新发送。",
        "large": "{name}超过了 20 MB，发不了。视频可以剪短或压缩后再发，也可以先发几张照片。",
        "long": "这段话太长了，一次最多 200000 个字，请分几次发。",
        "here": "您在：{name}。登记时会自动填好这里的信息。",
        "place.asking": "正在找您的位置…",
        "place.sent": "我的位置",
        "place.refused": "没有得到定位权限。请在浏览器或手机设置里允许定位，或者直接把地址写给我。",
        "place.unknown": "现在找不到您的位置，请直接把地址写给我，例如：幸福里3栋楼下。",
        "place.insecure": "这个网址不是安全连接，浏览器不让定位。请直接把地址写给我。",
        "file": "文件",
        "unnamed": "（没有文件名）",
        "picture": "您发的照片：{name}",
        "new": "有新消息",
        "noscript": "这个页面需要浏览器运行脚本。请打开 JavaScript，或拨打 {phone}。",
        "noscript.nophone": "这个页面需要浏览器运行脚本，请打开 JavaScript 后再试。",
    },
    "en": {
        "lang": "en",
        "subtitle": "Open day and night; answers come here",
        "call": "Call {phone}",
        "privacy": "What you tell us is used for your case only and seen only by those who work on it. "
        "Please leave no personal data on a phone or computer that others use.",
        "hello": "Hello, this is {institution}.",
        "ask": "Tell us what happened, when and where. One sentence will do; "
        "photos and your location can come with it.",
        "topics": "Or begin here",
        "topic": "I want to report a problem. {name}: ",
        "progress": "How is my case",
        "log": "Conversation",
        "you": "You",
        "bot": "Reply",
        "write": "Write here",
        "send": "Send",
        "photo": "Send photos or files",
        "place": "Send my location",
        "sending": "Sending…",
        "sent": "Sent",
        "failed": "Not sent",
        "again": "Send again",
        "drop": "Delete",
        "reload": "Reload the page",
        "refused": "Not taken",
        "typing": "Replying",
        "lost": "Connection lost, reconnecting…",
        "offline": "You are offline. What you wrote stays here; tap “Send again” when you are back.",
        "trouble": "Not sent. Check your connection and send again.",
        "large": "{name} is over 20 MB and cannot be sent. Shorten or compress the video, or send some photos instead.",
        "long": "This text is too long. Send at most 200,000 characters at a time.",
        "here": "You are at: {name}. What we know of it is filled in for you.",
        "place.asking": "Looking for your location…",
        "place.sent": "My location",
        "place.refused": "Your location was not shared. Allow it in the browser or phone settings, "
        "or write the address to us.",
        "place.unknown": "Your location cannot be found now. Please write the address to us.",
        "place.insecure": "This address is no secure connection, so the browser does not share your location. "
        "Please write the address to us.",
        "file": "File",
        "unnamed": "(no file name)",
        "picture": "Your photo: {name}",
        "new": "New message",
        "noscript": "This page needs JavaScript. Please turn it on, or call {phone}.",
        "noscript.nophone": "This page needs JavaScript. Please turn it on and try again.",
    },
}
"""By language; the two have the same keys."""


@cache
def page(language: str) -> Mapping[str, str]:
    """What the page says in one of the chat's languages; the traditional characters are made from the simplified."""
    if language != HANT:
        return PAGE[language]
    return {key: traditional(words) for key, words in PAGE[ZH].items()} | {"lang": HANT}


SCRIPT = (
    "you bot sending sent failed again drop reload refused typing lost offline trouble large long "
    "place.asking place.sent place.refused place.unknown place.insecure file unnamed picture new"
).split()
"""What the page's script says."""
