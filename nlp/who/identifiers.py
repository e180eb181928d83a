"""Numbers that name one thing: identity cards, plates, bank cards, orders, flights, staff.

A number with a check digit is *sound* only where that digit is right; others
count after a word that says what they are (订单号, 工号). Phone numbers are
``nlp.who.people``'s. Linear in the text's length; texts in ``segment.normal`` form.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from stdnum import luhn
from stdnum.cn import ric, uscc

from nlp.facts import Told
from nlp.who.people import SPOKEN, SPOKEN_RUN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST = 40
"""Characters of a number; what is longer is a link or a key."""

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
SERIAL = "A-HJ-NP-Z0-9"
PLATE = re.compile(
    rf"([{PROVINCES}])\s?([A-HJ-NP-Z])\s?[·•.\- ]?\s?"
    rf"([A-HJK][{SERIAL}]\d{{4}}|\d{{5}}[A-HJK]|[{SERIAL}]{{4}}[挂学警港澳试超领]|\d{{4}}应急|[{SERIAL}]{{5}})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
"""GA 36-2018: five places, six for new energy (the first or the last tells the drive), the last a word for some uses."""

EMBASSY = re.compile(
    r"(?<![大天指假促即致使])(使)\s?(\d{3})[·\-]?(\d{3})(?!\d)|WJ\s?[·\-]?[" + PROVINCES + r"]?\s?\d{4}[\dA-Z](?!\w)"
)
MOST_LETTERS = 2
"""In the five places of a plate, the province's letter apart."""

EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![A-Za-z0-9])"
)
ID_CARD = re.compile(r"(?<![A-Za-z0-9])([1-9]\d{5})[ -]?((?:18|19|20)\d{6})[ -]?(\d{3}[\dXx])(?![A-Za-z0-9])")
CREDIT_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?:1[1-39]|5[1-39]|9[1-3]|Y1|[2346]1|[A78N]\d)[0-9A-HJ-NP-RTUWXY]{16}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
CARD = re.compile(r"(?<![A-Za-z0-9])(?:\d{15,20}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1?\d{1,4})?)(?![A-Za-z0-9])")
BANK_CARD = re.compile(r"^(?:62\d{14,17}|[45]\d{15})$")
"""How numbers of bank cards in China begin, and how long they are."""

TOKEN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9](?:[A-Za-z0-9]|[-_/](?=[A-Za-z0-9]))*")

IS = r"(?:[::=#是为叫]|is|was|[(\[]){0,2}\s{0,2}$"
NUMBER = r"(?:编?号码?|编码|代码|number|no\.?|id|#)"
CUES = tuple(
    (slot, re.compile(pattern + r"\s{0,2}" + IS, re.IGNORECASE))
    for slot, pattern in (
        ("id_number", rf"身份证件?(?:{NUMBER})?|身份号码|\bid card(?: {NUMBER})?"),
        ("credit_code", r"信用代码|纳税人识别号|税号|\bcredit code"),
        (
            "waybill_number",
            rf"(?:运单|快递单?|物流单?|货运单?|包裹单?|面单|邮件)(?:的)?{NUMBER}|\b(?:tracking|waybill) {NUMBER}",
        ),
        ("receipt", rf"(?:小票|收据|票据|凭证|发票)(?:上的?|的)?(?:单|流水)?{NUMBER}|\b(?:receipt|invoice) {NUMBER}"),
        (
            "booking",
            rf"订座(?:记录)?{NUMBER}|订座记录|预订{NUMBER}|PNR|订位代[号码]|\bbooking (?:reference|code|{NUMBER})",
        ),
        (
            "order_number",
            rf"(?:订单|交易单?|预约单?|下单|流水)(?:的)?{NUMBER}|订单[::]|(?<![工回保报罚])单号|\border {NUMBER}",
        ),
        ("ticket", rf"(?<!发)(?:车票|客票|船票|机票|门票|票)(?:上)?的?{NUMBER}|\bticket {NUMBER}"),
        ("flight", r"航班号?|\bflight(?: number| no\.?)?"),
        (
            "driver_number",
            rf"(?:司机|驾驶员|师傅)的?(?:工号|{NUMBER}|(?:服务|从业|资格)[^,。\s]{{0,4}}证{NUMBER})|\bdriver {NUMBER}",
        ),
        (
            "employee_number",
            rf"(?:工|警|员工|柜员|客服|胸牌|胸卡|工作证|服务证)(?:的)?{NUMBER}|\b(?:staff|employee) {NUMBER}",
        ),
        (
            "account_number",
            rf"(?:户|用户|客户|缴费|水表|电表|气表|燃气表|会员)(?:的)?{NUMBER}|\b(?:account|meter) {NUMBER}",
        ),
        ("batch", r"(?:生产)?批(?:次|号)号?|\bbatch(?: number| no\.?)?"),
        ("model", r"型号|\bmodel(?: number| no\.?)?"),
        ("phone_number", rf"(?:业务|机主|办理|服务|套餐|宽带)(?:手机|电话|账)?{NUMBER}"),
        ("card_number", rf"(?:ETC|储值|公交|会员|社保|医保)卡?(?:的)?{NUMBER}|(?<!电话)(?<!手机)卡号|\bcard {NUMBER}"),
        ("route", r"(?:车次|班次)|\b(?:bus|route)(?: number| no\.?)?"),
    )
)
"""What may stand right before a number and says which one it is; the first that fits."""
SLOTS = frozenset({slot for slot, _ in CUES} | {"plate", "email"})
"""Every slot that ``find`` tells."""
BANK = re.compile(
    r"(?:银行卡|信用卡|储蓄卡|借记卡|存折|银行账[号户]|bank card|credit card)[^,。;!?\n]{0,8}$", re.IGNORECASE
)
CUE_ENDS = re.compile(r"[号码证件编代录次班单卡型A-Za-z#.][::=#是为叫(\[\s]*$")
"""How every cue ends, before the words that join it with its number."""
BEFORE = 24
"""Characters before a number in which its cue is looked for."""

LEAST = {"employee_number": 2, "driver_number": 2, "flight": 3, "model": 2, "route": 1, "receipt": 3, "batch": 3}
"""Characters of a number after a cue, where they may be fewer than five."""

CHECKED = frozenset({"id_number", "credit_code"})
LETTERS_ONLY = frozenset({"booking"})
QUANTITY = re.compile(r"\s?(?:[个元块万件台条张份人次天年月日号楼栋米点%]|公斤)")
"""After a number that counts, and names nothing: 订单号30个."""

FLIGHT = re.compile(
    r"(?:CA|MU|CZ|HU|ZH|MF|SC|3U|FM|HO|9C|KN|GS|JD|EU|G5|NS|BK|TV|PN|8L|DR|UQ|QW|GJ|KY|DZ|AQ|GT|A6|FU|GX|9H|RY|LT"
    r"|CX|HX|UO|NX|BR|CI|NH|JL|KE|OZ|SQ|TG|MH|AK|FD|VN|PR|EK|QR|EY|TK|SU|BA|LH|AF|KL|UA|DL|AA|QF)\d{3,4}",
    re.IGNORECASE,
)
FLYING = re.compile(r"航班|飞机|机场|航空|起飞|登机|改签|flight|airport|plane", re.IGNORECASE)
BUS = re.compile(
    r"(?<![A-Za-z0-9第])([A-Z]?\d{1,4}路)(?=公交|车|的?司机|驾驶员|师傅|末班|首班|,|。|$)|(?<![A-Za-z0-9])([GDCKTZ]\d{1,4})次"
    r"|(?:公交车?|巴士|[坐乘]了?)\s?([A-Z]?\d{1,4}路)(?!口)",
    re.IGNORECASE,
)
COUNTED = re.compile(r"\d[路次]")
"""What there is in any of these: quicker to look for than the whole."""

LONG_NUMBER = re.compile(r"[\dA-Za-z][\dA-Za-z -]{13}")
"""Nothing shorter is an identity card's, a firm's or a bank card's."""
HAS_DIGIT = re.compile(r"[\d@]")
HAS_NUMBER = re.compile(r"[零〇一二三四五六七八九幺两]{7}|PNR|订座|[Bb]ooking")


def find(text: str) -> list[Told]:
    """Every such number of *text* in the order told, in its normal form; none lies in another."""
    if not (HAS_DIGIT.search(text) or HAS_NUMBER.search(text)):
        return []
    plain = SPOKEN_RUN.sub(lambda run: run[0].translate(SPOKEN), text)
    tokens = list(TOKEN.finditer(plain))
    readers = [_emails(plain), _plates(plain), _cued(plain, tokens), _flights(plain, tokens), _routes(plain)]
    if LONG_NUMBER.search(plain):
        readers[1:1] = [_id_cards(plain)]
        readers[4:4] = [_credit_codes(plain), _cards(plain)]
    found: list[Told] = []
    taken = bytearray(len(plain))
    for one in chain.from_iterable(readers):
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def sound_id(number: str) -> bool:
    """Whether an identity card's number has a day of birth and the right check digit (GB 11643)."""
    return (
        len(number) == len("11010519491231002X")
        and _birth(number) is not None
        and ric.calc_check_digit(number) == number[-1]
    )


def birth_date(number: str) -> date:
    """The day of birth in a sound identity card's number."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def is_female(number: str) -> bool:
    """Whether a sound identity card's number is a woman's: the last of its three serial digits is even."""
    return int(number[16]) % 2 == 0


def _birth(number: str) -> date | None:
    try:
        return birth_date(number)
    except ValueError:
        return None


def _emails(text: str) -> Iterator[Told]:
    if "@" in text:
        for m in EMAIL.finditer(text):
            yield Told("email", m[0].lower(), *m.span())


def _id_cards(text: str) -> Iterator[Told]:
    for m in ID_CARD.finditer(text):
        number = (m[1] + m[2] + m[3]).upper()
        sound = sound_id(number)
        if sound or not (
            _birth(number) is None or uscc.is_valid(number) or _cue(text, m.start()) not in {"", "id_number"}
        ):
            yield Told("id_number", number, *m.span(), sound)


def _credit_codes(text: str) -> Iterator[Told]:
    for m in CREDIT_CODE.finditer(text):
        if (sound := uscc.is_valid(m[0].upper())) or re.search("[A-Za-z]", m[0]):
            yield Told("credit_code", m[0].upper(), *m.span(), sound)


def _plates(text: str) -> Iterator[Told]:
    for m in PLATE.finditer(text):
        serial = m[3].upper()
        if re.search(r"\d", serial) and sum(c.isascii() and c.isalpha() for c in serial) <= MOST_LETTERS:
            yield Told("plate", m[1] + m[2].upper() + serial, *m.span())
    for m in EMBASSY.finditer(text) if "使" in text or "WJ" in text else ():
        yield Told("plate", re.sub(r"[·\-\s]", "", m[0]), *m.span())


def _cued(text: str, tokens: Iterable[re.Match[str]]) -> Iterator[Told]:
    for m in tokens:
        number, start, end = m[0], m.start(), m.end()
        if end - start > LONGEST or (slot := _cue(text, start)) == "":
            continue
        digits = sum(c.isdigit() for c in number)
        named = digits > 0 or (slot in LETTERS_ONLY and number.isupper() and len(number) in {5, 6})
        if not named or len(number) < LEAST.get(slot, 5) or QUANTITY.match(text, end):
            continue
        if slot in CHECKED:
            number = number.upper()
            yield Told(slot, number, start, end, sound_id(number) if slot == "id_number" else uscc.is_valid(number))
        elif slot == "card_number":
            yield from _card(text, CARD.match(text, start) or m)
        else:
            yield Told(slot, number.upper() if slot in {"flight", "booking"} else number, start, end)


def _cue(text: str, at: int) -> str:
    """The slot that the words right before *at* announce, or ``""``."""
    before = text[max(0, at - BEFORE) : at]
    if not CUE_ENDS.search(before):
        return ""
    return next((slot for slot, cue in CUES if cue.search(before)), "")


def _cards(text: str) -> Iterator[Told]:
    for m in CARD.finditer(text):
        yield from _card(text, m)


def _card(text: str, m: re.Match[str]) -> Iterator[Told]:
    """A bank card where its check digit is right or the words say that it is one; another card where they say so."""
    number = re.sub(r"[ -]", "", m[0])
    cued = _cue(text, m.start()) == "card_number"
    if BANK.search(text[max(0, m.start() - BEFORE) : m.start()]):
        if len(number) >= len("6222000000000"):
            yield Told("card_number", number, *m.span(), bool(luhn.is_valid(number)))
    elif cued or (BANK_CARD.match(number) and luhn.is_valid(number)):
        yield Told("card_number", number, *m.span())


def _flights(text: str, tokens: Iterable[re.Match[str]]) -> Iterator[Told]:
    """Flights without a cue, where the words speak of flying or the number is all that is said."""
    numbers = [m for m in tokens if FLIGHT.fullmatch(m[0])]
    if numbers and (FLYING.search(text) or numbers[0][0] == text.strip()):
        for m in numbers:
            yield Told("flight", m[0].upper(), *m.span())


def _routes(text: str) -> Iterator[Told]:
    for m in BUS.finditer(text) if COUNTED.search(text) else ():
        group = m.lastindex or 0
        yield Told("route", m[group].upper(), *m.span(group))
