"""Durations and departments of the model."""

import pytest
from pydantic import ValidationError

from institutions.lengths import LENGTH
from institutions.model import Category, Department, Institution, Matter
from institutions.routing import Route


@pytest.mark.parametrize("length", ["30m", "2h", "7d", "3wm", "4wh", "15wd"])
def test_durations_are_a_number_and_a_unit(length: str) -> None:
    assert LENGTH.fullmatch(length)


def market() -> Institution:
    """A market with one matter that has two routes."""
    rows = ("desk", "fish", "meat")
    routes = (Route(department="fish", words={"鱼": 2, "-鱼缸": 3}), Route(department="meat", words={"肉": 1}))
    return Institution(
        id="market_hall",
        code="MH",
        name="市场",
        name_en="Market hall",
        accepts="摊位的问题。",
        accepts_en="Stalls.",
        departments=tuple(Department(id=row, name=row) for row in rows),
        categories=(
            Category(
                id="stalls", name="摊位", department="desk", matters=(Matter(id="goods", name="货", routes=routes),)
            ),
        ),
        default_department="desk",
        clocks={},
    )


@pytest.mark.parametrize(
    ("text", "department"),
    [
        ("鱼不新鲜", "fish"),
        ("肉不新鲜", "meat"),
        ("鱼和肉都不新鲜", "fish"),
        ("肉掉进鱼缸", "meat"),
        ("菜不新鲜", "desk"),
    ],
)
def test_the_heaviest_route_wins_and_none_is_the_category_s_department(text: str, department: str) -> None:
    assert market().department_for("stalls", "stalls/goods", text=text).id == department


def test_the_institution_s_own_routes_come_before_a_matter_s() -> None:
    hall = market().model_copy(update={"routes": (Route(department="desk", places=("东门",)),)})

    assert hall.routing("stalls", "stalls/goods", text="东门的鱼不新鲜").department.id == "desk"
    assert hall.routing("stalls", "stalls/goods", text="鱼不新鲜", place="东门").department.id == "desk"


def test_a_routing_tells_why() -> None:
    by_fish, by_category = (market().routing("stalls", "stalls/goods", text=text) for text in ("鱼", "菜"))

    assert (by_fish.rule, by_fish.held and by_fish.held.words) == ("route", ("鱼",))
    assert (by_category.rule, by_category.held) == ("category", None)


def test_a_matter_without_department_is_routed_as_its_category() -> None:
    category = Category(
        id="stalls",
        name="摊位",
        department="desk",
        matters=(Matter(id="goods", name="货"),),
        routes=(Route(department="fish", kinds=("report",)),),
    )
    hall = market().model_copy(update={"categories": (category,)})

    assert hall.department_for("stalls", "stalls/goods", kind="report").id == "fish"
    assert hall.department_for("stalls", "stalls/goods", kind="consult").id == "desk"


@pytest.mark.parametrize(
    ("category", "matter"), [("fruit", None), ("stalls", "stalls/fruit"), ("stalls", "fruit/goods")]
)
def test_an_unknown_category_or_matter_is_a_key_error(category: str, matter: str | None) -> None:
    with pytest.raises(KeyError):
        market().department_for(category, matter)


def test_an_institution_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        market().name = "x"


def test_an_example_is_a_pair_that_fits_on_a_button() -> None:
    def with_example(*example: str) -> Institution:
        return Institution.model_validate(market().model_dump() | {"examples": [example]})

    assert with_example("鱼不新鲜", "Stale fish").examples == (("鱼不新鲜", "Stale fish"),)
    for wrong in (("鱼不新鲜",), ("", "Stale fish"), ("鱼" * 13, "Stale fish")):
        with pytest.raises(ValidationError):
            with_example(*wrong)
