"""What the desk, the API and a citizen's filing take on a large database: each asked many times, with other cases.

The database is warm: what is asked first is asked once before it is timed.
Changes are committed, each in a unit of its own, as the server does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from backend.domain import periods
from backend.domain.case import Actor
from backend.domain.lifecycle import Status
from backend.domain.periods import holding
from backend.domain.scope import EVERYTHING
from backend.reporting import making
from backend.reporting.table import TABLE
from backend.reports import as_paper, counts, dashboard
from backend.reports.figures import Asked
from backend.services.cases import casework, filing, finding, reading, totals
from backend.services.office import desk, listing
from backend.store import tables as t
from backend.store.engine import open_store
from bench.large.invented import END, FIRST, MATTERS, SECOND
from dialogs.conversation import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from backend.store.engine import Store
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

    Institutions = Mapping[str, Institution]

TIMES, YEARS = 60, 3
FILTERED: tuple[dict[str, str], ...] = (
    {"tab": "mine", "due": "late"},
    {"tab": "working", "category": "noise", "officer": "none"},
    {"tab": "all", "due": "soon", "source": "phone"},
    {"tab": "all", "district": "无此区"},
    {"tab": "over", "grade": "minor"},
    {"tab": "over", "category": "noise", "text": "电梯"},
)
"""What the list is narrowed by: each filter, common and rare."""
OFFICER = Actor("bench", frozenset({"intake", "dispatcher", "handler", "coordinator", "manager"}))
HANDLER = Actor("handler", frozenset({"handler"}), institution="hotline")
NOW = END + timedelta(hours=1)
ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of one kind of thing."""

    what: str
    goal: float
    each: tuple[float, ...]

    def share(self, part: float) -> float:
        """So many of a hundred took no longer."""
        return sorted(self.each)[min(len(self.each) - 1, int(len(self.each) * part))]

    def line(self) -> str:
        """A row of the table."""
        good = "" if self.share(0.95) <= self.goal else " **over**"
        return f"| {self.what} | {self.share(0.5):.1f} | {self.share(0.95):.1f} | {max(self.each):.1f} | {self.goal:.0f}{good} |"


def report(url: str, institutions: Institutions) -> None:
    """Print a line for each thing."""
    store = open_store(url)
    try:
        _total(store, institutions)
        print("| what | p50 ms | p95 ms | longest | goal |\n|---|---:|---:|---:|---:|")
        for took in (
            *_reading(store, institutions),
            *_counting(store, institutions),
            *_changing(store, institutions),
            *_years(store, institutions),
        ):
            print(took.line(), flush=True)
    finally:
        store.close()


def _total(store: Store, institutions: Institutions) -> None:
    """Count everything in, as the job does, and say how fast."""
    began, upto = perf_counter(), store.run_now(totals.horizon)
    counted = 0
    while n := store.run_now(totals.step, institutions, upto=upto):
        counted += n
    if counted:
        print(f"totals: {counted} events in {perf_counter() - began:.0f} s\n", flush=True)


def _reading(store: Store, institutions: Institutions) -> Any:
    chance = Random(1)
    numbers = store.read_now(_some, 400)
    homes = {"web": "hotline"}

    def heap(tab: str, by: Actor = OFFICER, **more: Any) -> Callable[[UnitOfWork], Any]:
        asked = listing.Asked(tab, **more)
        return lambda work: listing.listing(work, homes, institutions, asked, by=by, at=NOW)

    def asked(text: Callable[[], str], by: Actor = OFFICER) -> Callable[[UnitOfWork], Any]:
        def ask(work: UnitOfWork) -> Any:
            return finding.find(work, finding.question(text(), institutions), by=by, now=NOW, limit=30)

        return ask

    def whole(work: UnitOfWork) -> Any:
        return desk.whole(work, institutions, chance.choice(numbers), by=OFFICER)

    def person() -> str:
        return f"1990000{chance.randrange(10_000):04}"

    things: tuple[tuple[str, Callable[[UnitOfWork], Any]], ...] = (
        *((f"the desk's list, {tab}", heap(tab)) for tab in listing.TABS),
        ("the desk's list, working, one department", heap("working", HANDLER, department="city")),
        *(
            (f"the desk's list, {' '.join(told.values())}", heap(told["tab"], OFFICER, **_but_tab(told)))
            for told in FILTERED
        ),
        ("the desk's list, over, page 5", _later_page(homes, institutions)),
        ("a page of 30 of the API", lambda work: reading.page(work, institutions, by=HANDLER, limit=30)),
        ("a case page", whole),
        ("a case of the API", lambda work: reading.one(work, institutions, chance.choice(numbers), by=OFFICER)),
        ("search: a common word", asked(lambda: chance.choice(("路灯", "电梯", "停水")))),
        ("search: three words", asked(lambda: chance.choice(MATTERS)[:12])),
        ("search: a place", asked(lambda: f"地点:{chance.choice(FIRST)}{chance.choice(SECOND)}花园 电梯")),
        ("search: a word that nobody said", asked(lambda: f"鳄鱼{chance.randrange(99)}")),
        ("search: a phone number", asked(person)),
        ("search: a name", asked(lambda: "姓名:李敏娜")),
        ("search: late", asked(lambda: "时限:超期")),
        ("search: due in a day, one category", asked(lambda: f"时限:临期 类别:{_category(chance, institutions)}")),
        ("search: a word in one status", asked(lambda: "状态:assigned 电梯")),
        ("search: a word, one institution", asked(lambda: "机构:labour 工资")),
    )
    for what, thing in things:
        yield _timed(what, 100, lambda thing=thing: store.read_now(thing))  # type: ignore[misc]


def _counting(store: Store, institutions: Institutions) -> Any:
    """What is read from the totals."""
    yield _timed(
        "/public, once a day",
        1000,
        lambda: store.read_now(lambda work: counts.so_far(work, institutions, last=NOW.date(), now=NOW)),
    )
    for whose, home in (("one institution", "hotline"), ("all institutions", None)):
        month = _numbers(institutions, home)
        yield _timed(f"the numbers of a month, {whose}", 300, lambda month=month: store.read_now(month))  # type: ignore[misc]


def _but_tab(told: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in told.items() if key != "tab"}


def _numbers(institutions: Institutions, home: str | None) -> Callable[[UnitOfWork], Any]:
    today = NOW.date()
    asked = {"scope": EVERYTHING, "period": holding("month", today), "today": today, "at": NOW, "home": home}
    return lambda work: dashboard.figures(work, institutions, **asked)  # type: ignore[arg-type]


def _years(store: Store, institutions: Institutions) -> Any:
    """The longest report, of the year that ends with the last case, as the command makes it."""
    today = NOW.astimezone(ZONE).date()
    year = periods.chosen(periods.CUSTOM, today - timedelta(days=365), today - timedelta(days=1), today=today)
    for home, whose in ((None, "all institutions"), ("hotline", "one institution")):
        asked = Asked(institutions, EVERYTHING, home, year, NOW, ZONE)

        def made(asked: Asked = asked) -> None:
            as_paper.docx(store.read_now(making.make, TABLE["annual"], asked), "zh", at=NOW)

        yield _timed(f"a year's report in Word, {whose}", 30_000, made, times=YEARS)


def _later_page(homes: Mapping[str, str], institutions: Institutions) -> Callable[[UnitOfWork], Any]:
    def ask(work: UnitOfWork) -> Any:
        cursor = None
        for _ in range(4):
            _, cursor = work.cases.page(statuses=listing.TABS["over"], limit=listing.PAGE, cursor=cursor)
        began = perf_counter()
        asked = listing.Asked("over")
        listing.listing(work, homes, institutions, asked, by=OFFICER, at=NOW, cursor=cursor)
        return perf_counter() - began

    return ask


def _changing(store: Store, institutions: Institutions) -> Any:
    home = institutions["hotline"]
    filed: list[str] = []

    def file() -> None:
        filed.append(store.run_now(_file, home, len(filed)))

    yield _timed("opening a case", 30, file)
    for to, given in (
        ("accepted", {}),
        ("assigned", {"department": home.departments[0].id}),
        ("answered", {"answer": "已经处理完毕。"}),
    ):
        waiting = iter(filed)
        yield _timed(
            f"a move: {to}",
            20,
            lambda to=to, given=given, waiting=waiting: store.run_now(  # type: ignore[misc]
                casework.move, institutions, next(waiting), Status(to), given, by=OFFICER, at=NOW
            ),
            first=False,
        )


def _timed(what: str, goal: float, thing: Callable[[], Any], *, first: bool = True, times: int = TIMES) -> Took:
    if first:
        thing()
    each = []
    for _ in range(times):
        began = perf_counter()
        told = thing()
        took = perf_counter() - began
        each.append((told if isinstance(told, float) else took) * 1000)
    return Took(what, goal, tuple(each))


def _file(work: UnitOfWork, home: Institution, n: int) -> str:
    """What the confirmation of a draft does."""
    person = work.people.find_or_add("web", f"new{n}", language="zh", at=NOW)
    values = {
        "what": MATTERS[n % len(MATTERS)],
        "who": "李敏",
        "contact": "13800138000",
        "where": {"text": "东河花园3号楼", "lat": None, "lon": None, "pieces": {"compound": "东河花园"}},
    }
    return filing.file_case(work, home, person, Draft(values=values), at=NOW).number


def _some(work: UnitOfWork, size: int) -> list[str]:
    """Numbers from the whole of the time."""
    c = t.searchable.c
    last = work.conn.execute(select(func.max(c.id))).scalar_one()
    ids = [Random(5).randint(1, last) for _ in range(size)]
    return list(work.conn.execute(select(c.number).where(c.id.in_(ids))).scalars())


def _category(chance: Random, institutions: Institutions) -> str:
    return chance.choice(institutions["hotline"].categories).id
