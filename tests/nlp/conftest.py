"""What is slow to make and never changes: made once."""

from __future__ import annotations

import pytest

from nlp.training import train
from tests.nlp.letters import LETTERS, silent


@pytest.fixture(scope="session")
def model():
    return train.train(LETTERS, seed=1, told=silent)
