"""Rewards for solid reports: the first reporter of an act earns one, joint reporters share it, unclaimed it lapses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from backend.domain import clock
from backend.domain.case import Event
from backend.domain.lifecycle import SYSTEM
from backend.domain.refusals import BadField, Missing, WrongAct
from backend.services.cases import telling
from backend.services.cases.changing import save
from backend.store.rewards import CLAIMED, GRANTED, LAPSED, Reward

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from backend.domain.doing import Doing
    from backend.store.people import Person
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

FEN = 100
CLOCK = "claim"


def grant(work: UnitOfWork, doing: Doing) -> dict[tuple[str, int], Reward]:
    """Put the shares into the ledger and tell each; by case and person.

    Raises: WrongAct: somebody was first; Missing, BadField: no sum, or another than the rule's.
    """
    case, rule = doing.case, doing.institution.casework.reward
    if rule is None:
        raise AssertionError(f"{doing.institution.id} rewards nothing")
    act = same(doing.values["offence"])
    if before := work.rewards.of_act(case.institution, act):
        why = f"{before[0].number} reported that act first"
        raise WrongAct(
            case.number, doing.act.key, why, f"这次行为 {before[0].number} 已先举报并奖励，只奖励最先举报的人。"
        )
    earners = _earners(work, doing) if rule.shared else _earners(work, doing)[:1]
    if not earners:
        raise WrongAct(case.number, doing.act.key, "nobody to be rewarded follows it", "没有可以奖励的举报人。")
    zone = ZoneInfo(doing.institution.timezone)
    claim_by = clock.due(doing.at, rule.claim, zone=zone, hours=doing.institution.hours).at
    shares = split(_sum(doing, rule.sum) * FEN, len(earners))
    rows = {
        (number, person): Reward(number, person, case.institution, act, share, GRANTED, doing.at, claim_by)
        for (number, person), share in zip(earners, shares, strict=True)
    }
    work.rewards.grant(list(rows.values()))
    for number in dict.fromkeys(number for number, _ in rows):
        _keep(work, doing, number, rows, claim_by)
    return rows


def _sum(doing: Doing, ruled: int) -> int:
    """What one act earns, in yuan: the rule's, or what was decided where the rule leaves it open. Raises: BadField."""
    told = int(doing.values.get("yuan", 0))
    if ruled and told not in {0, ruled}:
        raise BadField(doing.act.key, "yuan", f"is {ruled} here by the rules", f"这里规定奖励 {ruled} 元。")
    if not (ruled or told):
        raise Missing(doing.act.key, "yuan", "请填奖励金额。")
    return ruled or told


def same(act: str) -> str:
    """What makes two descriptions of one act the same: their letters and digits."""
    return re.sub(r"[\W_]+", "", act).upper()


def split(fen: int, among: int) -> list[int]:
    """Equal shares; what is left over goes to the first."""
    share = fen // among
    return [fen - share * (among - 1), *[share] * (among - 1)]


def claim(work: UnitOfWork, doing: Doing) -> None:
    """It was paid out. Raises: WrongAct: too late."""
    rows = [row for row in work.rewards.of_case(doing.case.number) if row.state == GRANTED]
    if rows and clock.late(rows[0].claim_by, doing.at):
        raise WrongAct(doing.case.number, doing.act.key, "its time is over", "已经过了领取期限。")
    work.rewards.settle(doing.case.number, CLAIMED, at=doing.at)
    doing.case.record["reward"] = CLAIMED
    doing.case.due.pop(CLOCK, None)


def lapse(work: UnitOfWork, institutions: Institutions, *, at: datetime) -> int:
    """Rewards that nobody has claimed in time lapse; of how many cases."""
    numbers = work.rewards.overdue(at=at - clock.MINUTE)
    for number in numbers:
        case = work.cases.get(number, lock=True)
        work.rewards.settle(number, LAPSED)
        case.record["reward"] = LAPSED
        case.due.pop(CLOCK, None)
        case.note(Event(at, SYSTEM, "noted", {"act": LAPSED}))
        save(work, institutions[case.institution], case)
    return len(numbers)


def _earners(work: UnitOfWork, doing: Doing) -> list[tuple[str, int]]:
    """(case, person) of who reported it together, who filed first standing first."""
    numbers = [doing.case.number, *doing.values.get("with", ())]
    cases = sorted((work.cases.get(number) for number in numbers), key=lambda one: (one.filed_at, one.number))
    found: dict[int, str] = {}
    for case in cases:
        if case.institution != doing.case.institution:
            raise WrongAct(
                doing.case.number,
                doing.act.key,
                f"{case.number} is another institution's",
                f"{case.number} 不是本机构的案件。",
            )
        if "reward" in case.record:  # its people have a share each, of another act
            why = f"{case.number} was rewarded already"
            raise WrongAct(doing.case.number, doing.act.key, why, f"{case.number} 已经奖励过，请从共同举报中去掉。")
        for person in work.cases.reporters(case.number):
            found.setdefault(person.id, case.number)
    return [(number, person) for person, number in found.items()]


def _keep(
    work: UnitOfWork, doing: Doing, number: str, rows: Mapping[tuple[str, int], Reward], claim_by: datetime
) -> None:
    """In the record of each case, with its clock, and told to each who earns a share of it."""
    own = number == doing.case.number
    case = doing.case if own else work.cases.get(number, lock=True)
    case.record["reward"] = GRANTED
    case.due[CLOCK] = claim_by
    if not own:
        case.note(Event(doing.at, doing.by.name, "noted", {"act": doing.act.key, "with": doing.case.number}))

    def share(person: Person) -> dict[str, Any] | None:
        row = rows.get((number, person.id))
        return None if row is None else {"yuan": yuan(row.sum), "claim": claim_by}

    telling.tell(work, doing.institution, case, doing.act, share, at=doing.at)
    if not own:
        save(work, doing.institution, case)


def yuan(fen: int) -> str:
    """``50``, ``16.67``."""
    return str(fen // FEN) if fen % FEN == 0 else f"{fen / FEN:.2f}"
