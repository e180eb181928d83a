"""Three kinds of column that both databases keep alike: a time, free text, and words to be found by.

Times are ``Instant``: UTC microseconds in a BIGINT, so that SQLite and
PostgreSQL order and compare them alike and a naive time is refused.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Dialect, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import TSVECTOR

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

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


class Tokens(TypeDecorator[list[str]]):
    """Words that a row is found by: a ``tsvector`` on PostgreSQL; on SQLite a text that a trigger brings into FTS5.

    They hold letters and digits only, so that neither database cuts them again.
    """

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column's type there."""
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> str | None:
        """Each once; PostgreSQL takes them as they are when each stands in quotes."""
        if value is None:
            return None
        once = dict.fromkeys(value)
        return " ".join(f"'{word}'" for word in once) if dialect.name == "postgresql" else " ".join(once)
