"""Passwords that are told once, read out if need be, and typed."""

from __future__ import annotations

import secrets

from backend.services.office import accounts


def one_time_password() -> str:
    """A new one."""
    return accounts.one_time_password(secrets.choice)
