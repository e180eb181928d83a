"""What inquiries found and what was done about it: verdicts, mediations, measures and fines of the cases of a period.

From the records of the cases, as they are now: a verdict counts on the day on
which its case was filed. Sealed cases are counted where the reader may know of
them, and listed nowhere.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from backend.domain.acts import AGREED
from backend.reports import spans
from backend.reports.written import CHANGE, SHARE, TEXT, Chapter, Column, Said, Sheet, percent, said, share
from backend.store import tables as t
from backend.store.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.domain.periods import Period
    from backend.reports.figures import Figures
    from backend.reports.written import Cell

KINDS = {
    "valid": Said("有效", "valid"),
    "assisted": Said("协助", "assisted"),
    "invalid": Said("无效", "invalid"),
}
"""How an institution says that a verdict counts (``casework.verdicts``)."""
WHOLE = Said("合计", "In all")
Record = tuple[str, str, str, bool, dict[str, Any]]
"""Number, institution, department, whether sealed, and the record."""


def findings(figures: Figures) -> Chapter:
    """Verdicts, how they count, and how mediations ended, beside the period before."""
    now = list(_recorded(figures, figures.period))
    then = None if figures.then(figures.before) is None else list(_recorded(figures, figures.before))
    verdicts = [list(_verdicts(figures, some)) for some in (now, then or ())]
    kinds = [[kind for _, _, kind in some if kind] for some in verdicts]
    alone = figures.asked.home is not None
    named = [[name if alone else (home, name) for home, name, _ in some] for some in verdicts]
    mediated = [[_mediation(record) for *_, record in some if record.get("mediation")] for some in (now, then or ())]
    sheets = (
        _counts("valid", Said("有效、协助、无效", "Valid, assisted, invalid"), kinds, earlier=then is not None),
        _counts("verdicts", Said("认定结果", "Verdicts"), named, earlier=then is not None),
        _counts("mediations", Said("调解结果", "Mediations"), mediated, earlier=then is not None),
    )
    told = tuple(one for sheet in (sheets[0], sheets[2]) for one in _sentence(sheet))
    none = (Said("本期登记的案件还没有认定，也没有调解。", "No case of the period has a verdict or a mediation yet."),)
    return Chapter("findings", Said("认定与调解", "Findings"), told or none, sheets)


def measures(figures: Figures) -> Chapter:
    """What was ordered, with fines, case by case."""
    rows: list[tuple[Cell, ...]] = []
    for number, home, department, sealed, record in _recorded(figures, figures.period):
        for one in () if sealed else record.get("outcomes", ()):
            name = _outcome(figures, home, str(one["id"]))
            office = Said(*figures.names.of(home, "department", department))
            rows.append((number, office, name, one.get("yuan"), one.get("due"), one.get("done")))
    columns = (
        Column("number", Said("编号", "Number"), "number"),
        Column("department", Said("部门", "Department"), TEXT),
        Column("measure", Said("措施", "Measure"), TEXT),
        Column("yuan", Said("金额（元）", "Yuan")),
        Column("due", Said("整改期限", "To be put right by"), TEXT),
        Column("done", Said("完成日期", "Put right on"), TEXT),
    )
    title = Said("处理措施", "Measures")
    summed = _counts("summed", Said("各种措施", "By measure"), [[row[2] for row in rows], []], earlier=False)
    told = tuple(_sentence(summed)) or (Said("本期登记的案件没有处理措施。", "No measure was ordered."),)
    return Chapter("measures", title, told, (summed, Sheet("measures", title, columns, tuple(rows), inside=True)))


def _recorded(figures: Figures, period: Period) -> Iterator[Record]:
    """The cases filed then of which any of it is on record, oldest first."""
    c = t.cases.c
    first, last = spans.ends(period, figures.asked.zone)
    told = or_(*(c.record[key].as_string().is_not(None) for key in ("verdict", "mediation", "outcomes")))
    query = select(c.number, c.institution, c.department_id, c.sealed, c.record)
    query = query.where(c.filed_at >= first, c.filed_at < last, told)
    query = query if figures.homes is None else query.where(c.institution.in_(figures.homes))
    query = visible(query, figures.asked.scope).order_by(c.filed_at, c.number)
    for row in figures.work.conn.execute(query):
        yield row[0], row[1], row[2], bool(row[3]), row[4]


def _verdicts(figures: Figures, rows: list[Record] | tuple[()]) -> Iterator[tuple[Said, Said, Said | None]]:
    """Institution, verdict and how it counts."""
    for _, home, _, _, record in rows:
        if key := record.get("verdict"):
            found = figures.asked.institutions.get(home)
            row = next((one for one in found.casework.verdicts if one.id == key), None) if found else None
            name = Said(row.name, row.name_en or row.name) if row else Said(key, key)
            yield Said(*figures.names.of(home, "institution", home)), name, KINDS.get(row.counts) if row else None


def _mediation(record: dict[str, Any]) -> Said:
    key = str(record["mediation"])
    return next((Said(one.label, one.label_en) for one in AGREED if one.key == key), Said(key, key))


def _outcome(figures: Figures, home: str, key: str) -> Said:
    found = figures.asked.institutions.get(home)
    row = next((one for one in found.casework.outcomes if one.id == key), None) if found else None
    return Said(row.name, row.name_en or row.name) if row else Said(key, key)


def _counts(key: str, title: Said, told: list[list[Any]], *, earlier: bool) -> Sheet:
    """How often each, the most first, and in all. *told*: of the period and of the one before."""
    now, then = (Counter(some) for some in told)
    several = any(not isinstance(one, Said) for one in (*now, *then))
    names = sorted({*now, *then}, key=lambda one: (-now[one], str(one)))
    whole, before = sum(now.values()), sum(then.values())
    rows: list[tuple[Cell, ...]] = []
    for name in (*names, WHOLE) if names else ():
        n, was = (whole, before) if name is WHOLE else (now[name], then[name])
        head: tuple[Cell, ...] = (*(("",) if several else ()), name) if isinstance(name, Said) else name
        rows.append((*head, n, share(n, whole), was if earlier else None, n - was if earlier else None))
    columns = (
        *((Column("institution", Said("机构", "Institution"), TEXT),) if several else ()),
        Column("what", title, TEXT),
        Column("count", Said("件数", "Cases")),
        Column("share", Said("占比", "Share"), SHARE),
        Column("before", Said("上期", "Before")),
        Column("change", Said("比上期", "Change"), CHANGE),
    )
    return Sheet(key, title, columns, tuple(rows))


def _sentence(sheet: Sheet) -> Iterator[Said]:
    rows = list(sheet.dicts())
    if rows:
        *parts, whole = rows
        zh = "，".join(f"{said(row['what']).zh} {row['count']}（{percent(_share(row))}）" for row in parts)
        en = ", ".join(f"{said(row['what']).en} {row['count']} ({percent(_share(row))})" for row in parts)
        yield Said(
            f"{sheet.title.zh}：共 {whole['count']}，其中{zh}。", f"{sheet.title.en}: {whole['count']} in all; {en}."
        )


def _share(row: Any) -> float | None:
    return float(row["share"]) if row["share"] is not None else None
