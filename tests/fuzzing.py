"""How often the tests with random conversations are tried: few times in ``make test``, many in ``make fuzz``."""

from __future__ import annotations

import os

FACTOR = int(os.environ.get("FUZZ", "1"))
"""So many times as often as in ``make test``, and other examples at every run where it is more than 1."""


def examples(few: int) -> int:
    """How many examples to try, where *few* are enough every day."""
    return few * FACTOR
