"""What the fake Telegram refuses, in the platform's own words, and the refusals that tests order by name.

The texts are those of the Bot API server's source. What nobody has seen there (UNSEEN) is a guess that a caller must
not depend on: it has the right code and the right opening word, no more.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

UNSEEN = "BUTTON_DATA_INVALID", "message is too long", "method not found", "can't initiate conversation", "commands"

HOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
SET_HOOK = "terminated by setWebhook request"
OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
WRONG_FILE = "wrong file_id or the file is temporarily unavailable"
UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as "
    "a current content and reply markup of the message"
)
UPGRADED = "group chat was upgraded to a supergroup chat"


class Failure(Exception):
    """An answer with ``ok: false``. ``parameters``: retry_after, migrate_to_chat_id."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters

    @property
    def body(self) -> Json:
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def bad(what: str, **parameters: int) -> Failure:
    """The caller's mistake."""
    return Failure(400, f"Bad Request: {what}", **parameters)


def forbidden(what: str) -> Failure:
    return Failure(403, f"Forbidden: {what}")


def conflict(what: str) -> Failure:
    return Failure(409, f"Conflict: {what}")


def too_many(seconds: int) -> Failure:
    return Failure(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


ORDERS: dict[str, Json] = {
    "blocked": {"http": 403, "description": "Forbidden: bot was blocked by the user"},
    "deactivated": {"http": 403, "description": "Forbidden: user is deactivated"},
    "kicked": {"http": 403, "description": "Forbidden: bot was kicked from the group chat"},
    "no_first_word": {"http": 403, "description": "Forbidden: bot can't initiate conversation with a user"},
    "chat_not_found": {"http": 400, "description": "Bad Request: chat not found"},
    "empty": {"http": 400, "description": "Bad Request: message text is empty"},
    "too_long": {"http": 400, "description": "Bad Request: message is too long"},
    "entities": {"http": 400, "description": "Bad Request: can't parse entities: Unexpected end tag at byte offset 0"},
    "unchanged": {"http": 400, "description": f"Bad Request: {UNCHANGED}"},
    "old_query": {"http": 400, "description": f"Bad Request: {OLD_QUERY}"},
    "wrong_file": {"http": 400, "description": f"Bad Request: {WRONG_FILE}"},
    "file_too_big": {"http": 400, "description": "Bad Request: file is too big"},
    "unauthorized": {"http": 401, "description": "Unauthorized"},
    "not_found": {"http": 404, "description": "Not Found"},
    "hook_active": {"http": 409, "description": f"Conflict: {HOOK_ACTIVE}"},
    "other_poll": {"http": 409, "description": f"Conflict: {OTHER_POLL}"},
    "set_hook": {"http": 409, "description": f"Conflict: {SET_HOOK}"},
    "long_poll": {"http": 409, "description": "Conflict: terminated by other long poll or webhook"},
    "misdirected": {"http": 421, "description": "Misdirected Request"},
    "server": {"http": 500, "description": "Internal Server Error"},
    "html": {"html502": True},
    "flood_1": {"retry_after": 1},
    "flood_30": {"retry_after": 30},
    "flood_3600": {"retry_after": 3600},
    "accepted_then_silence": {"drop_after_accept": True},
    "slow_body": {"slow_s": 1.0},
    "cut_body": {"truncate": True},
}
"""What `/_ctl/fault {"order": …}` stands for."""
