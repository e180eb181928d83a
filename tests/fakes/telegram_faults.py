"""What goes wrong when a test says so: which call, how often, and how."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram_errors import ORDERS, Failure

if TYPE_CHECKING:
    from tests.fakes.telegram_errors import Json

FOREVER = -1
PHRASES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    421: "Misdirected Request",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass
class Fault:
    """One thing that goes wrong. Before the call is carried out: http, drop, html502; after it: all the others."""

    method: str = "*"  # "file": the download of a file
    chat_id: int | None = None
    nth: int = 1  # the first matching call that it hits
    times: int = 1  # how many from there on; FOREVER
    http: int | None = None
    description: str = ""
    retry_after: int | None = None  # 429, and until then for everything there (in the chat, or everywhere)
    migrate_to_chat_id: int | None = None
    drop: bool = False  # the connection is cut, nothing has happened
    html502: bool = False
    delay_s: float = 0.0  # the answer comes so late, on the fake's clock
    drop_after_accept: bool = False  # it was carried out and no answer comes
    truncate: bool = False  # half of the answer
    slow_s: float = 0.0  # the body takes so long, on the fake's clock
    seen: int = 0

    def hits(self, method: str, chat_id: int | None) -> bool:
        """Count a call, and say whether this is one of those."""
        if self.method.lower() not in ("*", method.lower()) or self.chat_id not in (None, chat_id):
            return False
        self.seen += 1
        return self.seen >= self.nth and (self.times < 0 or self.seen < self.nth + self.times)

    @property
    def failure(self) -> Failure | None:
        """What is answered instead of carrying it out."""
        if self.retry_after is not None:
            what = self.description or f"Too Many Requests: retry after {self.retry_after}"
            return Failure(429, what, retry_after=self.retry_after)
        if self.http is None:
            return None
        what = self.description or PHRASES.get(self.http, "Error")
        if self.migrate_to_chat_id is not None:
            return Failure(self.http, what, migrate_to_chat_id=self.migrate_to_chat_id)
        return Failure(self.http, what)


@dataclass
class Faults:
    """All that was ordered, the oldest first; one at most hits a call."""

    ordered: list[Fault] = field(default_factory=list)

    def order(self, order: str = "", **how: Any) -> Fault:
        """A fault by name (ORDERS), by its fields, or both."""
        fields: Json = {**(ORDERS[order] if order else {}), **how}
        fault = Fault(**fields)
        self.ordered.append(fault)
        return fault

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        hit = [fault for fault in self.ordered if fault.hits(method, chat_id)]
        return hit[0] if hit else None
