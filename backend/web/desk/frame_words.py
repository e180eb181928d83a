"""The words of what surrounds every page of the desk: light and dark, what was typed and is kept, errors."""

from __future__ import annotations

from typing import Final

FRAME: Final[dict[str, tuple[str, str]]] = {
    "light": ("明暗", "Colours"),
    "light.system": ("跟随系统", "As the system"),
    "light.light": ("浅色", "Light"),
    "light.dark": ("深色", "Dark"),
    "kept.login": (
        "您写的内容已保留。登录后回到原来的页面，就会恢复。",
        "What you wrote is kept. Log in, and it is there again on its page.",
    ),
    "kept.error": (
        "您写的内容已保留。回到原来的页面，就会恢复。",
        "What you wrote is kept. Go back to its page, and it is there again.",
    ),
    "kept.restored": (
        "已恢复您上次没能保存的内容，请核对后再提交。",
        "What you wrote and could not save is here again; look it over before you send it.",
    ),
    "kept.discard": ("不要了", "Discard it"),
    "error.back": ("返回刚才的页面", "Back to the page before"),
    "error.home": ("回到工作台", "To the work list"),
}
