"""Each row's test opens the office of its institution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.institutions.rows.walking import Office

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    """The office of the institution that the file is named after: ``test_canteen.py`` tests ``canteen``."""
    opened = Office(request.path.stem.removeprefix("test_"))
    yield opened
    opened.close()
