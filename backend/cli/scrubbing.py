"""What no log may hold: tokens and secrets, openids, phone numbers. The last processor of every log line.

What is logged is chosen so that none of it is there; this is for what
libraries and the words of an error bring along.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from structlog.typing import WrappedLogger

SCRUBBED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<!\d)[1-9]\d{4,}:[\w-]{20,}", re.ASCII), "[bot token]"),
    (
        re.compile(
            r"""((?:access_|secret_|refresh_)token|appsecret|secret|aes_key|ticket|msg_signature)(\\?["']?\s*[=:]\s*\\?["']?)[^\s"'&,;)}\\]+""",
            re.IGNORECASE,
        ),
        r"\1\2[hidden]",
    ),
    (re.compile(r"(?<![\w-])o(?=[\w-]*[A-Z0-9])[\w-]{27}(?![\w-])", re.ASCII), "[openid]"),
    (re.compile(r"(?<![\d.:T-])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\d.])"), "[phone]"),
    (re.compile(r"(?<![\w.:-])0\d{2,3}[ -]\d{7,8}(?![\w-])", re.ASCII), "[phone]"),
)
"""By shape: a bot's token, a named secret in an address or in JSON, 28 signs that begin with o, Chinese numbers."""


def scrub(text: str) -> str:
    """The same without any of them."""
    for shape, instead in SCRUBBED:
        text = shape.sub(instead, text)
    return text


def scrubbed(_logger: WrappedLogger, _method: str, line: Any) -> str:
    """A line that a renderer made."""
    return scrub(str(line))
