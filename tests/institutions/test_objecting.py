"""Until when a decision can be objected to."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from institutions.catalog import load_all
from institutions.objecting import Review


@pytest.mark.parametrize(("institution", "within"), [("hotline", "30d"), ("bank", "30d"), ("employee", "3wd")])
def test_an_institution_says_how_long_or_has_thirty_days(institution, within):
    assert load_all()[institution].review.within == within


def test_a_time_that_is_no_length_is_refused_in_a_sentence():
    with pytest.raises(ValidationError, match="is no duration; write minutes 30m"):
        Review(within="a month")
