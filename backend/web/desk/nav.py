"""The rooms of the desk, in the order of a day's work, and who enters which: one line a room.

A page that has no room of its own here is reached from another page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backend.domain import rights

if TYPE_CHECKING:
    from backend.domain.case import Actor


@dataclass(frozen=True, slots=True)
class Room:
    """A page that the menu leads to. ``power``: of ``rights.TABLE``."""

    path: str
    label: str
    label_en: str
    power: str

    def leads_to(self, here: str) -> bool:
        """Whether the page at that path is this room, or lies within it."""
        path = here.partition("?")[0]
        return path == self.path or (self.path != "/desk" and path.startswith(f"{self.path}/"))


@dataclass(frozen=True, slots=True)
class Wing:
    """Rooms that belong together."""

    label: str
    label_en: str
    rooms: tuple[Room, ...]


WINGS: tuple[Wing, ...] = (
    Wing(
        "办件",
        "Work",
        (
            Room("/desk", "工作台", "Work list", "list"),
            Room("/desk/dispatch", "派单台", "Dispatch", "dispatch"),
            Room("/desk/register", "登记", "Register", "register"),
            Room("/desk/calls", "电话回访", "Visit-backs", "calls"),
            Room("/desk/talks", "聊天", "Chats", "talk"),
            Room("/desk/alerts", "提醒", "Alerts", "list"),
            Room("/desk/notices", "未送达通知", "Notices not delivered", "list"),
            Room("/desk/voices", "语音听写", "Voice notes", "talk"),
            Room("/desk/ended", "没有成案的对话", "Talks without a case", "sample"),
            Room("/desk/samples", "对话抽查", "Sampled talks", "talk"),
            Room("/desk/duty", "值班表", "Duty roster", "duty"),
        ),
    ),
    Wing(
        "数据",
        "Numbers",
        (
            Room("/desk/numbers", "数据看板", "Numbers", "export"),
            Room("/desk/reports", "报告", "Reports", "export"),
            Room("/desk/topics", "热点预警", "What rises", "topics"),
            Room("/desk/campaigns", "问卷调查", "Surveys", "campaign"),
            Room("/desk/funnel", "对话漏斗", "Conversation funnel", "teach"),
        ),
    ),
    Wing(
        "管理",
        "Keeping",
        (
            Room("/desk/wording", "模板与话术", "Wording", "teach"),
            Room("/desk/learning", "学习新词", "Learning", "teach"),
            Room("/desk/channels", "渠道运行", "Channels", "traffic"),
            Room("/desk/failed", "没能读懂的消息", "Messages not digested", "traffic"),
            Room("/desk/users", "用户", "Users", "users"),
            Room("/desk/offices", "机构", "Institutions", "offices"),
            Room("/desk/audit", "审计记录", "Record", "audit"),
            Room("/desk/tokens", "程序令牌", "API tokens", "tokens"),
        ),
    ),
)


def open_to(actor: Actor | None) -> list[Wing]:
    """The rooms that this person may enter; empty wings are left out."""
    if actor is None:
        return []
    wings = [Wing(wing.label, wing.label_en, _rooms(wing, actor)) for wing in WINGS]
    return [wing for wing in wings if wing.rooms]


def _rooms(wing: Wing, actor: Actor) -> tuple[Room, ...]:
    return tuple(room for room in wing.rooms if rights.may(actor, room.power))
