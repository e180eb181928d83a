"""What was bought, where, for how much, of whom; the meal, the window, the crop, the tariff: slots of their own.

Read from the story by how people say it, so that nobody is asked what they
have told. What is not said plainly is left to be asked. Only the slots that an
institution wants are looked for. Texts in ``segment.normal`` form; linear.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.facts import Told
from nlp.who.people import named_at

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    Span = tuple[int, int]

HAN = r"[\u4e00-\u9fff]"
NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百几半]+)"
UNIT = r"(?:台|个|部|件|只|双|条|辆|瓶|袋|盒|箱|斤|公斤|套|把|张|块|桶|份|支|款|包|罐|床|株|棵|吨|卷|根|顶|副|对)"
THING = r"[A-Za-z0-9\u4e00-\u9fff]"
STOP = (
    r"(?=[,。.!?;:、\s(]|$|[用坏漏不是有才就没上里吃打刚还后出被退质一两开充穿洗冒烂过回到拿放在也都又太很老总自竟居却但结使喝闻装送寄退换修掉断裂爆响停变碎没鼓钻刹卡]"
    r"|(?<!沙)发|(?:几天|半年|三天|第二)|\d)"
)
PRODUCT = re.compile(
    rf"(?:买|购买|网购|订购|入手|选购)(?:了|的|过|到|回来?|来)*(?:{NUMBER}多?{UNIT})?(?:新的?|二手的?|你们(?:家|厂|公司)?的?|他们家?的?)*"
    rf"(?P<told>{THING}{{1,10}}?){STOP}"
)
NO_PRODUCT = re.compile(
    r"^(?:.?$(?<![药鞋车酒米油肉鱼菜茶床锅表书灯琴])|时候|那天|东西|商品|产品|当天|之后|以后|以前|这个|那个|地方|票|房子?|回来|保险|理财|单|家)|(?:时候|的人|天|月|年)$"
)
PLACE = rf"{HAN}[A-Za-z0-9\u4e00-\u9fff]{{1,13}}?"
SHOPS = r"淘宝|京东|天猫|拼多多|抖音|快手|直播间|网上|线上|微信群?|闲鱼|美团|小红书|唯品会|苏宁|国美|官网|小程序"
WHERE_BOUGHT = re.compile(
    rf"(?:(?:在|从|于|到|去(?!年))(?P<place>{PLACE})|(?P<online>{SHOPS})(?:的?(?:旗舰店|专卖店|商家|店铺?))?)(?:上|里|那里|这里)?(?:刚|新|花{THING}{{1,8}}?)?(?:买|购|下单|订购|入手|选购)"
)
NO_PLACE = re.compile(r"^(?:我|你|他|她|它|这|那|哪|家|店里|刚|上|今|昨|前)|(?:[的了是吗]|时候|年|月|天|银行)$")
SELLS = re.compile(rf"{HAN}+(?:店|商场|超市|市场|公司|商城|中心|大楼|厂|行|社|站|部|房)$")
MAKER = re.compile(
    rf"(?:(?<=[是由为,。 ])|^)(?P<told>(?:(?![是由]){HAN}){{2,14}}?(?:厂|公司|集团))(?:所)?(?:生产|出品|制造|产)的?"
)
AMOUNT = re.compile(
    r"(?<![\d.])(?:\d[\d,]*(?:\.\d+)?[多余来几]?(?:万|千|百)?[多余来几]?|[一二两三四五六七八九十百千万零几]+[多余来]?)(?:元钱?|块钱?|人民币)(?![砖石板地头儿])(?!的?套餐)"
)
QUANTITY = re.compile(rf"(?:买|购买|网购|订购|购进|进)(?:了|过|到|回来?)*(?P<told>{NUMBER}多?{UNIT})")
MEAL = re.compile(r"早餐|午餐|晚餐|早饭|午饭|中饭|中餐|晚饭|夜宵|宵夜")
WINDOW = re.compile(
    r"(?:第?(?:\d+|[一二三四五六七八九十]+)号?|(?:面食|清真|麻辣烫|盖饭|小炒|米线|饺子|快餐|自选|砂锅|套餐|水果|风味|特色|素菜|凉菜)的?)窗口"
)
CROP = re.compile(
    r"水稻|稻子|小麦|麦子|玉米|苞米|大豆|黄豆|棉花|油菜籽?|花生|土豆|马铃薯|红薯|芝麻|高粱|谷子|柑橘|橘子|桔子|橙子|柚子|苹果|梨|桃子?|葡萄|西瓜|甜瓜|草莓|樱桃"
    r"|辣椒|黄瓜|番茄|西红柿|茄子|白菜|萝卜|大蒜|洋葱|豆角|茶叶|茶树|茶苗|烟叶|烤烟|甘蔗|甜菜|药材|中药材|莲藕|生姜|果树|蔬菜"
)
PLANTED = re.compile(r"种|亩|田|地里|苗|结果|收成|减产|药害|种子|化肥|农药|棚")
PACKAGE = re.compile(
    r"(?P<told>(?:\d+元?(?:的|每月|/月|一个?月的?)?|(?!改|换|办|升|降|变|用|订|开|我|的|个|这|那|该|是|什么|哪)(?:(?![的是个了换改办订我])[A-Za-z0-9\u4e00-\u9fff]){2,6}?)套餐)"
)
NO_PACKAGE = re.compile(
    r"^(?:更换|办理|订购|升级|降低|变更|取消|开通|擅自|私自|原来|新的|手机|流量|宽带|话费|电话|什么|其他|别的|低价|高价|强制|偷偷)套餐$"
)
GUIDE = re.compile(r"导游(?:叫做?|是|姓名|名叫|:)?")
ROOM = 2  # characters between a time and the place where something was bought


def find(text: str, wanted: Collection[str], *, times: Sequence[Span] = ()) -> list[Told]:
    """What *text* tells for these slots, one each at most. *times*: where times stand in it."""
    told = (reader(text, times) for slot, reader in READERS.items() if slot in wanted)
    return [one for one in told if one is not None]


def _first(
    slot: str, pattern: re.Pattern[str], unless: re.Pattern[str] | None = None
) -> Callable[[str, Sequence[Span]], Told | None]:
    """A reader: the first that *pattern* finds, but for what names nothing."""

    def read(text: str, _times: Sequence[Span]) -> Told | None:
        for m in pattern.finditer(text):
            group = "told" if "told" in pattern.groupindex else 0
            if not (unless and unless.search(m[group])):
                return Told(slot, m[group], m.start(group), m.end(group))
        return None

    return read


def _places(text: str) -> Iterator[re.Match[str]]:
    for m in WHERE_BOUGHT.finditer(text):
        if m["online"] or not NO_PLACE.search(m["place"]):
            yield m


def _bought(text: str, times: Sequence[Span]) -> Told | None:
    """Where, with the time right before it."""
    for m in _places(text):
        group = "online" if m["online"] else "place"
        start, end = m.start(group), m.end(group)
        start = next((begin for begin, over in times if 0 <= m.start() - over <= ROOM), start)
        return Told("bought", text[start:end], start, end)
    return None


def _seller(text: str, _times: Sequence[Span]) -> Told | None:
    """The shop itself, where it is one by its name."""
    for m in _places(text):
        if m["place"] and SELLS.search(m["place"]):
            return Told("seller", m["place"], m.start("place"), m.end("place"))
    return None


def _value(text: str, _times: Sequence[Span]) -> Told | None:
    """The sum, where only one is told."""
    found = list(AMOUNT.finditer(text))
    return Told("value", found[0][0], *found[0].span()) if len(found) == 1 else None


def _crop(text: str, times: Sequence[Span]) -> Told | None:
    """What grows, where it is spoken of as grown: who eats an apple grows none."""
    return _first("crop", CROP)(text, times) if PLANTED.search(text) else None


def _guide(text: str, _times: Sequence[Span]) -> Told | None:
    for m in GUIDE.finditer(text):
        if name := named_at(text, m.end()):
            return Told("guide", name.value, name.start, name.end)
    return None


READERS: dict[str, Callable[[str, Sequence[Span]], Told | None]] = {
    "product": _first("product", PRODUCT, NO_PRODUCT),
    "bought": _bought,
    "seller": _seller,
    "maker": _first("maker", MAKER),
    "quantity": _first("quantity", QUANTITY),
    "value": _value,
    "meal": _first("meal", MEAL),
    "window": _first("window", WINDOW),
    "crop": _crop,
    "package": _first("package", PACKAGE, NO_PACKAGE),
    "guide": _guide,
}
