"""Ledgers, the funnel and the quality of proposals a second time, from the event log and the talks, and the same."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import zip_longest
from shutil import copy
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from backend.domain.lifecycle import RULES, Status
from backend.domain.periods import Period, holding
from backend.domain.scope import EVERYTHING
from backend.reporting import making
from backend.reporting.table import TABLE
from backend.reports.figures import Asked
from backend.store import tables as t
from backend.store.engine import open_store
from tests.backend.reports import dealings, slow

CITY = ZoneInfo("Asia/Shanghai")
OCTOBER = holding("month", date(2026, 10, 5))
ALL = Period(date(2026, 9, 30), date(2026, 11, 9))
NOW = dealings.END + timedelta(days=1)
HOMES = dealings.HOMES
FEN = 100


@pytest.fixture(scope="module")
def lived(sqlite_template, tmp_path_factory):
    """The month, how its talks ended, and the log of its cases; nothing here changes it."""
    store = open_store(f"sqlite:///{copy(sqlite_template, tmp_path_factory.mktemp('dealt') / 'jiesu.db')}")
    ended, turns = dealings.live(store, cases=24, talks=14, seed=6)

    def ask(work):
        cases = {case.number: case for case in work.cases.page(limit=500)[0]}
        people = {number: [one.id for one in work.cases.reporters(number)] for number in cases}
        return cases, people, {number: slow.History(work.cases.history(number)) for number in cases}

    cases, people, log = store.read_now(ask)
    yield SimpleNamespace(store=store, ended=ended, turns=turns, cases=cases, people=people, log=log)
    store.close()


def sheet(lived, report, key, *, home="hotline", period=OCTOBER):
    """The rows of a table by the keys of its columns."""
    asked = Asked(HOMES, EVERYTHING, home, period, NOW, CITY)
    found = lived.store.read_now(making.make, TABLE[report], asked)
    return [dict(row) for chapter in found.chapters for one in chapter.sheets if one.key == key for row in one.dicts()]


def day(at):
    return at.astimezone(CITY).date()


def within(at, period):
    return period.first <= day(at) <= period.last


def open_histories(lived, home, period=None):
    """Of the cases of an institution that are sealed in no way, filed in the period."""
    for number, history in lived.log.items():
        case = lived.cases[number]
        about = {history.filed.detail["category_id"], *(e.detail["category_id"][1] for e in corrections(history))}
        sealed = bool(acts(history, "name_officer")) or any(HOMES[case.institution].seals(key) for key in about)
        if (home is None or case.institution == home) and not sealed:  # noqa: SIM102 - two thoughts
            if period is None or within(history.filed.at, period):
                yield number, history


def acts(history, *keys):
    return [event for event in history.events if event.what == "noted" and event.detail.get("act") in keys]


def corrections(history):
    return [event for event in history.events if event.what == "corrected" and event.detail.get("category_id")]


def status(history):
    moved = [event.detail["to"] for event in history.events if event.what == "moved"]
    return moved[-1] if moved else "received"


def states(rows):
    return Counter(row["state"].zh for row in rows)


LATER = Period(date(2026, 10, 24), date(2026, 11, 9))
CASES = [("hotline", OCTOBER), ("property", OCTOBER), (None, ALL), (None, LATER)]


@pytest.mark.parametrize(("home", "period"), CASES)
def test_who_is_supervised_is_what_the_event_log_tells(lived, home, period):
    expected = {}
    for number, history in open_histories(lived, home, ALL if period is LATER else period):
        if told := acts(history, "supervise", "unsupervise"):
            ended = told[-1].detail["act"] == "unsupervise"
            if ended and not within(history.filed.at, period):
                continue
            expected[number] = (
                day(history.filed.at).isoformat(),
                RULES[Status(status(history))].label,
                "已解除督办" if ended else "督办中",
                next(d.name for d in HOMES[lived.cases[number].institution].departments if d.id == history.last("department")),
            )  # fmt: skip

    rows = sheet(lived, "supervision", "supervised", home=home, period=period)
    found = {row["number"]: (row["filed"], row["status"].zh, row["state"].zh, row["department"].zh) for row in rows}
    assert found == expected
    assert len(rows) == len(expected) > 0
    counted = {row["state"].zh: row["count"] for row in sheet(lived, "supervision", "states", home=home, period=period)}
    assert counted == {**states(rows), "合计": len(expected)}


@pytest.mark.parametrize(("home", "period"), CASES)
def test_what_must_be_put_right_is_what_the_event_log_tells(lived, home, period):
    expected = []
    for number, history in open_histories(lived, home, ALL if period is LATER else period):
        dues = [event.detail["due"] for event in acts(history, "outcome") if event.detail.get("due")]
        dones = [
            event.detail["on"] for event in acts(history, "rectified")
        ]  # whoever waits longest was put right first
        for due, done in zip_longest(dues, dones):
            late = "逾期未整改" if due < day(NOW).isoformat() else "整改中"
            if within(history.filed.at, period) or done is None or done >= period.first.isoformat():
                expected.append((number, due, done, "已整改" if done else late))

    rows = sheet(lived, "rectification", "to_be_put_right", home=home, period=period)
    found = [(row["number"], row["due"], row["done"], row["state"].zh) for row in rows]
    assert Counter(found) == Counter(expected)
    assert rows
    assert {row["measure"].zh for row in rows} == {"责令整改"}
    assert period is not LATER or any(row["filed"] < LATER.first.isoformat() for row in rows)


def granted(lived, home):
    """Case and day of each share, its fen, how it ended and when: from the log, and from whose matter each case is."""
    log = dict(lived.log)
    for number, history in log.items():
        for event in acts(history, "reward"):
            if "offence" not in event.detail or (home and lived.cases[number].institution != home):
                continue
            joint = sorted([number, *event.detail.get("with", [])], key=lambda one: (log[one].filed.at, one))
            earners = list({person: one for one in reversed(joint) for person in lived.people[one]})
            first = {person: next(one for one in joint if person in lived.people[one]) for person in earners}
            fen = int(event.detail.get("yuan") or dealings.SUM) * FEN
            share, rest = divmod(fen, len(first))
            top = next(person for person in lived.people[joint[0]])
            for person, one in first.items():
                after = [e for e in acts(log[one], "claim", "lapsed") if e.at >= event.at]
                how = {"claim": "已领取", "lapsed": "逾期作废"}[after[0].detail["act"]] if after else "待领取"
                claimed = day(after[0].at).isoformat() if how == "已领取" else None
                yield one, event.at, share + rest * (person == top), how, claimed


@pytest.mark.parametrize(("home", "period"), CASES)
def test_rewards_are_what_the_event_log_tells(lived, home, period):
    seen = dict(open_histories(lived, home))
    expected = [
        (number, day(at).isoformat(), fen / FEN, how, claimed)
        for number, at, fen, how, claimed in granted(lived, home)
        if number in seen and within(at, period)
    ]

    rows = sheet(lived, "rewards", "rewards", home=home, period=period)
    found = [(row["number"], row["granted"], row["yuan"], row["state"].zh, row["claimed"]) for row in rows]
    assert Counter(found) == Counter(expected)
    assert found or home is not None
    counted = {row["state"].zh: row["count"] for row in sheet(lived, "rewards", "states", home=home, period=period)}
    assert counted == ({**states(rows), "合计": len(expected)} if expected else {})


def test_each_question_of_the_funnel_is_the_sum_of_its_rows(lived):
    def ask(work):
        return work.conn.execute(select(t.steps)).all()

    counts = Counter[tuple[str, str]]()
    for row in lived.store.read_now(ask):
        if OCTOBER.first <= row.day <= OCTOBER.last:
            counts[row.step, row.what] += row.count
    rows = sheet(lived, "stops", "funnel")
    order = ("到达", "答了", "跳过", "没听懂", "离开", "回来")
    whats = ("arrived", "answered", "skipped", "missed", "left", "returned")
    kept = {key for key, _ in counts} - {"case", "turns", "seconds"}
    wanted = Counter(tuple(counts[key, what] for what in whats) for key in kept)
    assert Counter(tuple(row[head] for head in order) for row in rows) == wanted
    for row in rows:
        gone = row["离开"] - row["回来"]
        assert row["离开率"] == pytest.approx(gone / row["到达"], abs=0.0005)


def test_whoever_talked_is_in_the_funnel_once(lived):
    rows = {row["步骤"].zh: row for row in sheet(lived, "stops", "funnel", period=ALL)}
    ended = Counter(lived.ended)

    assert rows["同意告知"]["到达"] == len(lived.ended)
    assert sum(row["离开"] for row in rows.values()) == ended["silent"] + ended["cancelled"] + ended["refused"]
    assert rows["核对提交"]["答了"] == ended["filed"]
    assert min(ended[key] for key in ("filed", "stuck", "silent", "cancelled", "refused")) > 0


def nth(values, share):
    """The value that so much of them does not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def test_how_long_filing_takes_is_told_by_the_event_log_and_the_messages(lived):
    took = [
        int((lived.log[number].filed.at - datetime.fromisoformat(lived.log[number].filed.detail["since"])).total_seconds())
        for number in lived.turns
    ]  # fmt: skip
    turns = list(lived.turns.values())

    (row,) = sheet(lived, "stops", "pace", period=ALL)
    assert row["登记件数"] == row["计时件数"] == len(took)
    assert (row["轮数合计"], row["秒数合计"]) == (sum(turns), sum(took))
    assert (row["轮数中位"], row["轮数九成"]) == (nth(turns, 0.5), nth(turns, 0.9))
    assert row["秒数中位"] >= nth(took, 0.5)
    assert row["秒数九成"] >= nth(took, 0.9)


@pytest.mark.parametrize(("home", "period"), [("hotline", OCTOBER), ("property", OCTOBER), ("hotline", ALL)])
def test_how_good_proposals_are_is_told_by_the_corrections(lived, home, period):
    right, wrong, chosen, sure = Counter[str](), Counter[str](), Counter[str](), Counter[tuple[str, bool]]()
    taken = defaultdict[str, Counter[str]](Counter)
    for number, history in lived.log.items():
        case = lived.cases[number]
        said = corrections(history) or [e for e in history.events if e.what == "corrected" and "confirmed" in e.detail]
        if case.institution != home or not within(history.filed.at, period):
            continue
        if not (said or status(history) in {"closed", "archived"}):
            continue
        names = {one.id: one.name for one in HOMES[home].categories}
        proposed, final = names[case.proposal["top"][0]["category_id"]], names[history.last("category")]
        for key in (proposed, "全部"):
            if case.proposal.get("by") == "citizen":
                chosen[key] += 1
                continue
            (right if proposed == final else wrong)[key] += 1
            sure[key, proposed == final] += bool(case.proposal.get("decided"))
            taken[key][final] += proposed != final

    rows = sheet(lived, "proposals", "accuracy", home=home, period=period)
    assert {row["类别"].zh for row in rows} == {*right, *wrong, *chosen}
    assert rows[0]["类别"].en == "All"
    assert rows[0]["建议件数"] > rows[0]["正确件数"] > 0
    for row in rows:
        key = row["类别"].zh
        whole = right[key] + wrong[key]
        told = sure[key, True] + sure[key, False]
        assert (row["建议件数"], row["正确件数"], row["市民自选"]) == (whole, right[key], chosen[key])
        assert row["准确率"] == (pytest.approx(right[key] / whole, abs=0.0005) if whole else None)
        assert row["有把握占比"] == (pytest.approx(told / whole, abs=0.0005) if whole else None)
        assert row["有把握时准确率"] == (pytest.approx(sure[key, True] / told, abs=0.0005) if told else None)
        if whole:
            assert (row["95%下限"], row["95%上限"]) == pytest.approx(wilson(right[key], whole), abs=0.0006)
        for one in row["常被误作"].zh.split("，") if row["常被误作"].zh else ():
            name, n = one.rsplit(" ", 1)
            assert taken[key][name] == int(n)
        if key != "全部":
            assert bool(row["常被误作"].zh) == bool(wrong[key])


def wilson(part, whole):
    """Wilson's interval of 95 %, by its formula."""
    z, p = 1.96, part / whole
    middle, half = p + z * z / (2 * whole), z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole**2))
    return (middle - half) / (1 + z * z / whole), (middle + half) / (1 + z * z / whole)
