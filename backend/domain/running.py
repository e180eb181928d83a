"""The clocks of one case while they run: begun, stopped, paused, put off, and when somebody is to be warned.

``case.due`` has the ends. ``case.record["clocks"]`` keeps what explains them,
by the clock's name: ``from``, ``since`` (the status that started it, or
``corrected``) and ``length``, ``paused`` ([[since, until] …]), ``left`` (minutes before the end when its owner is warned) and ``warn`` (when
that is). ``record["warned"]`` counts the alarms given for each (1: the
warning; more: the steps past the end), ``record["extended"]`` how often it was
put off, ``record["ended"]`` how those went that were stopped, and
``record["resumed"]`` says that clocks go on although the case still waits for
the citizen. Times are ISO. All of it is pure: what time it is,
the caller says; a job rings the alarms.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from backend.domain import clock, hands, supplement
from backend.domain.case import Event
from backend.domain.lifecycle import PAUSING, SYSTEM, Status
from institutions.promises import length_of, shortness, starts_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from backend.domain.case import Case
    from institutions.casework import Extension
    from institutions.model import Institution

ANSWERED = Status.ANSWERED.value
EARLY = frozenset({Status.RECEIVED.value, Status.ACCEPTED.value})
"""A clock that starts there and ends with the answer starts anew when the case is reopened."""
CITIZENS = frozenset({"claim"})
"""The citizen's own time, to object or to fetch a reward: no officer is warned of it, and nobody is late with it."""
FRESH = frozenset({Status.RECEIVED, Status.SUPPLEMENTING, Status.ACCEPTED})
"""Until a case is given to somebody, a clock that starts with filing may still begin."""


class NotRunning(Exception):
    """That clock does not run in this case."""

    def __init__(self, number: str, name: str) -> None:
        super().__init__(f"case {number} has no clock {name!r} that runs")
        self.number, self.clock = number, name


class NotPutOff(Exception):
    """A clock may not be put off so; ``reason``: never, often, far, past."""

    def __init__(self, number: str, name: str, reason: str, most: str = "") -> None:
        super().__init__(
            {
                "never": f"the clock {name!r} of case {number} is never put off",
                "often": f"the clock {name!r} of case {number} was put off {most} times already; no more is allowed",
                "far": f"the clock {name!r} of case {number} may be put off by {most} at most",
                "past": f"a deadline of case {number} cannot be put into the past: {most}",
            }[reason]
        )
        self.number, self.clock, self.reason, self.most = number, name, reason, most


class Alarm(NamedTuple):
    """Somebody is to be told of a clock."""

    clock: str
    step: int  # 0: it is nearly over; n: the n-th step past its end
    role: str  # who is told; empty: whoever has the case
    due: datetime


def begin(institution: Institution, case: Case, *, at: datetime, first: bool = False) -> None:
    """Start the clocks that the case's status starts and that do not run yet; after a reopening, the answer's anew.

    ``first``: it is being filed, which its own event tells.
    """
    for name, rule in institution.clocks.items():
        starts = starts_at(institution, name, case.category_id)
        again = case.status is Status.REOPENED and starts in EARLY and ANSWERED in rule.stops
        final = name in CITIZENS and Status.APPEALED in rule.stops and not hands.appeals_left(case, institution)
        if name not in case.due and (starts == case.status or again) and not final:
            _start(institution, case, name, at=at, quiet=first)


def end(institution: Institution, case: Case, *, at: datetime) -> None:
    """Stop the clocks that the case's status stops, and write down whether they were kept."""
    for name in sorted(clock.stopping(institution, case.status) & set(case.due)):
        due = case.due.pop(name)
        stopped = {"clock": name, "stopped": True, "due": due.isoformat()}
        if name not in CITIZENS:
            stopped["kept"] = kept = not clock.late(due, at)
            _keep_ended(case, name, due, at=at, kept=kept)
        _forget(case, name)
        case.note(Event(at, SYSTEM, "clock", stopped))


def resume(institution: Institution, case: Case, left: str, *, since: datetime, at: datetime) -> None:
    """The clocks that stood still since then, while the case was in the status *left*, go on."""
    if case.record.pop("resumed", None) is not None:
        return
    at = max(at, since)  # of two machines one may be slow: no pause is shorter than nothing
    for name in _standing(institution, case, left):
        length = _length(institution, case, name)
        if length is None:
            continue
        case.due[name] = moved = _shifted(institution, case.due[name], length, since, at)
        own = _own(case, name)
        if own:
            own["paused"] = [*own.get("paused", []), [since.isoformat(), at.isoformat()]]
            _set_warning(institution, case, name, at=at)
        case.note(Event(at, SYSTEM, "clock", {"clock": name, "due": moved.isoformat(), "paused": True}))


def waits(case: Case) -> bool:
    """Whether its clocks stand still, until the citizen or a coordinator does something."""
    return case.status in PAUSING and "resumed" not in case.record


def cap(institution: Institution, case: Case) -> datetime | None:
    """When a case that waits for the citizen has waited long enough: with the day that was named, else with the longest
    that the institution waits; None: it does not wait, or no more.
    """
    if case.status is not Status.SUPPLEMENTING or not waits(case):
        return None
    named = supplement.until(institution, case)
    return named or _after(institution, case.status_at, institution.casework.supervision.pause_cap)


def go_on(institution: Institution, case: Case, *, at: datetime) -> None:
    """The clocks go on although the citizen has not answered: the cap of their pause is over *at*."""
    resume(institution, case, case.status.value, since=case.status_at, at=at)
    case.record["resumed"] = at.isoformat()


def extend(institution: Institution, case: Case, name: str, length: str, *, at: datetime) -> datetime:
    """Put the end of a running clock off by *length*; the new end. Raises: NotRunning, NotPutOff, clock.BadLength.

    In working days it ends so many closing times later; by the clock, so much later.
    """
    rule, due = _to_put_off(institution, case, name)
    if shortness(clock.checked(length)) > shortness(rule.by):
        raise NotPutOff(case.number, name, "far", rule.by)
    return _put_off(institution, case, name, _after(institution, due, length), rule, at=at)


def extend_to(institution: Institution, case: Case, name: str, wanted: datetime, *, at: datetime) -> datetime:
    """The same, to an instant. Raises: NotRunning, NotPutOff."""
    rule, due = _to_put_off(institution, case, name)
    if wanted <= due or wanted <= at:
        raise NotPutOff(case.number, name, "past", f"{wanted.isoformat()} is not after {max(due, at).isoformat()}")
    if wanted > _after(institution, due, rule.by):
        raise NotPutOff(case.number, name, "far", rule.by)
    return _put_off(institution, case, name, wanted, rule, at=at)


def anew(institution: Institution, case: Case, *, at: datetime) -> None:
    """What the case is was corrected: its clocks run as long as they are promised such a case.

    Each is reckoned from its own beginning with its pauses; where that would be over already, from now. A clock that
    such a case is not promised stops without a word about whether it was kept.
    """
    for name in sorted(set(case.due) & set(institution.clocks)):
        own, length = _own(case, name), _length_now(institution, case, name)
        if not own or own["length"] == length or case.record.get("extended", {}).get(name):
            continue
        if length is None:
            due = case.due.pop(name)
            _forget(case, name)
            case.note(Event(at, SYSTEM, "clock", {"clock": name, "stopped": True, "due": due.isoformat()}))
            continue
        _reckon(institution, case, name, length, at=at)
    if case.status in FRESH:
        for name, rule in institution.clocks.items():
            starts = starts_at(institution, name, case.category_id)
            starting = starts in (Status.RECEIVED, case.status) and case.status not in rule.stops
            if starting and name not in case.due and "clocks" in case.record:
                _start(institution, case, name, at=at)


def next_alarm(institution: Institution, case: Case) -> datetime | None:
    """When somebody is to be told next of a clock of this case, or its clocks go on by themselves; None: never."""
    if case.closed_at is not None:
        return None
    times = [at for at, _ in _alarms(institution, case)]
    waits_for = [at for at in (cap(institution, case), supplement.remind_at(case)) if at]
    return min([*times, *waits_for], default=None)


def first_due(case: Case) -> datetime | None:
    """The earliest end that somebody of ours has to keep; a case that is closed waits for none."""
    ours = (due for name, due in case.due.items() if name not in CITIZENS)
    return min(ours, default=None) if case.closed_at is None else None


def alarms(institution: Institution, case: Case, *, now: datetime) -> list[Alarm]:
    """Whom to tell by now, each once: mark them with ``given``. A warning that comes too late is left out."""
    if case.closed_at is not None:
        return []
    found = []
    while ready := [alarm for at, alarm in _alarms(institution, case) if at <= now]:
        alarm = ready[0]
        _give(case, alarm)
        if alarm.step or not clock.late(alarm.due, now):
            found.append(alarm)
    return found


def _alarms(institution: Institution, case: Case) -> Iterator[tuple[datetime, Alarm]]:
    """The next alarm of each clock that runs, with its time."""
    steps = institution.casework.supervision.steps
    still = set(_standing(institution, case, case.status.value)) if waits(case) else set()
    for name, due in sorted(case.due.items()):
        if name in still or name in CITIZENS or name not in institution.clocks:
            continue
        given = case.record.get("warned", {}).get(name, 0)
        if given == 0:
            warn = _own(case, name).get("warn")
            yield (datetime.fromisoformat(warn) if warn else due), Alarm(name, 0, "", due)
        elif given <= len(steps):
            step = steps[given - 1]
            yield _after(institution, due + clock.MINUTE, step.after), Alarm(name, given, step.to, due)


def _give(case: Case, alarm: Alarm) -> None:
    case.record["warned"] = {**case.record.get("warned", {}), alarm.clock: alarm.step + 1}


def _start(institution: Institution, case: Case, name: str, *, at: datetime, quiet: bool = False) -> None:
    length = _length_now(institution, case, name)
    if length is None:
        return
    due = clock.due(at, length, zone=ZoneInfo(institution.timezone), hours=institution.hours).at
    case.due[name] = due
    _keep(institution, case, name, {"from": at.isoformat(), "since": case.status.value, "length": length}, at=at)
    if not quiet:
        case.note(Event(at, SYSTEM, "clock", {"clock": name, "due": due.isoformat()}))


def _reckon(institution: Institution, case: Case, name: str, length: str, *, at: datetime) -> None:
    """The end of a running clock under another length."""
    own, zone = _own(case, name), ZoneInfo(institution.timezone)
    begun = datetime.fromisoformat(own["from"])
    due = clock.due(begun, length, zone=zone, hours=institution.hours).at
    for since, until in own.get("paused", []):
        due = _shifted(institution, due, length, datetime.fromisoformat(since), datetime.fromisoformat(until))
    kept = {key: own[key] for key in ("from", "since", "paused") if key in own} | {"length": length}
    if clock.late(due, at) and not waits(case):
        due = clock.due(at, length, zone=zone, hours=institution.hours).at
        kept = {"from": at.isoformat(), "since": "corrected", "length": length}
    case.due[name] = due
    _forget(case, name)
    _keep(institution, case, name, kept, at=at)
    case.note(Event(at, SYSTEM, "clock", {"clock": name, "due": due.isoformat(), "anew": True}))


def extendable(institution: Institution, case: Case) -> list[str]:
    """The running clocks that may be put off in a case of this kind."""
    rules = ((name, institution.clocks[name].extension) for name in case.due if name in institution.clocks)
    return [name for name, rule in rules if rule and (not rule.kinds or case.kind in rule.kinds)]


def _to_put_off(institution: Institution, case: Case, name: str) -> tuple[Extension, datetime]:
    if name not in case.due or name not in institution.clocks:
        raise NotRunning(case.number, name)
    rule = institution.clocks[name].extension
    if rule is None or name not in extendable(institution, case):
        raise NotPutOff(case.number, name, "never")
    if case.record.get("extended", {}).get(name, 0) >= rule.times:
        raise NotPutOff(case.number, name, "often", str(rule.times))
    return rule, case.due[name]


def _put_off(
    institution: Institution, case: Case, name: str, due: datetime, rule: Extension, *, at: datetime
) -> datetime:
    own = _own(case, name)
    if rule.most and own and due > _after(institution, datetime.fromisoformat(own["from"]), rule.most):
        raise NotPutOff(case.number, name, "far", f"{rule.most} from its beginning")
    if due <= at:
        raise NotPutOff(case.number, name, "past", f"{due.isoformat()} is over")
    times = case.record.get("extended", {})
    case.due[name] = due
    case.record["extended"] = {**times, name: times.get(name, 0) + 1}
    case.record["warned"] = {key: n for key, n in case.record.get("warned", {}).items() if key != name}
    if own:
        _keep(institution, case, name, own, at=at)
    return due


def _keep(institution: Institution, case: Case, name: str, own: dict[str, Any], *, at: datetime) -> None:
    """Write down what explains a clock, and when its owner is warned: so much of it is gone then, pauses left out."""
    begun = datetime.fromisoformat(own["from"])
    whole = worked(institution, begun, case.due[name], own["length"])
    left = whole * (1 - institution.casework.supervision.warn)
    own = {**own, "left": round(left / clock.MINUTE)}
    case.record["clocks"] = {**case.record.get("clocks", {}), name: own}
    _set_warning(institution, case, name, at=at)


def _set_warning(institution: Institution, case: Case, name: str, *, at: datetime) -> None:
    own = _own(case, name)
    still = worked(institution, at, case.due[name], own["length"]) - own["left"] * clock.MINUTE
    warn = at if still <= timedelta() else _worked_on(institution, at, still, own["length"])
    case.record["clocks"] = {**case.record["clocks"], name: {**own, "warn": warn.isoformat()}}


def worked(institution: Institution, start: datetime, end: datetime, length: str) -> timedelta:
    """How much of the time between the two counts for a clock of that *length*: all, or what is worked."""
    if not clock.in_working_time(length):
        return max(end - start, timedelta())
    return clock.worked(start, end, zone=ZoneInfo(institution.timezone), hours=institution.hours)


def _worked_on(institution: Institution, start: datetime, amount: timedelta, length: str) -> datetime:
    unit = "wh" if clock.in_working_time(length) else "m"
    if unit == "m":
        return start + amount
    return clock.worked_on(start, amount, zone=ZoneInfo(institution.timezone), hours=institution.hours).at


def _standing(institution: Institution, case: Case, status: str) -> list[str]:
    """The running clocks that stand still in that status: not those which it started itself."""
    return [
        name
        for name in case.due
        if name not in institution.clocks or starts_at(institution, name, case.category_id) != status
    ]


def _after(institution: Institution, start: datetime, length: str) -> datetime:
    return clock.due(start, length, zone=ZoneInfo(institution.timezone), hours=institution.hours).at


def _shifted(institution: Institution, due: datetime, length: str, since: datetime, until: datetime) -> datetime:
    zone = ZoneInfo(institution.timezone)
    return clock.shift(due, since, until, length=length, zone=zone, hours=institution.hours).at


def _own(case: Case, name: str) -> dict[str, Any]:
    own: dict[str, Any] = case.record.get("clocks", {}).get(name, {})
    return own


def _keep_ended(case: Case, name: str, due: datetime, *, at: datetime, kept: bool) -> None:
    """How it went, for whoever learns from it; of a clock that ran twice, the last time."""
    begun = _own(case, name).get("from")
    if begun:
        ended = {"from": begun, "due": due.isoformat(), "at": at.isoformat(), "kept": kept}
        case.record["ended"] = {**case.record.get("ended", {}), name: ended}


def _forget(case: Case, name: str) -> None:
    for key in ("clocks", "warned", "extended"):
        if name in case.record.get(key, {}):
            case.record[key] = {one: value for one, value in case.record[key].items() if one != name}


def _length(institution: Institution, case: Case, name: str) -> str | None:
    """The length it runs with; of a case begun before that was written down, the one it would have now."""
    told = _own(case, name).get("length")
    return str(told) if told else _length_now(institution, case, name)


def _length_now(institution: Institution, case: Case, name: str) -> str | None:
    rule = institution.clocks.get(name)
    if rule is None or (rule.named and (case.facts.get("who") or {}).get("anonymous")):
        return None
    return length_of(
        institution,
        name,
        category_id=case.category_id,
        matter_id=case.matter_id,
        kind=case.kind,
        grade=case.grade,
    )
