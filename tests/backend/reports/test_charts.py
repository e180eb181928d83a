"""A chart is well-formed, says what it shows, and stays inside its frame."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from backend.reports.charts import HIGH, WIDE, Series, lines

NUMBERS = st.lists(st.integers(0, 10**7), min_size=1, max_size=120)


def test_words_in_a_chart_are_words_and_no_markup():
    drawn = lines("<b>&", "ten & <more>", ["<1>"], [Series("x", (1,))], key="k")

    root = ET.fromstring(drawn)  # noqa: S314 - our own
    words = {one.text for one in root.iter() if one.text}
    assert {"<b>&", "ten & <more>", "<1>"} <= words
    assert "style=" not in drawn


@given(NUMBERS)
def test_every_point_lies_in_the_frame_however_large_the_numbers_are(values):
    root = ET.fromstring(  # noqa: S314 - our own
        lines("t", "d", [str(n) for n in range(len(values))], [Series("x", tuple(values))], key="k")
    )
    path = next(one for one in root.iter() if one.get("class") == "line line-0").get("d", "")
    points = [tuple(map(float, point.split())) for point in path[1:].split("L")]

    assert len(points) == len(values)
    assert all(0 <= x <= WIDE and 0 <= y <= HIGH for x, y in points)


def test_a_chart_of_nothing_is_a_flat_line():
    assert "NaN" not in lines("t", "d", ["1", "2"], [Series("x", (0, 0))], key="k")
