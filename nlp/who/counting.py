"""How many speak together: "我们十几户" is ten at least, "全楼业主联名" several, "我们小区有500户" nobody but the speaker.

Expects text in ``segment.normal`` form.
"""

from __future__ import annotations

import re

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "俩": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
NUMBER = r"(?P<n>\d{1,4}|[一二两三四五六七八九十百千几]{1,6}|上百|上千|数十|数百)(?P<more>多|几|余|来)?"
UNIT = (
    r"(?:个|名|位|户|家)?(?:人|户(?!业主|居民|住户|商户|村民)|(?<!户)家人?|业主|住户|居民|工人|农民工|村民|家长|员工|职工|学生|同学|租户|租客|商户|司机|工友|消费者|顾客|乘客"
    r"|旅客|游客|会员|学员|病人|邻居|老人|同事|骑手|老师|教师|摊主|名)(?!口|长|份|数|次)"
)
WE = r"(?:我们|咱们|咱|俺们|我等|本人等|包括我在内的?)"
JOINTLY = r"(?:联名|联合|联署|共同|一起|一块|集体|一致|签名|签字|按手印|都要求|都想|都要)"
GROUP = r"(?:全体|全部|全楼|整栋楼|整楼|全村|全小区|全班|所有|多名|多位|多户|众多|广大|几位|几名|几户)?(?:业主|住户|居民|工人|农民工|村民|家长|员工|职工|学生|租户|商户|司机|工友|消费者|学员|骑手|邻居)们?"
ASKS = r"(?:投诉|反映|举报|要求|请求|申请|维权|讨薪|讨要|讨|签名|写信|申诉|控告|起诉|上访|信访|来)"
BARE = re.compile(
    rf"{WE}(?:这|那|这边|楼里?|一共|总共|共|总共有|一共有|有|这里有)?{NUMBER}{UNIT}"
    r"(?![^,。!?;]{0,4}?(?:去|吃|点了|坐|打车|拼|订|约|玩|逛|聚餐|开房|挤|共用|同住|合租|一桌|一间|一辆|一家|吵架|打架|口角))"
)
"""我们十几户, 我们一共12名工人; a party at dinner is none."""
HAS = re.compile(rf"{WE}(?:这里)?有")
PLACED = re.compile(
    rf"(?P<we>{WE})?[^,。!?;\s]{{0,10}}?(?<!第){NUMBER}{UNIT}[^,。!?;]{{0,10}}?(?(we){JOINTLY}|(?:联[名合署]|共同|集体|签[名字]|按手印))"
)
BESIDES_ME = re.compile(
    rf"我(?:和|跟|与|同)(?:另外|其他|别的|其余)?的?{NUMBER}{UNIT}[^,。!?;]{{0,4}}?(?:联名|联合|共同|集体|一起|一块)"
    r"(?!吃|喝|玩|去|住|坐|逛|聚|出|上班|打|唱|旅)"
)
"""我和另外十几个工友一起; not who only had dinner with them."""
NAMED = re.compile(
    rf"{GROUP}[^,。!?;]{{0,6}}?(?:联名|联合|联署|集体|共同)(?!体|住宅|宿舍|所有|财产|区域|部位|停车|收益)[^,。!?;]{{0,8}}?{ASKS}|{GROUP}联名"
)
UNPAID = re.compile(
    rf"(?:^|[,。!?;:\s]){NUMBER}(?:名|个|位)(?:工人|农民工|员工|职工|工友|骑手|司机)[^。!?;]{{0,12}}?(?:拖欠|欠薪|没发|没拿到|讨薪|不发|工资)"
)
ENGLISH = re.compile(
    r"\b(?:we are|we're|we,|there are|the|all)? ?(?P<n>\d{1,4}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|a dozen|dozens)"
    r"(?: (?:workers|residents|households|families|owners|tenants|parents|neighbou?rs|employees|students|people))? of us\b"
    r"|\bwe(?: are|'re|,)? (?:all )?(?P<n2>\d{1,4}|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|a dozen|dozens of)"
    r" (?:workers|residents|households|families|owners|tenants|parents|neighbou?rs|employees|students|people)\b"
    r"|\bon behalf of (?:all |the )?(?P<n3>\d{1,4}|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty) (?:workers|residents|households|families|owners|tenants|parents|employees|students)\b",
    re.IGNORECASE,
)
WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "a dozen": 12, "dozens": 24, "dozens of": 24, "twenty": 20, "thirty": 30, "fifty": 50,
}  # fmt: skip
FEWEST, PAIR = 3, 2
"""So many make a joint matter where only their number says so; two must say that they come together."""


def together(text: str) -> tuple[int | None, str]:
    """How many at least speak together, and in which words; no number where none is told, ``""``: it is one."""
    for pattern, least in ((PLACED, PAIR), (BESIDES_ME, PAIR), (BARE, FEWEST), (UNPAID, FEWEST)):
        for found in pattern.finditer(text):
            if pattern is BARE and HAS.match(found[0]):
                continue
            count = value(found["n"])
            if count is not None and count >= least and found["n"] != "一":
                return count, found[0].strip(" ,。!?;:\n")
    if crowd := NAMED.search(text):
        return None, crowd[0].strip(" ,。!?;:\n")
    if english := ENGLISH.search(text):
        told = next(one for one in english.groups() if one)
        return (int(told) if told.isdecimal() else WORDS[told.lower()]), english[0].strip(" ,")
    return None, ""


def value(words: str) -> int | None:
    """The least that number words can mean: 十几 is 10, 三四十 is 30, 几十 is 20; None: they are no number."""
    if words.isdecimal():
        return int(words)
    if words.startswith(("上", "数")):
        return {"上百": 100, "上千": 1000, "数十": 20, "数百": 200}[words]
    total, digit = 0, 0
    for at, char in enumerate(words):
        if char in TENS:
            total += (digit or 1) * TENS[char]
            digit = 0
        elif char == "几":
            digit = digit or (2 if at + 1 < len(words) else 0)
        elif char in DIGITS:
            digit = digit or DIGITS[char]  # 三四十: the smaller counts
    return (total + digit) or None
