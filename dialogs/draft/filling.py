"""What a message tells goes into the draft: any fact, in any order, whatever was asked."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from dialogs import slots
from dialogs.draft import meant, nearing, timing
from dialogs.draft.nearing import together
from dialogs.values import reading
from dialogs.values.placing import pinned, where_json, whole
from nlp.who import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dialogs.conversation import Draft
    from dialogs.events import Heard
    from institutions.model import Institution
    from nlp.facts import Told, Where

SUBSTANCE = 10  # characters beyond the facts that were read: less is "就是", "大概吧"
_LEADS = re.compile(
    r"我(?:叫|是|姓)|本人|姓名|名字|称呼|电话|手机号?|号码|联系方式|时间|地点|地址|位置|^(?:就?在|是|于)"
)
NAMELESS = 4  # characters of a place that is a kind of place: 烧烤店, 菜市场
SIGHT = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:景区|风景区|古镇|古城)$")
"""A sight with a name, however short: 东湖景区."""
ENGLISH_NAME = re.compile(r"[A-Z][a-zA-Z'-]+(?: [A-Z][a-zA-Z.'-]*){0,3}")
"""Anna Smith: as long as a sentence in Chinese, and no more of the story."""
A_WORD = 4
BESIDE = frozenset({"", "where", "who", "contact", "evidence"})
"""Slots to which no time or place is the answer, where one is told all the same; an order's number holds a date."""
_OFFICES = re.compile(r"(?:政府|委会|街道办|办事处|[局委办院所厅队会]|中心|公司|学校)$")
_FILLING = re.compile(r"大概|可能|应该|好像|差不多|左右|开始|发生|的?时候|那?天|事情?|[的是就在吧了]")
"""Words that say nothing beside a time or a place."""
_BESIDES = re.compile(r"[也又还再每]|以前|之前|\b(?:also|too|again|every|before)\b")
"""Words with which a time or a place is one more, not another."""
OWN = frozenset({"who", "contact"})
"""What a citizen says of themselves is what they last said."""
STANDS_FOR = {"employee_number": ("driver_number",), "employer": ("insured_unit", "target")}
"""What a fact may answer where its own slot is not wanted and one of these is."""
ADDRESSES = frozenset({"address", "respondent_address", "bought", "maker", "seller", "insured_unit"})
"""Slots whose answer may be a place that is not where it happened."""
NOBODY = frozenset(
    "老板 店主 商家 店家 卖家 公司 单位 包工头 经理 客服 工作人员 领导 邻居 司机 医生 老师 平台 中介 房东 the boss boss manager".split()
)
"""Words for whom it is about by which nobody could be found."""
OF_NO_MATTER = frozenset({"when", "where", "who", "contact", *nearing.INSIDE})
"""Slots whose answers do not say what it is about: who lives in a hospital's flats does not complain of a doctor."""
JUST_NOW = frozenset({"刚才", "刚刚", "刚", "之前"})
"""In a correction these are when it was said, not when it happened."""
TELLS_MORE = frozenset({"", "when", "who", "contact", "evidence"})
"""Slots whose answers are short, so that a long rest is part of the story; "": nothing was asked."""


def absorb(draft: Draft, heard: Heard, institution: Institution, *, asking: str = "", override: bool = False) -> Draft:
    """The draft with everything this message tells. A filled slot changes only when asked for, or with *override*."""
    known_before = draft
    told = _told(draft, heard, institution, asking=asking, override=override)
    if override and (told.get("who") or told.get("contact")):
        draft = draft.without("anonymous")
    for key, value in told.items():
        known = draft.values.get(key)
        if known and (more := _joined(key, known, value, heard, institution, asking=asking)):
            draft = draft.with_value(key, more)
        elif override or key == asking or not known or key in OWN:
            draft = draft.with_value(key, value)
        elif _instead(key, known, value, heard, asking):
            draft = draft.with_value(key, _moved(key, known, value, heard, institution))
    if heard.location is not None:
        draft = draft.with_value("where", pinned(draft.values.get("where"), heard.location, institution))
    draft = meant.doubtful(known_before, draft, heard.facts)
    draft = replace(draft, evidence=draft.evidence + tuple((e.id, e.kind) for e in heard.evidence))
    before, draft = draft, _story(draft, heard, asking=asking)
    facts = heard.facts
    grade = facts.urgency if facts.urgency != "ordinary" else draft.grade
    first = draft.proposal is None and facts.what is not None
    better = draft.proposal is None or facts.proposal.confidence > draft.proposal["confidence"]
    telling = asking not in OF_NO_MATTER or draft.values.get("what") != before.values.get("what")
    return replace(
        draft,
        proposal=asdict(facts.proposal) if facts.what and better and telling else draft.proposal,
        kind=facts.kind if first and facts.kind in institution.kinds else draft.kind,
        grade="emergency" if "emergency" in (grade, draft.grade) else grade,
    )


def answer(draft: Draft, heard: Heard, asking: str) -> Draft:
    """Read the message as the answer to *asking*. Raises: reading.Rejected."""
    rest = leftover(heard)
    text = rest if asking == "who" or not rest else heard.text
    if asking not in slots.ASSERTED:
        text = heard.text
    if not text:
        raise reading.Rejected("reject.words")
    return draft.with_value(asking, slots.SLOTS[asking].read(text, heard.facts))


def leftover(heard: Heard) -> str:
    """The text without the facts that were read from it, the words that only lead to them, and punctuation at its ends."""
    text = heard.text
    for piece in sorted(heard.facts.pieces, key=lambda p: p.start, reverse=True):
        if piece.slot in {"who", "contact", "when", "where"}:
            text = text[: piece.start] + text[piece.end :]
    return _LEADS.sub("", text).strip(" \t\r\n，,。.;；、:：") if len(text) < len(heard.text) else text.strip()


def completed(draft: Draft, heard: Heard, institution: Institution) -> Draft:
    """The draft with what a correction tells besides, as far as nothing stands there yet."""
    for key, value in _told(draft, heard, institution, asking="", override=False).items():
        said_before = key == "when" and value["text"] in JUST_NOW
        if key not in draft.values and key not in {"target", "request"} and not said_before:
            draft = draft.with_value(key, value)
    return draft


def _joined(
    key: str, known: dict[str, Any], told: dict[str, Any], heard: Heard, institution: Institution, *, asking: str
) -> dict[str, Any] | None:
    """What stands there with what this tells of the same place or time."""
    if key == "where" and asking not in {"where", *nearing.INSIDE}:
        return together(known, told)
    if key == "when" and asking in BESIDE and _tells_only_facts(heard):
        return timing.together(known, told, heard.at.astimezone(ZoneInfo(institution.timezone)))
    return None


def _tells_only_facts(heard: Heard) -> bool:
    """Whether nothing is said beside times, places and persons: "他们前天才来人看过" tells of another time."""
    return len(_FILLING.sub("", leftover(heard))) < A_WORD


def _instead(key: str, known: dict[str, Any], told: dict[str, Any], heard: Heard, asking: str) -> bool:
    """Whether a time or place, told alone, takes the place of one that it contradicts; "昨天也是" is one more."""
    if key not in {"when", "where"} or asking not in BESIDE:
        return False
    if _BESIDES.search(heard.text) or not _tells_only_facts(heard):
        return False
    if key == "when":
        return not known["start"] or (bool(told["start"]) and not _overlap(known, told))
    return known["lat"] is None and bool(nearing.named(told["pieces"]).keys() & nearing.SPOTS)


def _moved(
    key: str, known: dict[str, Any], told: dict[str, Any], heard: Heard, institution: Institution
) -> dict[str, Any]:
    """What stands there then; another day keeps the hour."""
    local = heard.at.astimezone(ZoneInfo(institution.timezone))
    return timing.moved(known, told, local) if key == "when" else told


def _overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two times may be the same: of those the first was told."""
    (begin, end), (start, over) = (
        [datetime.fromisoformat(time[key] or time["start"]) for key in ("start", "end")] for time in (one, other)
    )
    return begin == start or (begin < over and start < end)


def _findable(where: Where) -> bool:
    """Whether somebody could go there: more than "烧烤店" or "小区门口" alone."""
    named = where.pieces.keys() - {"poi"} or len(where.text) > NAMELESS or SIGHT.search(where.text)
    return not nearing.vague(where.pieces) and bool(named)


def _aimed_at(heard: Heard, institution: Institution, asking: str) -> str | None:
    """Whom it is about, unless that is the place we asked for, or "the boss" where a name is needed."""
    target = heard.facts.target
    if asking == "where" or (
        target in NOBODY and asking != "target" and "target" in institution.needs(heard.facts.kind)
    ):
        return None
    return target


def _is_office(heard: Heard) -> bool:
    """Whether the words tell a place and little else, and it answers as well whom it is about."""
    where = heard.facts.where
    office = where is not None and ("poi" in where.pieces or _OFFICES.search(where.text) is not None)
    return office and len(leftover(heard)) < SUBSTANCE


def _told(draft: Draft, heard: Heard, institution: Institution, *, asking: str, override: bool) -> dict[str, Any]:
    facts, wanted = heard.facts, institution.slots
    told: dict[str, Any] = {"target": _aimed_at(heard, institution, asking), "request": facts.request, "who": facts.who}
    told["contact"] = heard.contact or facts.contact
    if draft.values.get("anonymous") and not override:
        told["who"] = told["contact"] = None
    if facts.when is not None:
        told["when"] = reading.when_json(facts.when)
    if facts.where is not None and asking not in ADDRESSES and (asking == "where" or _findable(facts.where)):
        told["where"] = whole(facts.where, heard.text) if asking == "where" else where_json(facts.where)
        told |= {kind: piece for kind, piece in nearing.named(facts.where.pieces).items() if kind in wanted}
    if asking == "target" and not facts.target and _is_office(heard):
        told["target"] = facts.where.text if facts.where else None
        told |= {"where": None} if "where" in draft.values else {}
    for key, value in _named(facts.told):
        if key in wanted or key == asking:
            told.setdefault(key, value)
        else:
            told |= {other: told.get(other) or value for other in STANDS_FOR.get(key, ()) if other in wanted}
    return {key: value for key, value in told.items() if value}


def _named(told: Iterable[Told]) -> Iterator[tuple[str, str]]:
    """Sound numbers and organisations by slot, and what an identity card's number tells besides."""
    for one in told:
        if one.sound:
            yield one.slot, one.value
        if one.sound and one.slot == "id_number":
            yield "birth_date", identifiers.birth_date(one.value).isoformat()
            yield "gender", "女" if identifiers.is_female(one.value) else "男"


def _story(draft: Draft, heard: Heard, *, asking: str) -> Draft:
    """Words that tell what happened are kept, also when they come beside the answer to another question."""
    if heard.facts.what is None or (asking == "who" and ENGLISH_NAME.fullmatch(heard.text.strip())):
        return draft
    if "what" not in draft.values:
        return draft.with_value("what", heard.text.strip())
    least = SUBSTANCE if asking else A_WORD
    if asking in TELLS_MORE and len(leftover(heard)) >= least:
        return draft.with_value("what", f"{draft.values['what']}\n{heard.text.strip()}")
    return draft
