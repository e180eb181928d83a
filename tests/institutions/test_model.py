"""Word lists, durations and departments of the model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from institutions.model import LENGTH, Category, Department, Institution, Matter, Route, Words

WORDS: TypeAdapter[dict[str, float]] = TypeAdapter(Words)

bare = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=8).filter(
    lambda word: word.strip("-")
)
weights = st.integers(1, 400).map(lambda hundredths: hundredths / 100)


@given(st.dictionaries(bare, weights, max_size=12))
def test_a_word_list_written_out_reads_back_the_same(words: dict[str, float]) -> None:
    written = "  ".join(f"{word}:{weight}" for word, weight in words.items())

    assert WORDS.validate_python(written) == words


@given(st.text(max_size=40))
def test_any_text_is_a_word_list_or_refused_as_one(text: str) -> None:
    try:
        words = WORDS.validate_python(text)
    except ValidationError:
        return

    assert all(weight > 0 for weight in words.values())


def test_a_word_without_weight_weighs_one_and_a_minus_stays_with_its_word() -> None:
    assert WORDS.validate_python("物业费:3 小区 -通知:2") == {"物业费": 3.0, "小区": 1.0, "-通知": 2.0}


@pytest.mark.parametrize("weight", ["nan", "inf", "-1", "0"])
def test_a_weight_is_a_number_above_zero(weight: str) -> None:
    with pytest.raises(ValidationError, match="must be above 0"):
        WORDS.validate_python(f"噪音:{weight}")


@pytest.mark.parametrize("length", ["30m", "2h", "7d", "4wh", "15wd"])
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
