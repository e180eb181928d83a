"""Named schools, branches, toll stations, firms: which slot each may fill, told by how its name ends.

A bare kind ("学校", "那家公司") names nothing. A name reaches left to a word no
name holds, as in ``nlp.where.places``. Linear; texts in ``segment.normal`` form.
"""

from __future__ import annotations

import re

from nlp.facts import Told
from nlp.scanner import Scanner
from nlp.where import words

ROWS: tuple[tuple[str, str], ...] = (
    (
        "school",
        (
            r"(?:大学|学院|小学|中学|初中|高中|学校|附小|附中|职校|技校|职专|职高|党校|老年大学|幼儿园|托儿所|(?<=[\u4e00-\u9fff])[一二三四五六七八九十]{1,2}[小中])"
            r"(?![生城派历文位毕的]|学|阶段|教育|教师|老师|家长|校长|英语|语文|数学|里|班|一年|二年|三年|四年|五年|六年级|招)"
        ),
    ),
    ("station", r"收费站"),
    ("branch", r"支行|分行|分理处|储蓄所|信用社|营业部|营业厅|网点"),
    (
        "scenic_spot",
        r"(?:风景名胜区|风景区|景区|旅行社|旅游公司|国旅|古镇|古城|动物园|植物园|游乐园|欢乐谷|度假区|度假村|乐园|森林公园)",
    ),
    (
        "business",
        r"网吧|网咖|(?i:KTV)|歌厅|歌舞厅|酒吧|影城|影院|剧院|书店|游戏厅|游艺厅|棋牌室|桌游吧|密室|武馆|健身房|健身会所",
    ),
    ("contractor", r"(?:建设|建筑|工程|建工|路桥|市政|装饰|装修)(?:有限)?(?:责任)?(?:公司|集团)|工程局"),
    (
        "project",
        r"(?:改造|扩建|新建|拓宽|修缮|安置|绿化|管网|提升)(?:工程|项目)|(?:路|街|桥|站|隧道|河|小区|广场|地铁)改造(?:工程|项目)?|(?:隧道|立交桥?|高架|地铁|管网|快速路)(?:工程|项目|施工)",
    ),
    ("company", r"(?:股份)?(?:有限)?(?:责任)?公司|集团|(?<![工])厂(?![商家房里区长门])|酒店|医院"),
    (
        "shop",
        r"购物中心|百货大楼|商场|超市|商城|旗舰店|专卖店|便利店|药店|药房|菜市场|农贸市场|(?<![家本该小网门到一进])店(?![家主员长铺里面门])",
    ),
)
"""The slots by the endings of their names; a longer ending wins over a shorter one that begins with it."""

NOT_NAMED = re.compile(
    r"(?:[所家个座间处的某该各全第两几多老新大小]|这|那|附近|公办|民办|私立|公立|农村|城区|镇上|本地|当地|外地|重点|普通|乡镇|市区|小区|门口|旁边|隔壁|楼下|对面|县城"
    r"|一些|许多|有些|很多|整个|到处|建筑|外包|物业|中介|网上|线上|实体|私人|正规|大型|上市|国有|银行|培训|装修|家门口|孩子|我家|家附近|初|高)*"
)
"""What stands before the ending of a place that is told by its kind alone."""

NAMES = "有限|有色|建设银行|农业银行|开发银行|发展银行|交通银行|中信银行|和谐|向阳|和平|人和|太平|自由|永和"
PUNCTUATION = r"[\s,。.!?;:、\"“”'‘’()\[\]<>《》/|,…~—-]"


def _any(listed: str) -> str:
    return "|".join(sorted(listed.split(), key=len, reverse=True))


_SUFFIX = Scanner(ROWS)
_LEFT = re.compile(f"(?P<name>{NAMES}|{_any(words.NAMES)})|{_any(words.STOP_WORDS)}|{PUNCTUATION}|[{words.STOPS}]")
"""What ends a name's reach to the left, after the words that hold such a character and do not."""

LONGEST = 18
"""Characters of a name with its ending."""

ATTENDS = re.compile(r"上(?![海饶虞街高杭蔡])|就?读(?!者)|念|考上|升")
"""What pupils do at a school, before its name."""
WORKS = re.compile(
    r"(?:上班|工作|打工|务工|干活|做工|入职|离职|就职|任职|实习|辞退|开除|参保|交社保|缴社保)|[^,。;!?]{0,3}拖欠[^,。;!?]{0,6}(?:工资|薪)|(?:不发|没发|欠)[^,。;!?]{0,4}(?:工资|薪)"
)
BOUGHT = re.compile(r"(?:里面?|内)?[^,。;!?]{0,6}(?:买|购|消费|下单)")
MADE = re.compile(r"(?:生产|制造|出品|出厂)")


def find(text: str) -> list[Told]:
    """Every named organisation of *text* under the slot that its name suits, in the order told."""
    found: list[Told] = []
    last = 0  # where the organisation before ends
    for m in _SUFFIX.finditer(text):
        kind = m.lastgroup or ""
        if slot := _slot(kind, text, m.end()):
            left = left_end(text, max(last, m.end() - LONGEST), m.start())
            if kind == "school" and (verb := ATTENDS.match(text, left, m.start())):
                left = verb.end()
            if left < m.start() and not NOT_NAMED.fullmatch(text, left, m.start()):
                found.append(Told(slot, text[left : m.end()], left, m.end()))
        if kind not in {"shop", "company"}:
            last = m.end()
    return found


def left_end(text: str, start: int, end: int) -> int:
    """Where a name that ends at *end* begins, at *start* or behind the last word that no name holds."""
    stops = [m.end() for m in _LEFT.finditer(text, start, end) if m.lastgroup is None]
    return stops[-1] if stops else start


def _slot(kind: str, text: str, end: int) -> str:
    """What a firm or shop is to the citizen, where the words behind its name say so."""
    if kind in {"company", "contractor"} and WORKS.match(text, end):
        return "employer"
    if kind == "company":
        return "maker" if MADE.match(text, end) else ""
    if kind == "shop":
        return "seller" if BOUGHT.match(text, end) else ""
    return kind
