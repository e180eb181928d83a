from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.store.case_rows import BadCursor, cursor_after, place_of
from backend.store.tables import UNSTORABLE
from tests.backend.store.samples import a_case


@given(
    filed_at=st.datetimes(timezones=st.just(UTC)),
    number=st.text(min_size=1).filter(lambda text: not UNSTORABLE.search(text)),
)
def test_a_cursor_leads_back_to_its_place(filed_at, number):
    cursor = cursor_after(a_case(number, filed_at=filed_at))

    assert place_of(cursor) == (filed_at, number)
    assert cursor.isascii()
    assert not set(cursor) & set("=&?/ ")


@pytest.mark.parametrize("place", ["[" * 5000, json.dumps(["2026-03-02T12:00:00+08:00", "a\0b"])], ids=["deep", "NUL"])
def test_what_no_database_could_look_for_is_no_cursor(place):
    with pytest.raises(BadCursor):
        place_of(urlsafe_b64encode(place.encode()).decode())
