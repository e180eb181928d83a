"""Which values a field of a WeChat template takes, by the type in its name (thing4 is a ``thing``)."""

from __future__ import annotations

import re

AMOUNT = r"[¥￥$€£]?\d{1,10}(\.\d{1,2})?元?"
DATE = r"\d{4}(年\d{1,2}月\d{1,2}日|-\d{1,2}-\d{1,2}|/\d{1,2}/\d{1,2})"
TIME = r"\d{1,2}:\d{2}(:\d{2})?"
SPAN = r"\s?[~～-]\s?"

PATTERNS: dict[str, str] = {
    "thing": r".{1,20}",
    "short_thing": r".{1,5}",
    "character_string": r"[\x21-\x7e][\x20-\x7e]{0,31}",
    "number": r"[+-]?\d{1,32}(\.\d+)?",
    "letter": r"[A-Za-z]{1,32}",
    "symbol": r"[^\w\s]{1,5}",
    "phrase": r"[\u4e00-\u9fff]{1,5}",
    "name": r"[\u4e00-\u9fff·]{1,10}|[A-Za-z .·]{1,20}",
    "time": rf"({DATE}\s)?{TIME}({SPAN}({DATE}\s)?{TIME})?|{DATE}({SPAN}{DATE})?",
    "date": rf"{DATE}(\s{TIME})?({SPAN}{DATE}(\s{TIME})?)?",
    "amount": AMOUNT,
    "phone_number": r"[\d+() -]{1,17}",
    "car_number": r"[\u4e00-\u9fff]?[A-Z0-9\u4e00-\u9fff]{1,8}",
    "const": r".{1,20}",
}
COMPILED = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}
LONGEST_NUMBER, LONGEST_PLATE = 32, 8


def fits(key: str, value: object) -> bool:
    """Whether production takes this value; nothing empty, no line break."""
    kind = re.sub(r"\d+$", "", key)
    if not isinstance(value, str) or not value.strip() or "\n" in value or "\r" in value:
        return False
    if kind not in COMPILED:
        return True
    if (kind == "number" and len(value) > LONGEST_NUMBER) or (kind == "car_number" and len(value) > LONGEST_PLATE):
        return False
    return COMPILED[kind].fullmatch(value) is not None
