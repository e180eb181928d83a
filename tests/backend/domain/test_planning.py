"""When and how a notice goes: properties over whatever may be owed to somebody, and the cases by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain import planning
from backend.domain.planning import NOW, Bound, Plan, instead, plan, said, together

CHINA = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
NIGHT = ("22:00", "07:30")


@dataclass(frozen=True)
class Note:
    """A row of the outbox, as far as the plan looks at it."""

    id: int = 1
    number: str | None = "A"
    kind: str = "status"
    text: str = "已受理。"
    buttons: tuple[str, ...] = ("urge:A", "more:A")
    created_at: datetime = NOON

    @property
    def choices(self):
        return tuple({"id": each, "label": "x"} for each in self.buttons)


PROGRESS = Note()
ANSWER = Note(text="已答复。", buttons=("accept:A", "reject:A"))
QUESTION = Note(kind="survey", text="解决了吗？", buttons=("visit:A:solved:yes",))
WORDS = Note(kind="message", text="请补发照片。", buttons=())

NOTES = st.builds(
    Note,
    number=st.sampled_from(["A", "B", None]),
    kind=st.sampled_from(["status", "survey", "message", "reply"]),
    text=st.text(max_size=700),
    buttons=st.sampled_from([(), ("urge:A",), ("accept:A", "reject:A"), ("visit:A:solved:yes",)]),
    created_at=st.integers(0, 60).map(lambda minutes: NOON + timedelta(minutes=minutes)),
)


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        ("2026-11-21T21:59", "2026-11-21T21:59"),
        ("2026-11-21T22:00", "2026-11-22T07:30"),
        ("2026-11-22T03:00", "2026-11-22T07:30"),
        ("2026-11-22T07:30", "2026-11-22T07:30"),
    ],
)
def test_what_can_wait_waits_for_the_morning(at, goes):
    begun, ends = (datetime.fromisoformat(told).replace(tzinfo=CHINA) for told in (at, goes))

    assert planning.by_day(begun, NIGHT, CHINA) == ends


def test_equal_hours_are_no_night():
    assert planning.by_day(NOON, ("00:00", "00:00"), CHINA) == NOON


@given(st.integers(0, 3 * 24 * 60))
def test_nothing_goes_by_night_and_nothing_earlier_than_it_may(minutes):
    at = NOON + timedelta(minutes=minutes)

    goes = planning.by_day(at, NIGHT, CHINA)

    local = goes.astimezone(CHINA).strftime("%H:%M")
    assert at <= goes < at + timedelta(hours=10)
    assert "07:30" <= local < "22:00"


@given(NOTES, st.lists(NOTES, max_size=6))
def test_what_is_told_together_is_of_one_case_and_asks_nothing(first, behind):
    count = together(first, behind)
    told = [first, *behind[:count]]

    if count:
        assert {each.number for each in told[1:]} == {first.number}
        assert all(each.kind == "status" for each in told)
        assert not any(planning.matters(each) for each in told[:-1])
        assert all(
            abs(each.created_at - first.created_at) <= planning.TOGETHER
            for each in told[1:]
            if each.created_at > first.created_at
        )
        assert len(said(told).encode()) <= planning.MOST_BYTES + 2
    assert all(each.text in said(told) for each in told)


def test_progress_and_the_answer_become_one_message():
    notes = [PROGRESS, Note(text="已转城管。"), ANSWER]

    assert together(notes[0], notes[1:]) == 2
    assert said(notes) == "已受理。\n\n已转城管。\n\n已答复。"


@pytest.mark.parametrize("behind", [QUESTION, WORDS, Note(number="B"), Note(created_at=NOON + timedelta(hours=1))])
def test_nothing_else_is_put_into_it(behind):
    assert together(PROGRESS, [behind]) == 0
    assert together(ANSWER, [PROGRESS]) == 0


SHUTS = NOON + timedelta(hours=5)


@pytest.mark.parametrize(
    ("notes", "behind", "free", "others", "planned"),
    [
        ([PROGRESS], [], 2, False, NOW),
        ([PROGRESS], [], 1, False, Plan(until=SHUTS - planning.BEFORE_IT_SHUTS)),
        ([PROGRESS], [], 1, True, Plan(keep=True)),
        ([PROGRESS], [QUESTION], 1, False, Plan(keep=True)),
        ([PROGRESS, ANSWER], [], 1, False, NOW),
        ([ANSWER], [], 1, False, NOW),
        ([QUESTION], [], 1, False, NOW),
        ([WORDS], [], 1, False, NOW),
        ([PROGRESS], [], 0, False, NOW),
    ],
)
def test_the_last_message_is_kept_for_what_matters(notes, behind, free, *, others, planned):
    assert plan(notes, behind, free=free, until=SHUTS, others=others, now=NOON) == planned


def test_just_before_the_window_shuts_it_is_used_after_all():
    late = SHUTS - timedelta(minutes=20)

    assert plan([PROGRESS], [], free=1, until=SHUTS, others=False, now=late) == NOW


def bound(person: int, role: str = "device", told: str = "", *, gone: bool = False) -> Bound:
    return Bound(person, role, NOON + timedelta(minutes=person), gone, told)


@pytest.mark.parametrize(
    ("chats", "done"),
    [
        ([bound(1, "citizen")], ("task", None)),
        ([bound(1, "citizen"), bound(2), bound(3)], ("copy", 3)),
        ([bound(1, "citizen"), bound(2), bound(3, gone=True)], ("copy", 2)),
        ([bound(1, "citizen"), bound(2, told="accepted")], ("told", None)),
        ([bound(1, "citizen"), bound(2, told="queued"), bound(3)], ("told", None)),
        ([bound(1, "citizen"), bound(2, told="undelivered")], ("task", None)),
        ([bound(1, "citizen"), bound(2, "joint")], ("task", None)),
        ([bound(1, "joint"), bound(2, "joint_device"), bound(3, "citizen")], ("copy", 2)),
        ([bound(1, "joint"), bound(2, "joint_device"), bound(3, "joint")], ("task", None)),
        ([bound(2)], ("task", None)),
    ],
)
def test_another_chat_of_the_same_person_is_told_once(chats, done):
    assert instead(1, chats) == done


@given(
    st.lists(
        st.builds(
            bound,
            st.integers(2, 9),
            st.sampled_from(["citizen", "device", "joint", "joint_device"]),
            st.sampled_from(["", "accepted", "undelivered", "queued"]),
            gone=st.booleans(),
        ),
        max_size=6,
        unique_by=lambda one: one.person,
    ),
    st.sampled_from(["citizen", "device", "joint", "joint_device"]),
)
def test_nothing_is_sent_twice_and_nothing_to_somebody_else(chats, role):
    done, person = instead(1, [bound(1, role), *chats])

    if person is not None:
        chosen = next(one for one in chats if one.person == person)
        assert (done, chosen.told, chosen.gone) == ("copy", "", False)
        assert any({role, chosen.role} <= group for group in planning.GROUPS)


@pytest.mark.parametrize(
    ("wish", "decided", "asks", "told"),
    [
        ("", False, False, True),
        ("results", False, False, False),
        ("results", True, False, True),
        ("none", True, False, False),
        ("none", False, True, True),
    ],
)
def test_wishes_are_kept(wish, *, decided, asks, told):
    assert planning.wished(wish, decided=decided, asks=asks) is told


def test_a_campaign_never_takes_the_last_message():
    poll = Note(kind="campaign", number=None, buttons=("poll:1:a:1",))

    assert plan([poll], [], free=1, until=SHUTS, others=False, now=NOON).until is not None
    assert together(poll, [PROGRESS]) == 0
    assert not planning.weighs("campaign", poll.choices)
