"""What can go wrong with the database as a whole. Trouble inside a unit keeps its own class.

StoreUnavailable   it cannot be used until somebody does something
Busy               it can, but not just now: ask again
OnlyReads          our own mistake: a unit that was sent to read tried to write
"""

from __future__ import annotations


class StoreUnavailable(Exception):
    """The database cannot be used; the sentence says what is wrong and what to do. ``full``: it wants space."""

    def __init__(self, what: str, do: str, *, full: bool = False) -> None:
        super().__init__(f"{what}; {do}")
        self.what, self.do, self.full = what, do, full


class Busy(Exception):
    """Too much waits for the database already; nothing was done. Over HTTP: 503 with Retry-After."""

    def __init__(self, what: str, *, retry_after: float = 1.0) -> None:
        super().__init__(f"{what}; try again in {retry_after:g} s")
        self.what = what
        self.retry_after = retry_after  # seconds


class OnlyReads(Exception):
    """A unit that was handed to ``read`` tried to write."""

    def __init__(self) -> None:
        super().__init__("a unit that writes must be handed to run, not to read")


class TransactionEnded(Exception):
    """SQLite gave up the transaction by itself; the statement was not run, for it would have stood alone."""


def closed() -> StoreUnavailable:
    """What a store answers once it has been closed."""
    return StoreUnavailable("the store has been closed", "open it again")
