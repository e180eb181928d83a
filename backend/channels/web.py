"""The citizen's chat page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bots.web import Web

if TYPE_CHECKING:
    from backend.channels import Around
    from backend.settings import WebSettings


def make(told: WebSettings, _around: Around) -> Web:
    """From its settings."""
    return Web(told.name)
