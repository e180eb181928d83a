"""What a mini app is handed when a person opens it: a query string that the platform has signed with the bot's token."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from tests.fakes.telegram_people import Person


def init_data(person: Person, *, age: float = 0.0, start_param: str = "") -> str:
    """``initData`` as that person's client has it, *age* seconds after it was signed."""
    fields = {
        "query_id": f"AAE{person.user.id}",
        "user": json.dumps(person.user.as_json(), ensure_ascii=False, separators=(",", ":")),
        "auth_date": str(int(person.world.now() - age)),
        "signature": "c2lnbmF0dXJl",  # the platform's own, for others than the bot
    } | ({"start_param": start_param} if start_param else {})
    return urlencode(fields | {"hash": signed(fields, person.bot.token)})


def signed(fields: dict[str, str], token: str) -> str:
    """The hash of the fields, in hex."""
    secret = hmac.digest(b"WebAppData", token.encode(), "sha256")
    lines = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()))
    return hmac.new(secret, lines.encode(), hashlib.sha256).hexdigest()
