"""How an answer speaks: its tone, what is left blank in it, its length, its language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.answers.saying import caution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nlp.answers.heard import Caution, Heard
    from nlp.answers.reading import Answer

ANY = re.IGNORECASE
TONES = {
    "blaming": re.compile(
        r"[您你](?:家里?|家人)?自己[^,。;!]{0,10}(?:造成|应该|应当|不注意|没注意|不当)|[您你][^,。;!]{0,6}(?:应该|应当|本该|早该)(?:先|早|事先|提前|自己|看清)[^,。;!]{0,8}|[您你](?:自己|本人|自身)(?:的)?(?:不|没|未|原因|问题|造成|疏忽|大意|签|选择|操作|责任|失误|理解)[^,。;!]{0,10}|(?:这|那)?(?:是|属于|系)(?:因为|由于)?[您你](?:自己|本人|自身|个人)[^,。;!]{0,12}|[您你](?:早)?(?:应该|应当|本该|本应|该)(?:早|事先|提前|自己|自觉|知道|理解|看清|注意|反思)[^,。;!]{0,8}|怪(?:不得|您|你)|怨不得|谁让[您你]|胡搅蛮缠|无理取闹|无理(?:要求|诉求)|小题大做|恶意投诉|纠缠|想当然|[您你](?:没有?|未)(?:认真|仔细|看清|注意|按|及时|提前|如实)[^,。;!]{0,10}|责任(?:完全)?在[您你]|[您你]明(?:知|明)|断章取义|不(?:实|负责任的)言论|大惊小怪|误解(?:了)?我们|[您你]?没有?看清|反复投诉|浪费[^,。;!]{0,8}(?:资源|时间)"
        r"|\b(?:your own (?:fault|mistake|carelessness|choice)|you should have|you failed to|you (?:are|were) (?:wrong|careless|mistaken)|unreasonable|you must have|nobody forced you|wasting)\b[^,.;!]{0,20}",
        ANY,
    ),
    "commanding": re.compile(
        r"务必|[您你]必须|(?:不得|不许|不准|禁止)(?:再)?(?:投诉|反映|来电|来访|上访|发帖|散布|纠缠|重复)[^,。;!]{0,6}|[您你](?:要|得|应)(?:立即|马上|自觉|服从|配合)[^,。;!]{0,10}|(?:请)?(?:您|你)?(?:不要|勿|别)再(?:来)?(?:投诉|反映|来电|打电话|问|发|提|闹|催)[^,。;!]{0,6}|限(?:您|你)|否则(?:后果|一切)|后果自负|望(?:您|你)?(?:周知|知悉|遵照|配合|理解支持)|责令[您你]|听从安排"
        r"|\b(?:you must\b(?! (?:not )?have)|you are (?:ordered|required) to|do not (?:write|call|complain|contact)|stop (?:calling|writing|complaining)|or else)[^,.;!]{0,20}",
        ANY,
    ),
    "cold": re.compile(
        r"这(?:么)?点(?:儿)?小?事|(?:不要|别)(?:再|老|总是?|一直|老是)(?:打|来|问|发|投诉|反映)[^,。;!]{0,6}|(?:与|跟|和)(?:我们?|本|我)[^,。;!]{0,8}(?:无关|没(?:有)?关系)|无可奉告|您可以(?:搬|不(?:来|用|去|住|买))[^,。;!]{0,8}|爱莫能助|(?:请)?(?:您|你)?自行(?:解决|处理|协商|承担|想办法|联系|查阅|了解|咨询)|不归我们管?|不是我们(?:的事|管)|管不了|没(?:有)?办法(?!律)|没空|仅此而已|到此为止|恕不|随便您|随您便|您(?:爱|想)[^,。;!]{0,6}就|我们?也(?:没办法|无能为力|很无奈)|无能为力|不再(?:回复|答复|处理|解释)|(?:这|那)不是我们"
        r"|\b(?:not our (?:problem|business|concern)|nothing (?:more )?we can do|nothing to do with us|(?:up to|for) you(?:rself)? to (?:solve|settle|sort)|take it or leave it|no comment|sort it out yourself|that is all)\b",
        ANY,
    ),
    "officialese": re.compile(
        r"特此(?:函复|答复|告知|回复|说明|函告|通知|复函)|此复|专此|函复|函告|收悉|知悉|悉知|悉(?=[,。])|兹(?:将|就|因|对|有|经|查|函)|该(?:诉求人|来电人|来信人|信访人|投诉人|反映人|网友|市民|同志|业主|员工反映)|(?:诉求人|来电人|来信人|信访人|反映人|该网民|上访人)|贵(?:处|局|单位|户|方)|之规定|组织精干力量|高度重视[^。]{0,30}(?:批示|指示|精神)|责成(?:相关|有关)?(?:部门|单位|科室)|(?:予以|给予)(?:高度)?(?:重视|关注)|如有不妥|敬请知照|呈报|鉴于此|拟同意|届时|抄送"
        r"|\b(?:hereby|herewith|aforementioned|the undersigned|the complainant|pursuant to the above|kindly be advised|duly noted)\b",
        ANY,
    ),
}
EMPTY_PLACE = r"(?:填|此处|联系|姓名|名字|日期|时间|地点|地址|单位|部门|金额|电话|号码|编号|原因|依据|内容|情况|措施|结果|案号|name|date|time|place|phone|reason|ground|amount|department|number|fill|[.…_*xX×\s]+$)"
BLANK = re.compile(
    rf"【(?:\s*】|[^】\n]{{0,12}}{EMPTY_PLACE}[^】\n]{{0,8}}】)|\[(?:\s*\]|[^\]\n]{{0,12}}{EMPTY_PLACE}[^\]\n]{{0,8}}\])"
    r"|_{2,}|\{[a-z_]{2,20}\}|[×Xx]{2,}(?![A-Za-z])|(?<=[::])\s*(?:…{1,2}|\.{3,6})|某年某月|某月某日|[((](?:请?填|此处|待填|待定|内容|日期|姓名|原因|依据|金额)[^))\n]{0,12}[))]"
    r"|…{1,2}(?=[元天米吨])|…{2}(?=$|\n)|\bTBD\b|\bTO\s?DO\b",
    re.IGNORECASE,
)
HEADING = re.compile(r"[【\[][^】\]]{2,8}(?:结果|依据|情况|措施|原因|内容)[】\]]\s*[::]?\s*[\u4e00-\u9fff]")
"""【处理结果】已修好: a heading at the beginning of a line."""
MASKED = re.compile(r"[×xX*]{2,}")
UNIT = re.compile(r"[年月日时元路街号局处科室]|部门|公司|小区|规定|条")
LIMITS = {"wechat": 600, "telegram": 4096}
"""Characters of one message: WeChat's customer-service message holds 2,048 bytes of UTF-8, Telegram's text 4,096."""
LATIN_SHARE = 0.5


def tone(answer: Answer) -> Iterator[Caution]:
    """The first of each kind of stretch that blames, orders, turns away or speaks officialese."""
    for key, pattern in TONES.items():
        if found := pattern.search(answer.plain):
            yield caution(key, "answer", *found.span(), answer.text[slice(*found.span())])


def blanks(answer: Answer) -> Iterator[Caution]:
    """Every place that a template left to be filled in."""
    for found in BLANK.finditer(answer.plain):
        start, end = found.span()
        near = answer.plain[max(0, start - 1) : end + 1]
        heads = (start == 0 or answer.plain[start - 1] == "\n") and HEADING.match(answer.plain, start)
        if heads or (MASKED.fullmatch(found[0]) and (_in_number(near) or _in_name(answer.plain, start, end))):
            continue
        if found[0].strip():
            yield caution("blank", "answer", start, end, answer.text[start:end].strip())


def _in_number(near: str) -> bool:
    """138xxxx8000 hides a number on purpose."""
    return near[:1].isdigit() or near[-1:].isdigit()


def shape(answer: Answer, heard: Heard, channel: str, language: str) -> Iterator[Caution]:
    """Too long for one message of the channel; not in the citizen's language."""
    most, length = LIMITS.get(channel), len(answer.text.strip()) + heard.around
    if most and length > most:
        yield caution("long", all=length, channel=channel, most=most)
    letters = [character for character in answer.plain if character.isalpha()]
    latin = sum(character.isascii() for character in letters) > LATIN_SHARE * len(letters)
    if letters and latin != (language == "en"):
        yield caution("language")


def _in_name(plain: str, start: int, end: int) -> bool:
    """文XX is somebody whose name is kept back; XX年 and XX路 are waiting for words."""
    return "\u4e00" <= plain[start - 1 : start] <= "\u9fff" and UNIT.match(plain, end) is None
