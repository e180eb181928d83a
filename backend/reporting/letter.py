"""What a letter with a report says: a title, what the report begins with, and where the whole of it is.

The files that go along are made elsewhere; no word in it is of a citizen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from backend.domain.periods import CUSTOM
from backend.reports.as_text import read
from backend.reports.written import Said

if TYPE_CHECKING:
    from backend.domain.periods import Period
    from backend.reports.written import Written

PLACE = "/desk/reports"
EVERY = "all"
MOST = 900
"""Characters of the beginning: with the rest it fits what the narrowest group chat takes (2,048 bytes, three a character)."""
NARROW = 400
ATTACHED = Said("附件：Word 文档和 Excel 表格。", "Attached: the Word file and the sheets.")
TOO_LARGE = Said("文件太大，没有附上。", "The files are too large to be attached.")
ONLINE = Said("完整报告（须登录）：{url}", "The whole report (you log in): {url}")


def letter(found: Written, language: str, *, url: str, files: Said | None) -> tuple[str, str]:
    """Title and text. ``files``: what is said of files that go along; None: that way carries none."""
    title = f"{found.title.of(language)} · {found.span.of(language)} · {found.home.of(language)}"
    lines = [_cut(_begins(found, language), MOST if files else NARROW), *(note.of(language) for note in found.notes)]
    lines += [files.of(language)] if files else []
    return title, "\n\n".join([*(line for line in lines if line), ONLINE.of(language).format(url=url)])


def path(report: str, institution: str | None, period: Period, **more: str) -> str:
    """Where the desk shows that report. ``institution`` None: of all."""
    told = {"institution": institution or EVERY, "period": period.kind, "on": period.first.isoformat()}
    if period.kind == CUSTOM:
        told["to"] = period.last.isoformat()
    return f"{PLACE}/{report}?{urlencode(told | more)}"


def _begins(found: Written, language: str) -> str:
    """The first chapter that says something."""
    first = next((one for one in read(found) if one.sentences), None)
    said = [one.of(language) for one in first.sentences] if first else []
    return (" " if language == "en" else "").join(said)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
