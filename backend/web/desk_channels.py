"""What a channel is called on the desk: by its kind, and by its own name too where there are several of that kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backend.settings import TERMINAL

if TYPE_CHECKING:
    from backend.settings import Settings
    from backend.web.desk_view import Reader


def called(settings: Settings, name: str, *, reader: Reader) -> str:
    """``网页聊天``, ``网页聊天（estate）``; a channel that the settings have no more stands for itself."""
    kinds = {channel.name: channel.kind for channel in settings.channel} | {TERMINAL: TERMINAL}
    if name not in kinds:
        return name
    label = reader.t(f"channel.{kinds[name]}")
    return reader.t("channel.one", kind=label, name=name) if list(kinds.values()).count(kinds[name]) > 1 else label
