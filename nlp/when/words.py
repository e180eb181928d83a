"""The vocabulary of time: numerals, parts of the day, holidays, and writings folded into one.

Tables and their readers only; how words join is ``when_grammar``'s business and
what day they mean is ``when_resolve``'s.
"""

from __future__ import annotations

import re

FOLD: dict[int, int | str] = dict(
    str.maketrans(
        "後週個點鐘鍾兩號時晝來從幾開間這過當節國慶農曆歷陰裡裏現內聖誕勞動禮淩剛連續際載閏臘舊晩〇○兒師親婦長黃陽勻",
        "后周个点钟钟两号时昼来从几开间这过当节国庆农历历阴里里现内圣诞劳动礼凌刚连续际载闰腊旧晚零零儿师亲妇长黄阳匀",
    )
)
FOLD |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " "}
"""Traditional, full-width and look-alike characters, one for one, so that offsets stay."""
FOLDED = re.compile(f"[{''.join(map(re.escape, map(chr, FOLD)))}]")

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2, "仨": 3, "几": 4, "数": 5, "廿": 20}
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}


def number(text: str) -> float | None:
    """Read digits or Chinese numerals; None where *text* is no number.

    二零一九 → 2019, 十五 → 15, 两百 → 200, 半 → 0.5, 几 → 4, and two neighbours mean about their middle: 五六 → 5.5.
    """
    if text == "半":
        return 0.5
    if text.isascii():
        try:
            return float(text)
        except ValueError:
            return None
    if len(text) == 2 and DIGITS.get(text[0], 9) + 1 == DIGITS.get(text[1]) and text[0] != "零":
        return DIGITS[text[0]] + 0.5
    if not UNITS.keys() & set(text):
        places = [str(DIGITS.get(c, c)) for c in text if c != "多"]
        return float("".join(places)) if places and all(p.isdecimal() for p in places) else None
    return _with_units(text)


def _with_units(text: str) -> float | None:
    total = last = 0
    for c in text:
        if c in UNITS:
            total, last = total + (last or 1) * UNITS[c], 0
        elif c in DIGITS:
            last = DIGITS[c] if last == 0 or c != "几" else last
        elif c.isdecimal():
            last = last * 10 + int(c)
        elif c not in "多余好来":
            return None
    return float(total + last)


def whole(text: str) -> int:
    """Read a number that the grammar has already seen to be one; halves are cut off."""
    return int(number(text) or 0)


PARTS = {
    "凌晨": (0, 6),
    "拂晓": (4, 7),
    "黎明": (4, 7),
    "清晨": (5, 8),
    "清早": (5, 8),
    "大清早": (5, 8),
    "一大早": (5, 8),
    "一早": (6, 9),
    "早上": (6, 9),
    "早晨": (6, 9),
    "早间": (6, 9),
    "早高峰": (7, 9),
    "上班高峰": (7, 9),
    "早": (6, 9),
    "晨": (5, 8),
    "上午": (8, 12),
    "午前": (8, 12),
    "中午": (11, 13),
    "正午": (11, 13),
    "晌午": (11, 13),
    "午间": (11, 13),
    "午饭": (11, 13),
    "午休": (12, 14),
    "午后": (12, 18),
    "下午": (12, 18),
    "白天": (6, 19),
    "傍晚": (17, 19),
    "黄昏": (17, 19),
    "晚高峰": (17, 19),
    "下班高峰": (17, 19),
    "晚饭": (18, 20),
    "晚上": (18, 24),
    "晚间": (18, 24),
    "夜晚": (18, 24),
    "晚": (18, 24),
    "入夜": (19, 24),
    "夜间": (20, 30),
    "夜里": (20, 30),
    "夜": (20, 30),
    "深夜": (22, 28),
    "深更半夜": (23, 29),
    "三更半夜": (23, 29),
    "大半夜": (23, 29),
    "半夜": (23, 29),
    "前半夜": (20, 24),
    "下半夜": (26, 29),
    "后半夜": (26, 29),
    "午夜": (24, 25),
    "子夜": (24, 25),
    "零时": (0, 1),
}
"""Hours from the midnight that begins the day named; beyond 24 they are the early hours of the next morning. The common
ones as the annotated complaints have them."""

NIGHT = frozenset(part for part, (start, _) in PARTS.items() if start >= 18)
"""Parts whose small hours belong to the next day: 昨晚两点 is today at two."""

AFTERNOON = NIGHT | {"午后", "下午", "傍晚", "黄昏", "晚高峰", "下班高峰", "晚饭"}
"""Parts in which seven o'clock is nineteen."""

FIXED = {
    "元旦": (1, 1, 3),
    "情人节": (2, 14, 1),
    "妇女节": (3, 8, 1),
    "三八节": (3, 8, 1),
    "女生节": (3, 7, 1),
    "植树节": (3, 12, 1),
    "消费者权益日": (3, 15, 1),
    "愚人节": (4, 1, 1),
    "劳动节": (5, 1, 5),
    "五一": (5, 1, 5),
    "青年节": (5, 4, 1),
    "五四": (5, 4, 1),
    "护士节": (5, 12, 1),
    "儿童节": (6, 1, 1),
    "六一": (6, 1, 1),
    "七一": (7, 1, 1),
    "建党节": (7, 1, 1),
    "建军节": (8, 1, 1),
    "八一": (8, 1, 1),
    "教师节": (9, 10, 1),
    "国庆": (10, 1, 7),
    "十一": (10, 1, 7),
    "万圣节": (10, 31, 1),
    "双十一": (11, 11, 1),
    "双11": (11, 11, 1),
    "双十二": (12, 12, 1),
    "双12": (12, 12, 1),
    "平安夜": (12, 24, 1),
    "圣诞": (12, 25, 1),
}
"""Month, day, and how many days its 假期 or 期间 lasts."""

LUNAR = {
    "大年三十": (12, 30, 1),
    "年三十": (12, 30, 1),
    "除夕": (12, 30, 1),
    "春节": (1, 1, 7),
    "过年": (1, 1, 7),
    "大年初一": (1, 1, 1),
    "元宵": (1, 15, 1),
    "端午": (5, 5, 3),
    "七夕": (7, 7, 1),
    "中元节": (7, 15, 1),
    "中秋": (8, 15, 3),
    "重阳": (9, 9, 1),
    "腊八": (12, 8, 1),
    "小年": (12, 23, 1),
}
"""Lunar month, day, and days of its holiday."""

NTH_SUNDAY = {"母亲节": (5, 2, 6), "父亲节": (6, 3, 6), "感恩节": (11, 4, 3)}
"""Month, which one, and weekday (0 is Monday)."""

TERM_FEASTS = {"清明": 3, "冬至": 1}
"""Solar terms that are holidays, and how many days they last."""

NUMERIC_FEASTS = frozenset({"五一", "十一", "六一", "七一", "八一", "五四"})
"""Holidays that are also numbers, road and estate names: they count only in company."""

SEASONS = {"春": (3, 6), "夏": (6, 9), "秋": (9, 12), "冬": (12, 15)}
"""First month and the one after the last, counted on into the next year."""

YEAR_SHIFTS = {
    "大前": -3, "前": -2, "去": -1, "上一": -1, "上": -1, "今": 0, "本": 0, "这一": 0, "当": 0,
    "明": 1, "来": 1, "下一": 1, "次": 1, "后": 2,
}  # fmt: skip
DAY_SHIFTS = {
    "大大大前": -5, "大大前": -4, "大前": -3, "前": -2, "昨": -1, "今": 0, "本": 0, "当": 0,
    "明": 1, "次": 1, "隔": 1, "后": 2, "大后": 3, "大大后": 4, "大大大后": 5,
}  # fmt: skip
STEP_SHIFTS = {"上上": -2, "上": -1, "前": -2, "这": 0, "本": 0, "当": 0, "此": 0, "下": 1, "下下": 2}
WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6} | {str(i + 1): i for i in range(7)}

DAYS = {"秒": 1 / 86400, "分钟": 1 / 1440, "刻钟": 15 / 1440, "小时": 1 / 24, "天": 1.0, "周": 7.0}
MONTHS = {"月": 1, "季度": 3, "学期": 6, "年": 12, "世纪": 1200}
SAME_UNIT = {
    "秒钟": "秒", "分": "分钟", "钟头": "小时", "个钟": "小时", "钟": "小时", "日": "天", "晚上": "天", "晚": "天", "夜": "天",
    "星期": "周", "礼拜": "周", "季": "季度", "载": "年",
}  # fmt: skip

VAGUE = {
    "刚才": (1 / 48, "hour"), "刚刚": (1 / 48, "hour"), "方才": (1 / 48, "hour"),
    "前几天": (5, "day"), "前些天": (7, "day"), "前两天": (2, "day"), "前些日子": (10, "week"), "前几日": (5, "day"),
    "这几天": (4, "day"), "这两天": (2, "day"), "近几天": (4, "day"), "近两天": (2, "day"), "连日来": (5, "day"),
    "日前": (3, "day"), "不久前": (15, "week"), "前不久": (15, "week"), "好几天": (5, "day"), "好多天": (7, "day"),
    "多日": (7, "day"), "这段时间": (15, "week"), "这阵子": (15, "week"), "近段时间": (15, "week"), "这些天": (7, "day"),
    "前段时间": (30, "week"), "前一段时间": (30, "week"), "前阵子": (30, "week"), "前一阵": (30, "week"),
    "一段时间": (30, "week"), "最近": (15, "week"), "近期": (15, "week"), "近来": (15, "week"), "近日": (5, "day"),
    "近几个月": (120, "month"), "近几年": (1200, "year"), "近些年": (1500, "year"), "近年来": (1200, "year"),
    "近年": (1200, "year"), "这几年": (1200, "year"), "前几年": (1500, "year"), "这几个月": (120, "month"),
    "好几个月": (150, "month"), "好几年": (1500, "year"), "多年来": (1800, "year"), "前几个月": (120, "month"),
}  # fmt: skip
"""How many days back such words reach, roughly, and how exact they are."""
