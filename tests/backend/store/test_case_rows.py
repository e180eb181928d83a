from __future__ import annotations

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from backend.store.case_rows import cursor_after, place_of
from tests.backend.store.samples import a_case


@given(filed_at=st.datetimes(timezones=st.just(UTC)), number=st.text(min_size=1))
def test_a_cursor_leads_back_to_its_place(filed_at, number):
    cursor = cursor_after(a_case(number, filed_at=filed_at))

    assert place_of(cursor) == (filed_at, number)
    assert cursor.isascii()
    assert not set(cursor) & set("=&?/ ")
