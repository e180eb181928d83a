"""What every sentence for citizens keeps to, ours and an institution's own: short, polite, plain, one question.

Used where sentences are written or loaded (tests, ``check``, the desk), never
while talking. What else words written at the desk keep to, ``fitting`` says.
"""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING, Self

from dialogs.wording import EN, LANGUAGES
from institutions.catalog import BadInstitution
from nlp.segment import normal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from institutions.model import Institution

LONGEST = {EN: 160}
USUAL = 60
"""Characters of one sentence, by language: what is read at one glance on a phone."""
ENDS = re.compile(r"(?<=[。！？!?])|(?<=\.)\s|\n")
ASKS = re.compile(r"[？?]")
OFFICIALESE = {
    "予以", "给予", "不予", "敬请", "谨此", "特此", "兹", "贵方", "贵单位", "贵司", "该用户", "该员", "相关部门", "有关部门",
    "有关单位", "上述", "之内", "之前", "之后", "所述", "业经", "此复", "知悉", "悉知", "届时", "如若", "鉴于", "逾期", "进行处理",
    "及时处理", "高度重视", "依法依规", "按照规定", "根据规定", "系统繁忙", "输入错误", "无效输入", "非法", "操作失败", "派单", "亲，", "亲爱的",
    "pursuant", "hereby", "kindly", "please be advised", "aforementioned", "in respect of", "invalid", "illegal", "error",
}  # fmt: skip
"""Words of offices and machines, and of salespeople, that no citizen uses."""
PLAIN_AFTER_ALL = re.compile("之前的|这之前|在这之前|登记之前")
"""Everyday speech that holds such a word."""


class Fault(str):
    """What is wrong, in English words; its ``code`` and ``facts`` are for who says it in others."""

    __slots__ = ("code", "facts")
    code: str
    facts: dict[str, object]

    def __new__(cls, code: str, told: str, /, **facts: object) -> Self:
        """The fault of that kind, told so."""
        fault = super().__new__(cls, told)
        fault.code, fault.facts = code, facts
        return fault


def faults(language: str, sentence: str) -> Iterator[Fault]:
    """What is wrong with a sentence of ours, in words for who wrote it."""
    limit = LONGEST.get(language, USUAL)
    for part in (part.strip() for part in ENDS.split(_bare(sentence))):
        if (n := len(part)) > limit:
            told = f"{part!r} has {n} characters; write sentences of at most {limit}"
            yield Fault("sentence", told, part=part, n=n, most=limit)
    if len(ASKS.findall(sentence)) > 1:
        yield Fault("asks", "it asks two questions; ask one at a time")
    read = PLAIN_AFTER_ALL.sub("", normal(sentence).casefold())
    if found := sorted(word for word in OFFICIALESE if word in read):
        told = f"{found[0]!r} is no word of a kind clerk; say it as one says it at a counter"
        yield Fault("office", told, word=found[0])


def check(institution: Institution) -> None:
    """Refuse an institution's own sentence that the bot could not or should not say. Raises: BadInstitution."""
    if mistake := next(mistakes(institution), None):
        raise mistake


def mistakes(institution: Institution) -> Iterator[BadInstitution]:
    """Every one of them."""
    for language, sentences in institution.wording.items():
        for key, sentence in sentences.items():
            if reason := _wrong(language, key, sentence):
                yield BadInstitution(f"{institution.id}.toml", f"wording.{language}.{key}", reason)


def fields(sentence: str) -> set[str]:
    """The names of the facts that a sentence tells. Raises: ValueError: its braces do not match, or hold more than a name.

    ``{n:d}`` would fail with a fact that is text, ``{n:>99999999}`` would fill the memory.
    """
    found = [part[1:] for part in string.Formatter().parse(sentence) if part[1] is not None]
    if any(spec or how for _, spec, how in found):
        raise ValueError("a fact is told as it is")
    return {str(name) for name, _, _ in found}


def _wrong(language: str, key: str, sentence: str) -> str:
    known = LANGUAGES[language]
    if key not in known:
        return f"there is no sentence {key!r}{_near(key, known)}"
    return next(unsayable(language, key, sentence), "")


def unsayable(language: str, key: str, sentence: str) -> Iterator[Fault]:
    """Why the bot could not or should not say that instead of its own sentence under *key*. Raises: KeyError."""
    ours = LANGUAGES[language][key]
    try:
        told = fields(sentence)
    except ValueError:
        yield Fault("brace", "a brace { or } stands alone; facts are written {like_this}")
        return
    if missing := sorted(fields(ours) - told):
        yield Fault("missing", f"{{{missing[0]}}} is missing; ours is: {ours}", fact=missing[0])
    elif strange := sorted(told - fields(ours)):
        known = " ".join(f"{{{name}}}" for name in sorted(fields(ours)))
        yield Fault(
            "strange", f"there is no fact {{{strange[0]}}} for it; ours is: {ours}", fact=strange[0], known=known
        )
    else:
        yield from faults(language, sentence)


def _near(key: str, known: dict[str, str]) -> str:
    family = [other for other in known if other.split(".")[0] == key.partition(".")[0]]
    return f"; there are {', '.join(family[:6])}" if family else "; dialogs/wording/zh.py holds them all"


def _bare(sentence: str) -> str:
    """The sentence without its facts, whose length is not its own."""
    return re.sub(r"\{\w*\}", "", sentence)
