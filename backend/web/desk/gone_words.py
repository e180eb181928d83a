"""The words about institutions that are served no longer."""

from __future__ import annotations

from typing import Final

GONE: Final[dict[str, tuple[str, str]]] = {
    "gone.case": (
        "该机构已停止服务。案件可以查看、打印、写备注，但不能再按它的规则办理。把它的设置文件放回去并重新启动，就可以接着办。",
        "This institution is no longer served. Its cases can be read, but not worked on; put its file back and start again.",
    ),
    "gone.settings": (
        "您所在的机构已停止服务，现在不能看它的设置和话术。请管理员把它的设置文件放回去并重新启动。",
        "Your institution is no longer served, so this page is closed; ask an administrator to put its file back.",
    ),
}
