"""The map of the dialog, found by walking it: docs/dialog.md and docs/pictures/dialog.svg (``make map``).

A fixed alphabet of messages and events is put to every state that can be
reached from the empty conversation, in a few institutions; what is drawn is
what ``dialogs.engine.step`` did, and who did it. Nothing is drawn by hand.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict, deque
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dialogs import engine
from dialogs.conversation import Alike, Conversation, Stage
from dialogs.draft import asking, drafting
from dialogs.events import (
    AlarmDue,
    Asked,
    Brief,
    CaseFiled,
    DraftDue,
    GivenBack,
    Heard,
    NobodyCame,
    Received,
    Taken,
    VisitBackDue,
)
from dialogs.messages import Location
from dialogs.resuming import returning
from dialogs.slots import SLOTS
from institutions.catalog import load_all
from nlp.questions.beside import beside
from nlp.understand import understand
from scripts.dialog_drawing import drawn
from tests.dialogs.talking import NOW, NUMBER, Citizen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dialogs.events import Event

DOCS = Path(__file__).resolve().parent.parent / "docs"
HOMES = ("hotline", "property")
MOST_STATES = 3
"""Of one institution with one open question: those that come first; of those that differ in the slot asked, one each."""
CASE = Brief(
    NUMBER, "已答复", "Answered", "城市管理局", "City management", NOW, "烧烤店扰民", None, "已处理", open=True, answered=True,
    may=frozenset({"withdrawn", "assigned", "closed", "reopened", "appealed"}),
)  # fmt: skip
SIMILAR = Alike("20261120-HL-000007-1", "烧烤店", "Noise", "幸福里", NOW.isoformat(), 3, "办理中", "In progress", "城市管理局",
                "City management")  # fmt: skip
"""What others have told."""
WORDS = {
    "a whole story": "昨晚十一点多幸福里3栋楼下烧烤店又在放音响，吵得孩子睡不着",
    "a danger": "楼道里好大煤气味，有人晕倒了",
    "it is over": "没事了，是误报",
    "hello": "你好",
    "yes": "同意",
    "no": "不用了",
    "a place": "幸福里3栋楼下",
    "a place misheard": "滨江花园5栋漏水，物业不修",
    "a time": "昨晚11点",
    "a name": "我叫李芳",
    "a phone": "13800138000",
    "no name": "匿名",
    "two matters": "路灯坏了一个月了，另外楼下烧烤店半夜放音响吵得睡不着",
    "apart": "分开",
    "not ours": "话费查询，运营商乱扣话费",
    "register all the same": "仍要登记",
    "a correction": "不是3栋，是5栋",
    "nothing to read": "12",
    "a question": "你们几点上班？",
    "skip": "跳过",
    "back": "返回",
    "submit": "提交",
    "change something": "改一项",
    "cancel": "取消",
    "start anew": "重新开始",
    "help": "帮助",
    "progress": "进度",
    "English": "English",
    "a person": "转人工",
    "press for it": "催一下",
    "take it back": "我要撤回",
    "not solved": "没解决，还是老样子",
    "ask for a review": "我不服，要求复核",
    "a case number": f"查一下 {NUMBER}",
    "go on": "接着上次的说",
    "later": "等下再说",
    "another device": "换个设备",
    "more slowly": "慢一点",
    "forget me": "删除我的信息",
    "an insult": "你们都是废物",
    "anger": "投诉三次了没人管，气死我了",
}  # fmt: skip
PHOTO, LOCATION = "a photo", "a location"
BY_ITSELF: dict[str, tuple[Event, Callable[[Conversation, bool], bool]]] = {
    "VisitBackDue": (VisitBackDue(NUMBER), lambda _, filed: filed),
    "Asked": (Asked(NUMBER), lambda _, filed: filed),
    "DraftDue: nudge": (DraftDue("nudge", NOW, NOW + timedelta(days=3)), lambda now, _: _is_left(now)),
    "DraftDue: close": (DraftDue("close", NOW, NOW + timedelta(days=3)), lambda now, _: _is_left(now)),
    "AlarmDue": (AlarmDue(), lambda now, _: now.alarm is not None and not now.alarm.number),
    "Taken": (Taken(), lambda now, _: now.hand == "waiting"),
    "GivenBack": (GivenBack(), lambda now, _: now.hand == "taken"),
    "NobodyCame": (NobodyCame("asked"), lambda now, _: now.hand == "waiting"),
}
"""What happens without a word of the citizen's, and when it can."""


@dataclass(frozen=True, order=True, slots=True)
class Way:
    """One step: from one stage to another, who took it, and whether they may take anything at any time."""

    start: str
    end: str
    taker: str
    first: bool


@dataclass(slots=True)
class Found:
    """All that was found."""

    ways: dict[Way, list[str]] = field(default_factory=lambda: defaultdict(list))  # -> what leads there
    asked: dict[str, None] = field(default_factory=dict)  # slots, in order
    reached: dict[str, tuple[int, str, str]] = field(default_factory=dict)

    def add(self, way: Way, by: str) -> None:
        """Remember what led there."""
        if _brief(by) not in self.ways[way]:
            self.ways[way].append(_brief(by))

    def reach(self, stage: str, how: tuple[int, str, str]) -> None:
        """Remember how a stage is reached in the fewest steps: how many, from where, by what."""
        if stage not in self.reached or how[0] < self.reached[stage][0]:
            self.reached[stage] = how


class Walker(Citizen):
    """A citizen of whom every single step is noted."""

    def __init__(self, home: str, found: Found, takers: list[tuple[str, bool]]) -> None:
        super().__init__(load_all()[home])
        self.home, self.found, self.takers = home, found, takers
        self.similar = SIMILAR if load_all()[home].joining.offered else None

    def puts(self, state: tuple[Conversation, bool], by: str) -> tuple[Conversation, bool]:
        """One symbol of the alphabet and all that follows from it; the state it leads to."""
        now, filed = state
        waiting: list[Event] = [_event(self.home, by, filed=filed)]
        while waiting:
            event, before = waiting.pop(0), now
            self.takers.clear()
            now, effects = engine.step(self.institution, before, event)
            if not self.takers:  # a photo of a burst: it is answered with the others
                return state
            filed = filed or isinstance(event, CaseFiled)
            taker, first = self.takers[-1]
            what = by if isinstance(event, Heard) or by in BY_ITSELF else type(event).__name__
            self.found.add(Way(before.stage.value, now.stage.value, taker, first), what)
            if now.asking:
                self.found.asked.setdefault(now.asking)
            for effect in effects:
                waiting += self._outcome(effect)
        return now, filed


@contextmanager
def watched() -> Iterator[list[tuple[str, bool]]]:
    """While it lasts, who took each event is noted: the last one of the list."""
    notes: list[tuple[str, bool]] = []

    def noting(take: Callable[..., Any], name: str, *, first: bool) -> Callable[..., Any]:
        def taken(*told: Any) -> Any:
            if (result := take(*told)) is not None:
                notes.append((name, first))
            return result

        return taken

    kept = engine.FIRST, engine.BY_STAGE, engine.FOLLOWS
    takes = {stage: engine.BY_STAGE.get(stage, drafting.take) for stage in Stage}
    given: dict[str, Any] = {
        "FIRST": tuple(noting(take, take.__module__, first=True) for take in engine.FIRST),
        "BY_STAGE": {stage: noting(take, take.__module__, first=False) for stage, take in takes.items()},
        "FOLLOWS": {kind: noting(take, kind.__name__, first=False) for kind, take in engine.FOLLOWS.items()},
    }
    for name, value in given.items():
        setattr(engine, name, value)
    try:
        yield notes
    finally:
        for name, value in zip(given, kept, strict=True):
            setattr(engine, name, value)


def walked() -> Found:
    """Everything that the alphabet reaches."""
    found = Found()
    with watched() as takers:
        for home in HOMES:
            _walk(Walker(home, found, takers))
    return found


def _walk(walker: Walker) -> None:
    found, begin = walker.found, (Conversation(), False)
    seen, waiting, depth = {_key(walker, begin)}, deque([begin]), {_key(walker, begin): 0}
    found.reach(begin[0].stage.value, (0, "", ""))
    many: Counter[tuple[str, str, bool, bool]] = Counter()
    while waiting:
        state = waiting.popleft()
        for by in alphabet(*state):
            after = walker.puts(state, by)
            found.reach(after[0].stage.value, (depth[_key(walker, state)] + 1, state[0].stage.value, _brief(by)))
            place = (after[0].stage.value, after[0].asking, _is_whole(walker, after[0]), bool(after[0].questions))
            if _key(walker, after) not in seen and many[place] < (1 if after[0].asking else MOST_STATES):
                many[place] += 1
                seen.add(_key(walker, after))
                depth[_key(walker, after)] = depth[_key(walker, state)] + 1
                waiting.append(after)


def alphabet(now: Conversation, filed: bool) -> Iterator[str]:  # noqa: FBT001 - the two parts of a state
    """What can happen there: anything may be said or sent, the buttons shown may be pressed, and what falls due happens."""
    yield from (*WORDS, PHOTO, LOCATION)
    yield from dict.fromkeys(f"[{key}]" for key, _ in now.offered)
    yield from (by for by, (_, can) in BY_ITSELF.items() if can(now, filed))


def _brief(by: str) -> str:
    """A button without what it is about."""
    return f"{by.partition(':')[0]}:…]" if by.startswith("[") and ":" in by else by


def _is_whole(walker: Walker, now: Conversation) -> bool:
    """Whether nothing is left to be asked."""
    return not asking.open_slot(walker.institution, now.draft)


def _is_left(now: Conversation) -> bool:
    return now.stage in drafting.STAGES and returning.is_open(now)


def _key(walker: Walker, state: tuple[Conversation, bool]) -> tuple[object, ...]:
    """States that are alike for the map."""
    now, filed = state
    survey, alarm = now.survey.asking if now.survey else "", now.alarm.asking if now.alarm else None
    told = (
        bool(now.questions),
        "what" in now.draft.values,
        bool(now.draft.matters or now.draft.kinds),
        now.draft.grade == "emergency",
        _is_whole(walker, now),
    )
    return (now.stage, now.asking, now.consented, filed, survey, alarm, now.hand, now.wish, bool(now.shelf), *told)


@cache
def _event(home: str, by: str, *, filed: bool) -> Event:
    if by in BY_ITSELF:
        return BY_ITSELF[by][0]
    institution = load_all()[home]
    text = WORDS.get(by, "")
    heard = Heard(text, understand(text, now=NOW, institution=institution), NOW, by[1:-1] if by.startswith("[") else "")
    return replace(
        heard,
        beside=beside(text, now=NOW, institution=institution),
        number=NUMBER if NUMBER in text else "",
        mine=(CASE,) if filed else (),
        evidence=(Received(1, "photo", "1.png"),) if by == PHOTO else (),
        location=Location(28.2, 112.9, "人民公园") if by == LOCATION else None,
    )


def page(found: Found) -> str:
    """docs/dialog.md."""
    unseen = {stage.value for stage in Stage} - {way.end for way in found.ways}
    return PAGE.format(
        homes=", ".join(HOMES),
        first="\n".join(_first_rows(found)),
        rows="\n".join(
            f"| {way.start} | {way.end} | {_named(way)} | {_some(by)} |"
            for way, by in sorted(found.ways.items(), key=lambda pair: _order(pair[0]))
            if not way.first and way.start != way.end
        ),
        unseen=f" Not reached by it: {', '.join(sorted(unseen))}." if unseen else " It reaches every stage.",
        slots=", ".join(f"`{slot}`" for slot in SLOTS if slot in found.asked),
    )


def _first_rows(found: Found) -> Iterator[str]:
    """Who may take anything, in their order: where that may lead."""
    for place, take in enumerate(engine.FIRST, 1):
        ends: dict[str, None] = {}
        by: dict[str, None] = {}
        for way, told in sorted(found.ways.items(), key=lambda pair: _order(pair[0])):
            if way.first and way.taker == take.__module__:
                by |= dict.fromkeys(told)
                ends |= dict.fromkeys([way.end] if way.end != way.start else [])
        yield f"| {place} | `{take.__module__}` | {', '.join(ends) or '–'} | {_some(list(by)) or '–'} |"


PAGE = """\
# The dialog, as it really goes

Found by `make map`, which walks `dialogs/engine.py` in two institutions ({homes}): whatever can be said, sent, pressed or
fall due, out of a fixed alphabet, is put to the states that it leads to from the empty conversation.{unseen} A test keeps
this page fresh. It shows what leads where; how it sounds, the transcripts in `tests/transcripts` show.

![The stages and what leads from one to the other](pictures/dialog.svg)

## Who may take any message, in this order

Whoever takes it may leave the question open that was asked; where it may lead else stands in the third column.

| | who | may lead to | for instance |
|---:|---|---|---|
{first}

## Else it belongs to who asked

Only steps that lead to another stage. While `asking`, one of these is asked: {slots}. `[x]` is the button x.

| from | to | who | for instance |
|---|---|---|---|
{rows}
"""


def _named(way: Way) -> str:
    return f"`{way.taker}`" if way.taker.startswith("dialogs.") else f"event `{way.taker}`"


def _order(way: Way) -> tuple[int, int, str]:
    order = [stage.value for stage in Stage]
    return order.index(way.start), order.index(way.end), way.taker


def _some(by: list[str], most: int = 4) -> str:
    return ", ".join(by[:most]) + (" …" if len(by) > most else "")


def picture(found: Found) -> str:
    """docs/pictures/dialog.svg."""
    leads: dict[str, dict[str, dict[str, None]]] = {}
    first: dict[str, dict[str, None]] = {take.__module__: {} for take in engine.FIRST}
    for way in sorted(found.ways, key=_order):
        if way.start == way.end:
            continue
        if way.first:
            first[way.taker].setdefault(way.end)
        else:
            leads.setdefault(way.start, {}).setdefault(way.taker, {}).setdefault(way.end)
    shown = {stage: {taker: list(ends) for taker, ends in by.items()} for stage, by in leads.items()}
    stages = [str(stage) for stage in Stage]
    reached = {stage: found.reached[stage] for stage in stages if stage in found.reached}
    return drawn(shown, reached, [(taker, list(ends)) for taker, ends in first.items()])


def written() -> dict[Path, str]:
    """Both files as they should be."""
    found = walked()
    return {DOCS / "dialog.md": page(found), DOCS / "pictures" / "dialog.svg": picture(found)}


if __name__ == "__main__":
    for path, text in written().items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(DOCS.parent)}\n")
