"""What ids are called in reports: the newest name, with a note of the one before and of what is no more."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from backend.reports.written import Said
from backend.store.naming import Naming

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from backend.domain.periods import Period
    from backend.store.work import UnitOfWork
    from institutions.model import Institution

KINDS = {"institution": "机构", "department": "部门", "category": "类别"}
"""What has names that can change."""
UNTOLD = {
    "district": ("未说明", "not told"),
    "handler": ("还没有承办人", "nobody's yet"),
    "department": ("未定", "undecided"),
    "category": ("未定", "undecided"),
}
"""What an empty id stands for."""
SOURCES = {
    "web": Said("网页聊天", "Web chat"),
    "wechat": Said("微信", "WeChat"),
    "telegram": Said("Telegram", "Telegram"),
    "terminal": Said("终端", "Terminal"),
    "phone": Said("电话", "Phone"),
    "counter": Said("来访", "Counter"),
    "letter": Said("来信", "Letter"),
    "email": Said("电子邮件", "E-mail"),
}
"""By which door it came; another stands for itself."""


class Names:
    """The names of a report's rows, in Chinese and English."""

    def __init__(self, work: UnitOfWork, institutions: Mapping[str, Institution]) -> None:
        self._kept = Naming(work.conn).all()
        self._now = {
            (home.id, kind, row.id): (row.name, row.name_en or row.name)
            for home in institutions.values()
            for kind, rows in (
                ("institution", (home,)),
                ("department", home.departments),
                ("category", home.categories),
            )
            for row in rows
        }

    def of(self, home: str, kind: str, key: str) -> tuple[str, str]:
        """Its newest name; what never had one stands for itself."""
        if not key:
            return UNTOLD.get(kind, ("—", "—"))
        if (found := self._now.get((home, kind, key))) is not None:
            return found
        kept = self._kept.get((home, kind, key))
        return (kept[-1].name, kept[-1].name_en or kept[-1].name) if kept else (key, key)

    def notes(self, home: str, kind: str, key: str, period: Period) -> Iterator[tuple[str, str]]:
        """What a reader of that period must know of the name."""
        if kind not in KINDS or not key:
            return
        kept = self._kept.get((home, kind, key), [])
        zh, en = self.of(home, kind, key)
        for before, after in pairwise(kept):
            if before.name != after.name and after.since > period.first:
                yield (
                    f"“{zh}”在 {after.since} 之前叫“{before.name}”，按同一个{KINDS[kind]}计。",
                    f"“{en}” was called “{before.name_en or before.name}” before {after.since}; both are counted as one.",
                )
        if (home, kind, key) not in self._now:
            yield (f"“{zh}”已经不在机构的设置里。", f"“{en}” is no longer among the institution's.")
