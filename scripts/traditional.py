"""Writes dialogs/wording/zh_hant.py and zh_hant_beside.py from zh.py: ``python -m scripts.traditional``.

Run it when a sentence has changed. What zh.py takes from other files stands
in the second one. A few sentences cannot come from characters alone; they
stand in ``BY_HAND``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from dialogs.wording.traditional import traditional
from dialogs.wording.zh import SENTENCES

FOLDER = Path(__file__).resolve().parents[1] / "dialogs" / "wording"
HEAD = '"""What the bot says in traditional Chinese. Written by scripts/traditional.py from {source}: change it there."""\n\n'
OWN = re.compile(r'^    "([^"]+)":', re.MULTILINE)
"""The keys of the sentences that stand in a file itself."""
BY_HAND = {"language": "好的，我們用繁體字。"}
"""Sentences that say something else than the simplified ones do."""


def written() -> dict[Path, str]:
    """The files as they should be."""
    own = set(OWN.findall((FOLDER / "zh.py").read_text(encoding="utf-8")))
    beside = _dict("BESIDE", [key for key in SENTENCES if key not in own])
    whole = _dict("SENTENCES", [key for key in SENTENCES if key in own], first=["    **BESIDE,"])
    imported = "from dialogs.wording.zh_hant_beside import BESIDE\n\n"
    return {
        FOLDER / "zh_hant_beside.py": HEAD.format(source="zh_*.py") + beside,
        FOLDER / "zh_hant.py": HEAD.format(source="zh.py") + imported + whole,
    }


def _dict(name: str, keys: list[str], *, first: list[str] | None = None) -> str:
    lines = [f"    {_quoted(key)}: {_quoted(BY_HAND.get(key) or traditional(SENTENCES[key]))}," for key in keys]
    return "\n".join([f"{name} = {{", *(first or []), *lines, "}", ""])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    for file, text in written().items():
        file.write_text(text, encoding="utf-8")
