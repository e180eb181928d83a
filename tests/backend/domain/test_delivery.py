"""A message to a citizen is tried again, given up in time, and the desk knows why."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.domain.delivery import GIVE_UP_AFTER, REMIND_WITHIN, Next, Outcome, State, after

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = 3600


def failed(tries: int, *, age: float = 0, retry_after: float | None = None) -> Next:
    return after(
        Outcome.NOT_SENT,
        tries=tries,
        kind="status",
        at=NOON,
        created_at=NOON - timedelta(seconds=age),
        retry_after=retry_after,
    )


@pytest.mark.parametrize(
    ("tries", "seconds"),
    [(1, 5), (2, 15), (3, 60), (4, 300), (5, 900), (6, HOUR), (7, 3 * HOUR), (8, 6 * HOUR), (50, 6 * HOUR)],
)
def test_each_try_waits_longer_but_never_over_six_hours(tries, seconds):
    plan = failed(tries)

    assert (plan.state, plan.not_before) == (State.QUEUED, NOON + timedelta(seconds=seconds))


def test_the_platform_is_not_asked_again_sooner_than_it_said():
    plan = failed(1, retry_after=47)

    assert (plan.state, plan.not_before) == (State.DEFERRED, NOON + timedelta(seconds=47))


def test_a_platform_that_asks_for_less_than_we_would_wait_is_believed():
    assert failed(3, retry_after=2).not_before == NOON + timedelta(seconds=2)
    assert failed(3, retry_after=0).not_before == NOON + timedelta(seconds=1)


def test_the_last_try_comes_exactly_when_the_time_is_up():
    assert failed(8, age=20 * HOUR).not_before == NOON + timedelta(hours=4)


@pytest.mark.parametrize(
    ("age", "retry_after"), [(24 * HOUR, None), (99 * HOUR, None), (0, 25 * HOUR), (0, float("inf"))]
)
def test_after_a_day_it_is_given_up_with_a_reason(age, retry_after):
    plan = failed(9, age=age, retry_after=retry_after)

    assert plan == Next(State.UNDELIVERED, None, "进度通知试发9次，24小时内没能发出，请改用其他方式联系市民。")


def test_a_reminder_is_given_up_soon_so_that_it_never_comes_by_night():
    plan = after(Outcome.NOT_SENT, tries=5, kind="nudge", at=NOON, created_at=NOON - REMIND_WITHIN)

    assert plan == Next(State.UNDELIVERED, None, "提醒试发5次，20分钟内没能发出，请改用其他方式联系市民。")


def test_the_reason_says_when_it_is_tried_again():
    assert failed(4).reason == "进度通知第4次没有发出，5分钟后自动再试。"


@given(st.integers(1, 100), st.integers(0, 2 * 86_400), st.none() | st.floats())
def test_a_message_not_sent_is_tried_later_within_a_day_or_given_up(tries, age, retry_after):
    plan = failed(tries, age=age, retry_after=retry_after)

    assert plan.reason
    if plan.not_before is None:
        assert plan.state is State.UNDELIVERED
    else:
        assert NOON < plan.not_before <= NOON - timedelta(seconds=age) + GIVE_UP_AFTER


def test_who_cannot_be_reached_is_told_to_the_desk_with_the_channels_words():
    plan = after(Outcome.UNREACHABLE, tries=1, kind="survey", at=NOON, created_at=NOON, said="用户已取消关注。")

    assert plan == Next(State.UNDELIVERED, None, "回访问题无法送达，请改用其他方式联系市民（用户已取消关注）。")


def test_an_uncertain_message_is_left_to_a_person():
    plan = after(Outcome.UNCERTAIN, tries=1, kind="message", at=NOON, created_at=NOON)

    assert (plan.state, plan.not_before) == (State.UNCERTAIN, None)
    assert "可以再发一次" in plan.reason


def test_an_uncertain_message_is_repeated_where_the_platform_drops_doubles():
    plan = after(Outcome.UNCERTAIN, tries=1, kind="message", at=NOON, created_at=NOON, deduplicates=True)

    assert (plan.state, plan.not_before) == (State.QUEUED, NOON + timedelta(seconds=5))


@pytest.mark.parametrize("outcome", [Outcome.ACCEPTED, Outcome.DELIVERED])
def test_success_needs_no_reason(outcome):
    assert after(outcome, tries=3, kind="nudge", at=NOON, created_at=NOON) == Next(State(outcome.value))


def test_the_states_are_those_of_the_contract():
    assert set(State) == {"queued", "sending", "accepted", "delivered", "uncertain", "deferred", "undelivered"}
