"""E-mail addresses that somebody at the desk may be written to: well-formed, and of a domain that the office named.

Whether the mailbox is there, the mail server says when something is sent.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST, LONGEST_NAME = 254, 64  # characters, RFC 5321
_NAME = re.compile(r"[A-Za-z0-9_+-]+(\.[A-Za-z0-9_+-]+)*")
"""What stands before the @; signs that only quoting allows are none."""
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


class BadAddress(ValueError):
    """Nothing may be sent there; ``zh`` says why in Chinese."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.zh = zh


def mail(told: str, domains: Collection[str]) -> str:
    """The address as it is kept: full-width signs made plain, its domain in small letters.

    Raises: BadAddress: it is none, or of no domain of *domains*.
    """
    name, sign, domain = unicodedata.normalize("NFKC", told).strip().rpartition("@")
    domain = domain.lower()
    whole = bool(sign and _NAME.fullmatch(name) and _DOMAIN.fullmatch(domain))
    if not whole or len(name) > LONGEST_NAME or len(name) + len(domain) >= LONGEST:
        raise BadAddress(
            "That is no e-mail address; write it as in name@example.gov.cn.",
            "这不像邮箱地址，请写成 name@example.gov.cn 这样。",
        )
    if domain not in domains:
        known = sorted(domains)
        raise BadAddress(
            f"Reports go to addresses of {', '.join(known)} alone.",
            f"报告只发到这些单位邮箱：{'、'.join(f'@{one}' for one in known)}。",
        )
    return f"{name}@{domain}"
