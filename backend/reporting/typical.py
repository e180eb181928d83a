"""Typical cases of a period, chosen by rule and told without who and where: most voices, longest late, reopened most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from backend.domain.lifecycle import RULES, Status
from backend.reports import cases
from backend.reports.publishing import FEW
from backend.reports.written import TEXT, Chapter, Column, Said, Sheet
from backend.services.privacy.veiling import secrets_of, veiled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from backend.reports.cases import Typical
    from backend.reports.figures import Figures
    from backend.reports.written import Cell

EACH = 2
"""Cases by each rule."""
LONGEST = 90
"""Characters of a citizen's words, and of the answer to them."""
SOMEWHERE = "某处"
SHORTEST = 2
"""A place's name of one character may be any word."""
SOMEBODY = "某方"
ANYBODY = frozenset(
    "物业 物业公司 商家 店家 店主 老板 开发商 公司 单位 学校 医院 社区 居委会 村委会 司机 邻居 楼上 楼下 平台 客服 shop seller company".split()
)
"""Whom complaints are about without a name: that stays, for nobody is told by it."""
LONGER = 4
"""Characters of an answer to an institution's own questions that may name somebody: an order, a plate, a shop."""
RULE = {
    "voices": (Said("反映的人最多", "Most voices"), Said("{n} 人反映", "told by {n} people")),
    "late": (Said("超过时限最久", "Late the longest"), Said("超过时限 {n} 天", "late by {n} days")),
    "reopened": (Said("重新办理", "Reopened"), Said("重新办理 {n} 次", "reopened {n} times")),
}


def chapter(figures: Figures) -> Chapter:
    """A paragraph each, and the table of them."""
    found: dict[str, tuple[str, Typical]] = {}
    asked = (("voices", cases.many_voices), ("late", cases.latest), ("reopened", cases.reopened))
    for rule, ask in asked:
        for one in ask(figures, most=EACH):
            found.setdefault(one.number, (rule, one))
    districts = {row.keys["district"]: row.received for row in figures.rows(figures.period, "district")}
    rows = [_row(figures, rule, one, districts) for rule, one in found.values()]
    sheet = Sheet(
        "typical", Said("典型案件", "Typical cases"), COLUMNS, tuple(rows), (CHOSEN,) if rows else (), inside=True
    )
    answers = tuple((one.number, words) for _, one in found.values() if (words := answer_of(one)))
    replies = Sheet(
        "typical_answers", Said("典型案件的答复", "Answers to them"), ANSWERS, answers, aside=True, inside=True
    )
    told = tuple(
        _paragraph(rule, row, dict(answers).get(one.number, ""))
        for (rule, one), row in zip(found.values(), rows, strict=True)
    )
    none = (Said("本期没有可以举例的案件。", "No case to tell of as an example."),)
    return Chapter("typical", sheet.title, told or none, (sheet, replies), points=bool(told), inside=True)


COLUMNS = (
    Column("rule", Said("选取理由", "Chosen as"), TEXT),
    Column("n", Said("数量", "How many")),
    Column("number", Said("编号", "Number"), "number"),
    Column("filed", Said("登记日期", "Filed"), TEXT),
    Column("category", Said("类别", "Category"), TEXT),
    Column("department", Said("部门", "Department"), TEXT),
    Column("place", Said("区域", "District"), TEXT),
    Column("status", Said("现状", "Status"), TEXT),
    Column("words", Said("反映内容（已隐去个人信息）", "What was told (without who)"), TEXT),
)
ANSWERS = (COLUMNS[2], Column("answer", Said("答复（已隐去个人信息）", "Answer (without who)"), TEXT))
CHOSEN = Said(
    "案件按规则选取：反映的人最多、超过时限最久、重新办理次数最多；保密案件不列入；姓名、电话、被反映方、门牌和具体地点已隐去。",
    "Chosen by rule: most voices, late the longest, reopened most; sealed cases never; names, phones, whom it is about and places are left out.",
)


def _row(figures: Figures, rule: str, one: Typical, districts: Mapping[str, int]) -> tuple[Cell, ...]:
    names = figures.names
    status = RULES[Status(one.status)]
    place = one.district if one.district and districts.get(one.district, 0) >= FEW else SOMEWHERE
    return (
        RULE[rule][0],
        one.n,
        one.number,
        one.filed_day.isoformat(),
        Said(*names.of(one.institution, "category", one.category_id)),
        Said(*names.of(one.institution, "department", one.department_id)),
        Said(place, place if place != SOMEWHERE else "somewhere"),
        Said(status.label, status.label_en),
        words_of(one),
    )


def words_of(one: Typical) -> str:
    """What the citizen told, without who they are, whom it is about and where exactly it is."""
    return _shown(str(one.facts.get("what") or ""), one.facts)


def answer_of(one: Typical) -> str:
    """What they were answered, without the same."""
    return _shown(one.answer, one.facts)


def _shown(words: str, facts: Mapping[str, Any]) -> str:
    text = veiled(words, secrets_of(facts.get("who") or {}))
    for name in sorted(_blamed(facts), key=len, reverse=True):
        text = text.replace(name, SOMEBODY)
    for place in sorted(_places(facts.get("where") or {}), key=len, reverse=True):
        text = text.replace(place, SOMEWHERE)
    while SOMEWHERE * 2 in text:
        text = text.replace(SOMEWHERE * 2, SOMEWHERE)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _blamed(facts: Mapping[str, Any]) -> set[str]:
    """Whom it is about by name, and what else may name them."""
    target, extra = str(facts.get("target") or "").strip(), facts.get("extra") or {}
    told = {str(value).strip() for value in extra.values() if isinstance(value, str) and len(value) >= LONGER}
    return told | ({target} if len(target) >= SHORTEST and target not in ANYBODY else set())


def _places(where: Mapping[str, object]) -> set[str]:
    pieces = where.get("pieces")
    told = [where.get("text"), *(pieces.values() if isinstance(pieces, dict) else ())]
    return {str(place) for place in told if place and len(str(place)) >= SHORTEST}


def _paragraph(rule: str, row: tuple[Cell, ...], answer: str) -> Said:
    _, n, number, filed, category, department, place, status, words = row
    why = RULE[rule][1]
    zh, en = (tuple(cell.of(language) if isinstance(cell, Said) else str(cell) for cell in (category, department, place, status)) for language in ("zh", "en"))  # fmt: skip
    return Said(
        f"{zh[0]}（{number}，{filed} 登记，{zh[2]}，{zh[1]}承办，{why.zh.format(n=n)}）：{_ended(words)}"
        f"{f'答复：{_ended(answer)}' if answer else ''}现状：{zh[3]}。",
        f"{en[0]} ({number}, filed {filed}, {en[2]}, with {en[1]}, {why.en.format(n=n)}): {words}"
        f"{f' Answer: {answer}' if answer else ''} Now: {en[3]}.",
    )


def _ended(words: Cell) -> str:
    """With a stop, once."""
    told = str(words)
    return told if told.endswith(("。", "！", "？", "…")) else f"{told}。"
