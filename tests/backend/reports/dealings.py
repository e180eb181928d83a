"""A second month made by chance: citizens who talk to the end or stop, cases that are supervised, put right and rewarded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from backend.domain import lifecycle
from backend.domain.case import Actor, Missing, WrongMove
from backend.domain.lifecycle import Status
from backend.domain.refusals import BadField, NotYet, NotYourAct, WrongAct
from backend.services.cases import acts, casework, filing, rewards
from backend.services.office import accounts, desk
from backend.services.talks import steps
from dialogs.conversation import Draft
from institutions.casework import Outcome, Reward
from institutions.catalog import load_all
from tests.backend.services.city import STORY, City

if TYPE_CHECKING:
    from backend.domain.case import Case
    from backend.store.engine import Store
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

BEGIN = datetime(2026, 9, 30, 15, 0, tzinfo=UTC)
END = BEGIN + timedelta(days=40)
LEADER = Actor("陈经理", frozenset({"coordinator", "handler", "dispatcher", "reviewer", "manager"}), confidant=True)
MEASURES = (Outcome(id="order", name="责令整改", rectify=True), Outcome(id="fine", name="罚款", penalty=True))
SUM = 50
"""What an act earns at the hotline, in yuan; the property company says how much."""
REFUSALS = (WrongMove, WrongAct, Missing, BadField, NotYet, NotYourAct)
SILENT, CANCELLED, REFUSED, FILED, STUCK = "silent", "cancelled", "refused", "filed", "stuck"
"""How a talk ends; where somebody was not understood twice, what they had said is filed."""
ANSWERS = {"evidence": ("没有", "跳过"), "who": ("李芳", "12"), "contact": ("13800138000", "不清楚")}


def _with_measures(home: Institution, earns: int) -> Institution:
    update = {"outcomes": MEASURES, "reward": Reward(sum=earns, claim="5d")}
    return home.model_copy(update={"casework": home.casework.model_copy(update=update)})


EVERY = load_all()
HOMES = {
    "hotline": _with_measures(EVERY["hotline"], SUM),
    "property": _with_measures(EVERY["property"], 0),
}


def live(store: Store, *, cases: int, talks: int, seed: int) -> tuple[list[str], dict[str, int]]:
    """How each talk ended, and with how many messages each of those cases was told."""
    chance = Random(seed)
    store.run_now(accounts.add_user, "li", "hash", ["handler"], institution="hotline", at=BEGIN)
    told = [_talk(store, n, chance) for n in range(talks)]
    store.run_now(_work, cases, chance)
    store.run_now(rewards.lapse, HOMES, at=END)
    return [ending for ending, _, _ in told], {number: turns for _, number, turns in told if number}


def _talk(store: Store, n: int, chance: Random) -> tuple[str, str, int]:
    """One citizen with one matter: how it ended, the case, and the messages."""
    city = City(store)
    city.institutions, city.now = HOMES, BEGIN + chance.random() * timedelta(days=35)
    citizen, patience = city.citizen(f"t{n}"), chance.choice((1, 3, 5, 99, 99))
    citizen.says(STORY)
    while "submit" not in citizen.choices:
        if citizen.sent >= patience:
            return _stops(city, citizen, chance)
        city.later(seconds=chance.randrange(200))
        if citizen.sent == 1:
            citizen.says("同意")
            continue
        state = store.read_now(_state, f"t{n}")
        if not state["draft"]["values"]:
            return STUCK, state["number"], citizen.sent
        citizen.says(chance.choice(ANSWERS.get(state["asking"], ("没有",))) if chance.random() < 0.8 else "不清楚")
    said = citizen.says("提交")[0]
    return FILED, said.split("编号 ")[1].split("。")[0], citizen.sent


def _stops(city: City, citizen: Any, chance: Random) -> tuple[str, str, int]:
    if citizen.sent == 1 and chance.random() < 0.5:
        citizen.says("不同意")
        return REFUSED, "", citizen.sent
    if chance.random() < 0.5:
        citizen.says("取消")
        if "cancel.yes" in citizen.choices:
            citizen.says(choice="cancel.yes")
        return CANCELLED, "", citizen.sent
    city.later(days=1, seconds=1)
    for key in city.store.read_now(steps.silent, at=city.now):
        city.unit(steps.note_silence, HOMES, key, at=city.now)
    return SILENT, "", citizen.sent


def _state(work: UnitOfWork, name: str) -> Any:
    person = work.people.find_or_add("web", name, language="zh", at=BEGIN)
    return work.people.conversation(person.id, "hotline")


def _work(work: UnitOfWork, cases: int, chance: Random) -> None:
    """So many cases that came by another way; then everything goes on with all of them, in the order of time."""
    for n in range(cases):
        _file(work, n, chance)
    at = BEGIN + timedelta(days=8)
    numbers = [case.number for case in work.cases.page(limit=500)[0]]
    while at < END:
        at += chance.random() * timedelta(hours=4)
        case = work.cases.get(chance.choice(numbers))
        if case.filed_at < at:
            _something(work, case, [one for one in numbers if one != case.number], chance, at)


def _file(work: UnitOfWork, n: int, chance: Random) -> None:
    home = HOMES[("hotline", "property")[n % 2]]
    at = BEGIN + chance.random() * timedelta(days=32)
    people = [work.people.find_or_add("web", f"p{(n + more) % 12}", language="zh", at=at) for more in range(3)]
    places = [
        {"category_id": category.id, "matter_id": None, "department_id": home.departments[n % 3].id, "score": 1}
        for category in chance.sample(home.categories, 2)
    ]
    proposal = {"top": places, "why": [], "decided": chance.random() < 0.6}
    proposal |= {"by": "citizen"} if chance.random() < 0.2 else {}
    case = filing.file_case(work, home, people[0], Draft(values={"what": "路灯不亮"}, proposal=proposal), at=at)
    for person in people[1 : chance.choice((1, 1, 2, 3))]:
        work.cases.bind(case.number, person.id, "joint", at=at)


def _something(work: UnitOfWork, case: Case, others: list[str], chance: Random, at: datetime) -> None:
    home, number = HOMES[case.institution], case.number
    day = (at + chance.choice((2, 6, 20)) * timedelta(days=1)).date().isoformat()
    joint = [one for one in others if work.cases.get(one).institution == case.institution]
    given: dict[str, dict[str, str]] = {
        "supervise": {"reason": "超期"},
        "unsupervise": {"reason": "已办结"},
        "outcome": {"outcome": "order", "due": day} if chance.random() < 0.7 else {"outcome": "fine"},
        "rectified": {"outcome": str(_waits(case)), "on": (at - timedelta(hours=9)).date().isoformat()},
        "reward": {"offence": f"皖A{chance.randrange(10**5)}"}
        | ({} if home.id == "hotline" else {"yuan": str(chance.randrange(1, 500))})
        | ({"with": chance.choice(joint)} if chance.random() < 0.4 else {}),
        "claim": {},
        "name_officer": {"users": "li"},
    }
    key = chance.choice(("move", "move", "move", "correct", "confirm", *given, "claim", "outcome", "rectified"))
    try:
        if key == "move":
            _move(work, case, home, chance, at)
        elif key == "correct":
            changes = {"category": chance.choice(home.categories).id}
            casework.correct(work, HOMES, number, changes, by=LEADER, at=at)
        elif key == "confirm":
            desk.confirm(work, HOMES, number, seen=len(work.cases.history(number)), by=LEADER, at=at)
        elif key != "name_officer" or chance.random() < 0.1:
            acts.do(work, HOMES, number, key, given[key], by=LEADER, at=at)
    except REFUSALS:
        return


def _waits(case: Case) -> int:
    """The first measure that still waits to be put right."""
    waits = (n for n, one in enumerate(case.record.get("outcomes", ())) if one["due"] and not one["done"])
    return next(waits, 0)


def _move(work: UnitOfWork, case: Case, home: Institution, chance: Random, at: datetime) -> None:
    ways = lifecycle.allowed(home, case.status, LEADER.roles)
    wanted = [way for way in ways if way in {Status.ACCEPTED, Status.ASSIGNED, Status.ANSWERED, Status.CLOSED}]
    if not ways:
        return
    to = chance.choice(wanted or ways)
    given: dict[str, Any] = {"note": "按规定办理", "answer": "已修好，谢谢反映。", "ground": "不在受理范围"}
    given |= {"department": chance.choice(home.departments[:3]).id} if to is Status.ASSIGNED else {}
    casework.move(work, HOMES, case.number, to, given, by=LEADER, at=at)
