"""Two kinds of column that both databases keep alike: a time and free text.

Times are ``Instant``: UTC microseconds in a BIGINT, so that SQLite and
PostgreSQL order and compare them alike and a naive time is refused.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, Text, TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware time, stored as UTC microseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Raises: ValueError: the time is naive."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without zone cannot be stored: {value}")
        return (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """An aware UTC time."""
        return None if value is None else EPOCH + int(value) * MICROSECOND


UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(words: str) -> str:
    """*words* with what PostgreSQL or UTF-8 cannot hold (NUL, half surrogates) shown as �, on both databases alike."""
    return UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", words)


class Words(TypeDecorator[str]):
    """Free text from anywhere, made ``storable``."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as it will be read back."""
        return None if value is None else storable(value)
