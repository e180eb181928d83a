"""Words that steer the conversation at any moment: cancel, back, skip, help, progress …

A command is the whole message (politeness aside), never a word inside a story:
"取消" cancels, "他们取消了我的订单" is a complaint.
"""

from __future__ import annotations

import re
import unicodedata

COMMANDS: dict[str, tuple[str, ...]] = {
    "cancel": ("取消", "取消登记", "不投诉了", "不反映了", "算了", "算了不投诉了", "退出", "cancel", "stop", "quit"),
    "restart": ("重新开始", "重来", "从头开始", "重新填", "restart", "startover", "start"),
    "help": ("帮助", "怎么用", "菜单", "人工", "转人工", "help", "menu", "human"),
    "progress": (
        "进度",
        "查进度",
        "查询进度",
        "我的投诉",
        "我的诉求",
        "我的案件",
        "我上次那个怎么样了",
        "progress",
        "status",
        "mycases",
    ),
    "back": ("返回", "上一步", "上一个问题", "退回", "back", "previous"),
    "skip": (
        "跳过",
        "不清楚",
        "不知道",
        "不记得",
        "不记得了",
        "记不清",
        "记不清了",
        "不想说",
        "不方便",
        "没有",
        "没有了",
        "没了",
        "无",
        "暂无",
        "暂时没有",
        "没图",
        "没有图",
        "没有照片",
        "就这些",
        "发完了",
        "skip",
        "none",
        "no",
        "idontknow",
        "nothing",
        "nothingmore",
    ),
    "anonymous": ("匿名", "我要匿名", "不留名", "不想留名字", "不留名字", "不匿名", "实名", "anonymous"),
    "submit": (
        "提交",
        "确认",
        "确认提交",
        "对",
        "对的",
        "是",
        "是的",
        "好",
        "好的",
        "没错",
        "没问题",
        "对的提交",
        "可以",
        "ok",
        "yes",
        "submit",
        "confirm",
        "correct",
    ),
    "yes": ("同意", "我同意", "同意继续", "agree", "iagree"),
    "no": ("不同意", "我不同意", "拒绝", "disagree", "idonotagree"),
    "change": ("改一项", "修改", "要改", "有错", "不对", "错了", "change"),
    "thanks": ("谢谢", "谢谢你", "谢谢您", "多谢", "非常感谢", "感谢", "好的谢谢", "知道了谢谢", "thanks", "thankyou"),
    "english": ("english", "英文", "英语"),
    "chinese": ("中文", "chinese", "汉语"),
}
_BY_WORD = {word: command for command, words in COMMANDS.items() for word in words}
_REAL_NAME = frozenset({"不匿名", "实名"})
_POLITE = re.compile(r"^(请|麻烦|帮我|我要|我想|那就|please)+|(吧|了吧|一下|谢谢|谢了|please)+$")
LONGEST = 24  # characters; no command is longer


def squeeze(text: str) -> str:
    """The text without width, case, blanks and punctuation, to compare by."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum())


def command(text: str) -> str:
    """The command that this message is, or ``""``."""
    if len(text) > LONGEST * 2:
        return ""
    plain = squeeze(text)
    found = _BY_WORD.get(plain) or _BY_WORD.get(_POLITE.sub("", plain), "")
    return "" if plain in _REAL_NAME else found


def chosen(text: str, offered: tuple[tuple[str, str], ...], *, numbered: bool) -> str:
    """The id of the offered choice that *text* names by label, id or, if *numbered*, as 1, 2 …; else ``""``."""
    plain = squeeze(text)
    for key, label in offered:
        if plain and plain in (squeeze(label), squeeze(key)):
            return key
    if numbered and plain.isdecimal() and len(plain) <= 2 and 1 <= int(plain) <= len(offered):
        return offered[int(plain) - 1][0]
    return ""


_DECLINES = re.compile(r"(暂时|现在|目前|真的|我)?(没|无|不|忘|记不)|(i)?(dont|donot|no|havenone)")


def declines(text: str) -> bool:
    """A short message that begins with a no: the citizen cannot or will not answer this."""
    plain = squeeze(text)
    return len(plain) <= LONGEST and bool(_DECLINES.match(plain))


_NOT_BUT = re.compile(
    r"不是(?P<wrong>[^，,。；;、\s]{1,20}?)[，,、\s]*(?:而)?(?:应该)?是(?P<right>[^，,。；;！!\s]{1,20})"
)


def correction(text: str) -> tuple[str, str] | None:
    """What "不是3栋，是5栋" corrects: (wrong, right)."""
    if found := _NOT_BUT.search(text):
        return found["wrong"], found["right"]
    return None
