"""Whatever happens, in whatever order: nothing breaks, the state survives the store, and cancelling ends it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import events
from dialogs.conversation import Alike, Conversation, Draft, Stage
from dialogs.draft import drafting
from dialogs.events import Event, Heard, Received
from dialogs.messages import Location
from institutions.catalog import load_all
from tests.dialogs.talking import HOTLINE, NOW, NUMBER, Citizen, brief, heard_of
from tests.fuzzing import examples

if TYPE_CHECKING:
    from collections.abc import Callable

    from institutions.model import Institution

HOUSES: list[Institution] = [HOTLINE, *(load_all()[name] for name in ("property", "bus_reward", "whistleblow"))]
WORDS = [
    "你好", "同意", "不同意", "提交", "改一项", "取消", "接着填", "返回", "跳过", "重新开始", "进度", "匿名", "没有", "是的", "不是",
    "滨江花园5栋漏水，物业不修", "楼下烧烤店半夜放音响，吵得睡不着", "昨天", "晚上十点左右", "幸福里3栋", "是前天", "我叫李芳",
    "13800138000", "不是3栋，是5栋", "时间说错了", "有人晕倒了，快来人", "楼道里好大煤气味", "没事了", "人工", "忘记我", "撤回同意",
    "我替我妈反映", "保密", "换个设备", "7KDM-Q2XW", "接着上次", "稍后再说", "催一下", "不满意", "撤回", "看不懂", "English", "慢点说", "订阅月报", "退订月报",
    "路灯坏了一个月了，另外楼下烧烤店半夜放音响吵得睡不着", "分开", "你们几点上班？", "1", "2", NUMBER, "", "😀", "啊",
]  # fmt: skip
CHOICES = [
    "consent.yes", "consent.no", "submit", "change", "change:where", "skip", "anonymous", "meant:0", "meant:none", "draft.new",
    "draft.continue", "draft.drop", "split.apart", "split.one", "sort.same", "sort.new", f"urge:{NUMBER}", f"withdraw:{NUMBER}",
    f"visit:{NUMBER}:contacted:yes", f"visit:{NUMBER}:solved:no", "poll:1:a:1", "poll:1:a:done", "poll:1:a:never", "bulletin:all:", "cancel.yes", "cancel.no", "human", "more", "nonsense",
]  # fmt: skip
ALIKE = Alike(NUMBER, "噪音", "Noise", "幸福里", NOW.isoformat(), 2, "办理中", "Open", "城市管理局", "City Management")
POLLED = events.Ask(1, "a", "several", "哪里不好？", (("1", "灯"), ("2", "路")), required=False)
HAPPENINGS: dict[type, Callable[[Citizen], Event]] = {
    events.CaseFiled: lambda _: events.CaseFiled(NUMBER, "城市管理局", NOW),
    events.SimilarFound: lambda _: events.SimilarFound(ALIKE),
    events.Joined: lambda _: events.Joined(brief(), 2),
    events.Claimed: lambda _: events.Claimed(NUMBER, brief()),
    events.VisitBackDue: lambda _: events.VisitBackDue(NUMBER),
    events.PollDue: lambda _: events.PollDue("满意度调查", "请您说说。", POLLED),
    events.Polled: lambda _: events.Polled(1, "poll.twice", POLLED),
    events.Rated: lambda _: events.Rated(NUMBER, reopened=True, promised=NOW),
    events.Urged: lambda _: events.Urged(brief(), again=False),
    events.Appealed: lambda _: events.Appealed(NUMBER, NOW),
    events.Asked: lambda _: events.Asked(NUMBER),
    events.DraftMovable: lambda _: events.DraftMovable("7KDM-Q2XW", 30),
    events.DraftTaken: lambda _: events.DraftTaken(Draft({"what": "路灯坏了"}), consented=True),
    events.DraftMoved: lambda _: events.DraftMoved(),
    events.Handed: lambda _: events.Handed("asked", open=True, minutes=10),
    events.Taken: lambda _: events.Taken(),
    events.GivenBack: lambda _: events.GivenBack(),
    events.NobodyCame: lambda _: events.NobodyCame("asked"),
    events.AlarmDue: lambda _: events.AlarmDue(),
    events.Transcribed: lambda c: events.Transcribed(next((n for n, _ in c.now.draft.voices), 1), heard_of("昨天漏水")),
    events.Forgotten: lambda _: events.Forgotten(1, 3, 0, 1, "7KDM-Q2XW"),
    events.LooksTold: lambda _: events.LooksTold(1, (events.Look(NOW, "城市管理局", "City Management"),)),
    events.CopyReady: lambda _: events.CopyReady("/copies/7KDM-Q2XW", 60),
    events.Bulletined: lambda _: events.Bulletined("ask", options=(events.Subject("place", NUMBER, "幸福里"),)),
    events.DraftDue: lambda c: events.DraftDue("erase" if c.now.shelf else "nudge", c.at, c.at + timedelta(days=3)),
}
"""One of each kind beside what is said; what nobody waits for comes as well."""

said = st.one_of(
    st.sampled_from(WORDS).map(lambda text: {"text": text}),
    st.text(max_size=30).map(lambda text: {"text": text}),
    st.sampled_from(CHOICES).map(lambda choice: {"choice": choice}),
    st.integers(1, 3).map(lambda n: {"photos": n}),
    st.just({"photos": 2, "album": "a", "text": "在幸福里3栋"}),
    st.just({"pin": Location(28.2, 112.9, "人民公园")}),
    st.just({"contact": "+8613800138000"}),
    st.just({"text": "你好", "place": {"target": "星光网吧"}}),
    st.just({"voice": True}),
    st.sampled_from(WORDS).map(lambda text: {"text": text, "before": events.Before("幸福里3栋", heard_of("幸福里3栋").facts, NOW)}),
)  # fmt: skip
SEVERAL = ("路灯坏了一个月了，另外楼下烧烤店半夜放音响吵得睡不着", "同意")
"""The common way into SPLITTING; what follows is often a long silence."""
happens = st.one_of(
    st.tuples(st.just("says"), said),
    st.tuples(st.just("says"), said),
    st.tuples(st.just("happens"), st.sampled_from(sorted(HAPPENINGS, key=lambda kind: kind.__name__))),
    st.tuples(st.just("waits"), st.sampled_from([1, 60, 7200, 90000, 400_000])),
    st.tuples(st.just("goes"), st.tuples(st.just(SEVERAL), st.sampled_from([0, 7200, 400_000]))),
    st.tuples(st.just("has"), st.booleans()),
)


def live(citizen: Citizen, what: str, told: Any) -> str:
    """Let that happen; what is said to it."""
    match what:
        case "waits":
            citizen.later(seconds=told)
        case "has":
            citizen.mine = (brief(answered=told),)
        case "goes":
            words, seconds = told
            said = "\n".join(citizen.says(text) for text in words)
            citizen.later(seconds=seconds)
            return said
        case "happens":
            return citizen.event(HAPPENINGS[told](citizen))
        case "says" if "voice" in told:
            citizen.files += 1
            note = Received(citizen.files, "voice", "v.amr")
            return citizen.event(Heard("", heard_of("").facts, citizen.at, evidence=(note,), mine=citizen.mine))
        case "says":
            return citizen.says(**told)
    return ""


def lived(house: int, script: list[tuple[str, Any]]) -> Citizen:
    """A citizen to whom all that has happened."""
    citizen = Citizen(HOUSES[house])
    for what, told in script:
        assert "None" not in live(citizen, what, told) or "None" in str(script)
    return citizen


def test_every_event_is_in_the_alphabet():
    assert {*HAPPENINGS, Heard} == set(get_args(Event))


@settings(max_examples=examples(80))
@given(st.integers(0, len(HOUSES) - 1), st.lists(happens, max_size=16))
def test_nothing_that_happens_breaks_it_and_the_store_gives_it_back_as_it_was(house, script):
    stored = json.loads(json.dumps(lived(house, script).now.to_json()))

    assert json.loads(json.dumps(Conversation.from_json(stored).to_json())) == stored


@settings(max_examples=examples(60))
@given(st.integers(0, len(HOUSES) - 1), st.lists(happens, max_size=14))
def test_cancelling_always_ends(house, script):
    citizen = lived(house, script)
    citizen.event(events.GivenBack())
    citizen.photos_over()
    for _ in range(6):
        citizen.says("取消")

    assert citizen.now.stage not in drafting.STAGES | {Stage.ALARM, Stage.SORTING, Stage.CLAIMING, Stage.WITHDRAWING}


@settings(max_examples=examples(60))
@given(st.lists(happens, max_size=10), st.lists(happens, max_size=10), st.data())
def test_two_citizens_at_once_do_not_mix(one, other, data):
    scripts = {"a": one, "b": other}
    both, alone = ({name: Citizen(HOTLINE) for name in scripts} for _ in range(2))
    left = {name: list(script) for name, script in scripts.items()}
    while names := [name for name, script in left.items() if script]:
        name = data.draw(st.sampled_from(names))
        live(both[name], *left[name].pop(0))
    for name, script in scripts.items():
        for what, told in script:
            live(alone[name], what, told)

    assert {name: citizen.now for name, citizen in both.items()} == {name: c.now for name, c in alone.items()}


@settings(max_examples=examples(40))
@given(st.lists(happens, max_size=12), st.integers(0, 11))
def test_whatever_the_state_a_lost_stage_puts_the_words_by_and_it_goes_on(script, at):
    citizen = lived(0, script[: at + 1])
    stored = {**citizen.now.to_json(), "stage": "of another version", "version": 99}
    fresh = Citizen(HOTLINE)
    fresh.now = replace(Conversation.from_json(stored), hand="")

    assert fresh.says("你好").strip() or fresh.effects
    assert fresh.now.stage is not None
