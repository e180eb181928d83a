"""How patient an institution is: what may stand in its file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from institutions.catalog import load_all
from institutions.drafts import Drafts, length


def test_every_institution_waits_a_day_at_least_before_it_closes_a_draft():
    assert all(length(each.drafts.keep) >= timedelta(days=1) for each in load_all().values())


@pytest.mark.parametrize(("told", "long"), [("30m", timedelta(minutes=30)), ("7d", timedelta(days=7))])
def test_a_length_runs_by_the_clock(told, long):
    assert length(told) == long


@pytest.mark.parametrize(
    ("keys", "reason"),
    [
        ({"nudge_after": "2wh"}, "is no time to wait"),
        ({"ask_after": "0h"}, "is no time to wait"),
        ({"quiet": ("22", "xx")}, "two times of day"),
        ({"quiet": ("22:00+08:00", "07:30")}, "without a zone"),
        ({"keep": "1d", "warn_before": "1d"}, "no time between the reminder and the warning"),
        ({"nudge": "2h"}, "Extra inputs"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_reason(keys, reason):
    with pytest.raises(ValidationError, match=reason):
        Drafts.model_validate(keys)
