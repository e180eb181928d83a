"""The page about rights shows the table that is obeyed."""

from __future__ import annotations

from scripts.rights import PAGE, table, written


def test_the_page_shows_the_table_as_it_is():
    page = PAGE.read_text(encoding="utf-8")

    assert page == written()
    assert table() in page
