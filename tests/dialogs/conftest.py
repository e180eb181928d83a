"""Citizens who have not said anything yet."""

from __future__ import annotations

import pytest

from institutions.catalog import load_all
from tests.dialogs.talking import Citizen


@pytest.fixture
def citizen() -> Citizen:
    """Somebody who writes to the city hotline for the first time."""
    return Citizen(load_all()["hotline"])


@pytest.fixture
def owner() -> Citizen:
    """Somebody who writes to the property manager, which takes no anonymous complaints."""
    return Citizen(load_all()["property"])
