"""Passwords that are told once, read out if need be, and typed."""

from __future__ import annotations

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
GROUPS, GROUP = 4, 4
"""4 times 4 letters: 79 bits."""


def one_time_password() -> str:
    """A new one."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
