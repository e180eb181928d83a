"""How an answer becomes a value of a slot, and how a value is shown.

An answer that cannot be one raises Rejected with the key of the sentence that
says why; anything else is kept as the citizen told it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dialogs.values.placing import where_json
from nlp.segment import normal
from nlp.who import capacity, counting, dialled
from nlp.who import people as persons

if TYPE_CHECKING:
    from collections.abc import Callable

    from nlp.facts import Facts, When

LONGEST = 500  # characters of a short answer that are kept in the slot; the journal keeps all


class Rejected(Exception):
    """The answer is none; ``phrase`` is the key of the sentence for the citizen."""

    def __init__(self, phrase: str, **facts: object) -> None:
        super().__init__(phrase)
        self.phrase, self.facts = phrase, facts


def words(text: str, _facts: Facts) -> str:
    """Any words at all. Raises: Rejected: there are none."""
    if not re.search(r"\w", text):
        raise Rejected("reject.words")
    return text.strip()[:LONGEST]


def story(text: str, facts: Facts) -> str:
    """What happened, whole. Raises: Rejected: the words tell no matter."""
    if facts.what is None:
        raise Rejected("reject.what")
    return text.strip()


_OF_TIME = re.compile(
    r"[\da-z一二两三四五六七八九十几半年月日号天周期拜点时钟分秒早晚午夜晨宿春夏秋冬季节假前后今昨明刚才近来久常每总始终直从自当上下回次]",
    re.IGNORECASE,
)
"""What there is in any words about a time; no word of "没得合同"."""


def time(text: str, facts: Facts) -> dict[str, Any]:
    """When it happened; words of a time that we cannot place on a calendar are kept. Raises: Rejected: they are none."""
    if facts.when is not None:
        return when_json(facts.when)
    if not _OF_TIME.search(normal(text)):
        raise Rejected("reject.words")
    return {"text": words(text, facts), "start": None, "end": None, "precision": None, "recurring": False}


def place(text: str, facts: Facts) -> dict[str, Any]:
    """Where it happened."""
    if facts.where is not None:
        return where_json(facts.where)
    return {"text": words(text, facts), "lat": None, "lon": None, "pieces": {}}


_CALLED = re.compile(r"[\u3400-\u9fff·]{1,6}|[A-Za-z][A-Za-z .'-]{0,39}")
_NO_NAME = re.compile(r"[吗呢吧不没无什么怎谁为保密]")
_FIRM = re.compile(
    r"(?!.*(?:我们?|你们?|他们?|这|那|哪|某|什么|不|没|吗|呢|是|的))[\u3400-\u9fffA-Za-z0-9·（）()]{2,30}"
    r"(?:公司|集团|合作社|事务所|经营部|项目部|工程队|施工队|商行|工作室|协会|商会|研究院|设计院|厂)"
)
"""A firm that speaks for itself, by its whole name; no phrase about one."""


def name(text: str, facts: Facts) -> str:
    """What to call the citizen. Raises: Rejected: no name, and too much of a sentence to be one."""
    told = facts.who or persons.name(text)
    if told is None:
        told = text.strip()
        if not _FIRM.fullmatch(told) and (not _CALLED.fullmatch(told) or _NO_NAME.search(told)):
            raise Rejected("reject.who")
    return _as_written(told, text)


def _as_written(told: str, text: str) -> str:
    """The name in the characters that were sent: 陳 is not changed into 陈."""
    plain = normal(text)
    at = plain.find(told) if len(plain) == len(text) else -1
    return text[at : at + len(told)] if at >= 0 else told


def phone(text: str, facts: Facts) -> str:
    """A phone number in E.164 form. Raises: Rejected."""
    plain = dialled.mended(normal(text))
    told = facts.contact or persons.phone(plain) or dialled.beyond(plain)
    if told is None:
        flaw = dialled.flaw(plain)
        raise Rejected(f"reject.contact.{flaw.kind}", n=flaw.digits) if flaw else Rejected("reject.contact")
    return told


def behalf(text: str, facts: Facts) -> str:
    """On whose behalf. Raises: Rejected: there are no words."""
    return facts.capacity.behalf or capacity.kin(
        re.sub(r"^(?:我是)?(?:帮|替|代|为)?(?:我们?|咱)?家?的?", "", words(text, facts))
    )


def voices(text: str, facts: Facts) -> int:
    """How many speak together, at least. Raises: Rejected: there is no number."""
    found = re.search(r"\d{1,4}|[一二两三四五六七八九十百几]+", text)
    told = facts.capacity.voices or (counting.value(found[0]) if found else None)
    if told is None:
        raise Rejected("reject.words")
    return told


def id_number(_text: str, facts: Facts) -> str:
    """An identity card's number. Raises: Rejected: there is none, or its check digit is wrong."""
    told = [one for one in facts.told if one.slot == "id_number"]
    if not told:
        raise Rejected("reject.id_number")
    if not told[0].sound:
        raise Rejected("reject.id_check")
    return told[0].value


def numbered(slot: str) -> Callable[[str, Facts], str]:
    """A reader of a number that has no check digit: as the words around it name it, else the words themselves."""

    def read(text: str, facts: Facts) -> str:
        return next((one.value for one in facts.told if one.slot == slot and one.sound), None) or words(text, facts)

    return read


def card(text: str, facts: Facts) -> str:
    """A card's number. Raises: Rejected: it is said to be a bank's, and its check digit is wrong."""
    if any(one.slot == "card_number" and not one.sound for one in facts.told):
        raise Rejected("reject.card_check")
    return numbered("card_number")(text, facts)


def files(_text: str, _facts: Facts) -> str:
    """Evidence is files, never words. Raises: Rejected, always."""
    raise Rejected("reject.file")


def when_json(when: When) -> dict[str, Any]:
    """The contract's ``when``."""
    return {
        "text": when.text,
        "start": when.start.isoformat(),
        "end": when.end.isoformat(),
        "precision": when.precision,
        "recurring": when.recurring,
    }


def show_text(value: Any, _language: str) -> str:
    """A value that is its own text, or has one."""
    return str(value["text"] if isinstance(value, dict) else value)


def show_behalf(value: Any, language: str) -> str:
    """Who is meant, in the reader's language as far as it is one of the usual relatives."""
    return capacity.in_english(str(value)) if language == "en" else str(value)


def show_agent(value: Any, language: str) -> str:
    """As what somebody acts, in the reader's language."""
    return capacity.ROLES.get(str(value), str(value)) if language == "en" else str(value)


def show_voices(value: Any, language: str) -> str:
    """So many at least."""
    return f"{value} or more" if language == "en" else f"至少{value}人（户）"


def show_id(value: Any, _language: str) -> str:
    """Enough of an identity card's number to recognise it by."""
    number = str(value)
    return f"{number[:4]}**********{number[-4:]}" if len(number) == len("11010519491231002X") else number


def show_phone(value: Any, _language: str) -> str:
    """Enough of a number to recognise it by."""
    digits = str(value).partition(";")[0].removeprefix("+86")  # without an extension
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 8 else digits
