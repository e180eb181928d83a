"""Citizens who have not said anything yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dialogs.events import Heard
from institutions.catalog import load_all
from nlp.understand import understand
from tests.dialogs.talking import NOW, Citizen

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def citizen() -> Citizen:
    """Somebody who writes to the city hotline for the first time."""
    return Citizen(load_all()["hotline"])


@pytest.fixture
def owner() -> Citizen:
    """Somebody who writes to the property manager, which takes no anonymous complaints."""
    return Citizen(load_all()["property"])


@pytest.fixture
def sounding(citizen: Citizen) -> Callable[..., str]:
    """Says words that understanding holds for a danger, though no rule knows them."""

    def says(text: str, *, danger: str) -> str:
        facts = replace(understand(text, now=NOW, institution=citizen.institution), danger=danger, urgency="emergency")
        return citizen.event(Heard(text, facts, NOW))

    return says
