"""Words that steer the conversation at any moment: cancel, back, skip, help, progress …

A command is the whole message (politeness aside), never a word inside a story:
"取消" cancels, "他们取消了我的订单" is a complaint.
"""

from __future__ import annotations

import re
import unicodedata

from nlp.segment import normal

COMMANDS: dict[str, tuple[str, ...]] = {
    "cancel": ("取消", "取消登记", "不投诉了", "不反映了", "算了", "算了不投诉了", "退出", "cancel", "stop", "quit"),
    "restart": ("重新开始", "重来", "从头开始", "重新填", "restart", "startover", "start"),
    "help": ("帮助", "怎么用", "菜单", "help", "menu"),
    "human": (
        "人工",
        "转人工",
        "人工服务",
        "人工客服",
        "转人工客服",
        "转人工服务",
        "找人工",
        "真人",
        "找真人",
        "客服",
        "找客服",
        "人工坐席",
        "转接人工",
        "我要人工",
        "有人吗我要人工",
        "请人来",
        "请人来帮我",
        "请人帮忙",
        "找个人",
        "找人来",
        "叫人来",
        "human",
        "agent",
        "operator",
        "realperson",
        "apersonplease",
        "person",
        "talktoaperson",
        "speaktoaperson",
        "talktoahuman",
        "speaktoahuman",
        "customerservice",
    ),
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
    "anonymous": ("匿名", "我要匿名", "不留名", "不想留名字", "不留名字", "anonymous"),
    "named": (
        "不匿名",
        "不用匿名",
        "不要匿名",
        "实名",
        "我要实名",
        "我实名",
        "实名登记",
        "实名举报",
        "realname",
        "notanonymous",
    ),
    "confidential": (
        "保密",
        "我要保密",
        "要保密",
        "帮我保密",
        "替我保密",
        "为我保密",
        "给我保密",
        "confidential",
        "inconfidence",
    ),
    "submit": ("提交", "直接提交", "先提交", "现在提交", "就这样提交", "确认", "submit", "confirm"),
    "yes": ("同意", "我同意", "同意继续", "agree", "iagree"),
    "no": ("不同意", "我不同意", "拒绝", "disagree", "idonotagree"),
    "change": ("改一项", "修改", "要改", "有错", "不对", "错了", "change"),
    "thanks": ("谢谢", "谢谢你", "谢谢您", "多谢", "非常感谢", "感谢", "好的谢谢", "知道了谢谢", "thanks", "thankyou"),
    "slowly": (
        "长辈模式",
        "长者模式",
        "老人模式",
        "老年模式",
        "关怀模式",
        "大字模式",
        "简单点",
        "简单一点",
        "slowly",
        "slower",
        "simple",
        "simplemode",
    ),
    "usual": (
        "普通模式",
        "正常模式",
        "标准模式",
        "退出长辈模式",
        "退出老人模式",
        "关闭长辈模式",
        "usual",
        "normal",
        "normalmode",
    ),
    "english": ("english", "英文", "英语", "说英语", "inenglish", "speakenglish"),
    "chinese": ("中文", "chinese", "汉语", "简体", "简体中文", "简体字", "普通话", "说中文"),
    "traditional": ("繁体", "繁体中文", "繁体字", "正体", "正体字", "traditional", "traditionalchinese"),
}
_BY_WORD = {word: command for command, words in COMMANDS.items() for word in words}
_NAMELESS = re.compile(r"^我?(?:要|想|选)?(?:匿名|不留名|不留姓名|不具名)")
_POLITE = re.compile(r"^(请|麻烦|帮我|给我|我要|我想|那就|please)+|(吧|了吧|一下|谢谢|谢了|please)+$")
LONGEST = 24  # characters; no command is longer, and what is longer is a story


def squeeze(text: str) -> str:
    """The text in simplified characters, without width, case, blanks and punctuation, to compare by."""
    folded = unicodedata.normalize("NFKC", normal(text)).casefold()
    return "".join(c for c in folded if c.isalnum())


def command(text: str) -> str:
    """The command that this message is, or ``""``."""
    if len(text) > LONGEST * 2:
        return ""
    plain = squeeze(text)
    if len(plain) > LONGEST:
        return ""
    found = _BY_WORD.get(plain) or _BY_WORD.get(_POLITE.sub("", plain))
    if not found and _NAMELESS.match(plain):
        return "anonymous"
    if not found and _SLOWLY.fullmatch(plain):
        return "slowly"
    return found or ("cancel" if _CANCELS.search(plain) else "submit" if _AGREES.fullmatch(plain) else "")


def chosen(text: str, offered: tuple[tuple[str, str], ...], *, numbered: bool) -> str:
    """The id of the offered choice that *text* names by label, id or, if *numbered*, as 1, 2 …; else ``""``."""
    plain = squeeze(text)
    said = {plain, _PICKS.sub("", plain), _POLITE.sub("", plain)} - {""}
    for key, label in offered:
        if said & {squeeze(label), squeeze(key)}:
            return key
    place = _place(plain, len(offered)) if numbered else 0
    return offered[place - 1][0] if 1 <= place <= len(offered) else ""


_PICKS = re.compile(r"^(?:我|就|要|那|还是|请)*(?:选择?|点|按|回复?)+|(?:吧|了|的|呀|啊)+$")
_DIGITS = {char: value for value, char in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "俩": 2}
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ENGLISH = {word: place for words in (_ORDINALS, _ONES) for place, word in enumerate(words, 1)}
_PLACE = re.compile(
    r"(?:我|就|要|那|还是|请)*(?:选择?|点|按|回复?)?"
    r"(?:第?(?P<n>\d{1,2}|十?[一二两三四五六七八九十俩])(?:个|项|条|件|种|类|号|样|选项)?|(?P<last>最后(?:一)?(?:个|项|条|件|种|类)))"
    r"(?:吧|了|的|呀|啊)*"
)
_IN_ENGLISH = re.compile(rf"(?:the|option|number)?(?P<e>last|{'|'.join(_ENGLISH)}|\d{{1,2}})(?:one|option)?(?:please)?")
"""A place in the row: 2, 二, 第二个, 选第2项, 最后一个, the second one."""


def _place(plain: str, count: int) -> int:
    """Which choice in the row these words name; 0: none."""
    if found := _PLACE.fullmatch(plain):
        if found["last"]:
            return count
        told = found["n"]
        return int(told) if told.isdecimal() else _DIGITS[told[-1]] + (10 if len(told) > 1 else 0)
    if found := _IN_ENGLISH.fullmatch(plain):
        told = found["e"]
        return count if told == "last" else int(told) if told.isdecimal() else _ENGLISH[told]
    return 0


_NOTHING = r"(?:了|有|图片?|照片|视频|录音|证据|材料|别的|其[他它]|小票|发票|票|单?号|补充|要说|啊|呀|吧|的)*"
_DECLINES = re.compile(
    rf"(?:我|暂时|现在|目前|真的?|就|也|实在)*(?:(?:没得|没有?|无|冇){_NOTHING}$"
    r"|(?:不太?|没)(?:清楚|知道|记得|记住|晓得|方便|想说|想留|想写|想填|愿意|留|需要|提供|填|说|告诉|看清).{0,8}$"
    r"|不用.{0,8}$|没(?:来得及|能|有|顾上)?(?:拍|录|照)(?:着|到|下来?|成|上|过|照片?|相片?|视频|录音|了|啊|呀)*$"
    r"|(?:忘|记不).{0,6}$)"
    r"|i?(?:dontknow|donotknow|dontremember|havenone|no[a-z]{0,8}$|none|nothing)"
)
_AGREES = re.compile(
    r"(?:好|行|可以|对|是|系|嗯|没错|没问题|确认|提交|就这样|就这些|无误|正确|谢谢|不用改|不改|了|的|吧|啦|哦|呀|那|都"
    r"|ok|okay|yes|fine|right|submit|confirm|correct|thatsright|please)+"
)
_CANCELS = re.compile(
    r"^算了.*(?:不投诉|不反映|不举报|不说|不弄|不填|取消)|(?:不投诉|不反映|不举报|不想投诉|不想反映)了"
    r"|^(?:我|帮我|请|还是|那|要|想|确定|确认|是的?|对)*(?:取消|撤销)(?:这次|登记|投诉|吧|了|掉)*$|^cancel(?:it|this|please)*$"
    r"|^(?:我|那|还是|就)*不(?:想|要)?(?:再)?(?:办|弄|填|登记|搞)(?:了|啦|吧|啊)+$|^(?:nevermind|forgetit)$"
)


_SLOWLY = re.compile(
    r"(?:我|您|你|的|这|说|讲|打|发|请|麻烦|能不能|可以|可不可以)*(?:(?:字|话|问题)太(?:多|小|密|长)|慢(?:一)?[点些])"
    r"(?:了|吗|嘛|啊|呀|吧|哦|说|讲|来|我)*(?:(?:我|的|眼睛|眼神|年纪大了?|岁数大了?|都|也|实在)*(?:[看听]不(?:懂|清楚?|见|明白|过来)|不好使?|花)(?:了|啊|呀)*)?"
    r"|(?:我|您|你|这|这些|发|说|的|字|眼睛|眼神|都|也|实在)*看不(?:懂|清楚?|明白)(?:了|啊|呀|字|这些|这么多)*"
    r"|我?(?:年纪|岁数|年龄)大了?(?:我|眼睛|都|也|实在|眼花)*(?:看不[懂清见]|不(?:太)?会(?:弄|用|打字|写字)|说慢[点些])?(?:了|啊|呀)*"
)
"""Words of somebody for whom it goes too fast; whoever cannot read a contract says so in a longer sentence."""


def declines(text: str) -> bool:
    """The citizen cannot or will not answer this: "没有图", "不记得了", not "不要再放音响"."""
    plain = squeeze(text)
    return len(plain) <= LONGEST and bool(_DECLINES.match(plain))


def hands_in(text: str) -> bool:
    """Whether somebody says that it shall be sent, not only that they agree: 提交, 直接提交."""
    plain = squeeze(text)
    return "提交" in plain or "submit" in plain


_NOT_BUT = re.compile(
    r"不是(?P<wrong>[^，,。；;、\s]{1,20}?)[，,、\s]*(?:而)?(?:应该)?是(?P<right>[^，,。；;！!\s]{1,20})"
)


def correction(text: str) -> tuple[str, str] | None:
    """What "不是3栋，是5栋" corrects: (wrong, right)."""
    if found := _NOT_BUT.search(text):
        return found["wrong"], found["right"]
    return None
