"""Routing rules: which holds, and what is said of why."""

import pytest
from pydantic import ValidationError

from institutions.routing import Route, heaviest

HARBOUR = Route(department="harbour", words={"噪音": 1}, places=("码头", "Pier 5"), kinds=("complaint", "report"))


@pytest.mark.parametrize(
    ("text", "place", "kind"),
    [
        ("噪音", "老码头3号", "complaint"),
        ("码头有噪音", "", "report"),
        ("噪音 near pier 5", "", "complaint"),
    ],
)
def test_a_route_holds_when_all_its_conditions_do(text: str, place: str, kind: str) -> None:
    assert HARBOUR.held(text, place=place, kind=kind) is not None


@pytest.mark.parametrize(
    ("text", "place", "kind"),
    [
        ("安静", "码头", "complaint"),
        ("噪音", "车站", "complaint"),
        ("噪音", "码头", "consult"),
        ("噪音", "码头", None),
    ],
)
def test_a_route_with_one_condition_missing_does_not_hold(text: str, place: str, kind: str | None) -> None:
    assert HARBOUR.held(text, place=place, kind=kind) is None


def test_what_held_is_named() -> None:
    held = HARBOUR.held("码头噪音", kind="complaint")

    assert held is not None
    assert (held.words, held.place, held.kind, held.weight) == (("噪音",), "码头", "complaint", 4.0)


def test_the_heaviest_route_that_holds_wins_and_the_first_of_equals() -> None:
    fish, meat, any_kind = Route(department="fish", words={"鱼": 2}), Route(department="meat", words={"肉": 2}), HARBOUR

    assert heaviest([fish, meat, any_kind], "鱼和肉") == fish.held("鱼和肉")
    assert heaviest([fish, meat, any_kind], "码头的鱼有噪音", kind="report") == HARBOUR.held("码头噪音", kind="report")
    assert heaviest([fish, meat], "菜") is None


def test_a_route_without_any_condition_is_refused() -> None:
    with pytest.raises(ValidationError, match="take everything"):
        Route(department="fish")
