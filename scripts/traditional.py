"""Writes dialogs/wording/zh_hant.py from zh.py. Run it when a sentence has changed: ``python -m scripts.traditional``.

A few sentences cannot come from characters alone; they stand in ``BY_HAND``.
"""

from __future__ import annotations

import json
from pathlib import Path

from dialogs.speaking.traditional import traditional
from dialogs.wording.zh import SENTENCES

FILE = Path(__file__).resolve().parents[1] / "dialogs" / "wording" / "zh_hant.py"
HEAD = '''"""What the bot says in traditional Chinese. Written by scripts/traditional.py from zh.py: change it there."""

'''
BY_HAND = {"language": "好的，我們用繁體字。"}
"""Sentences that say something else than the simplified ones do."""


def written() -> str:
    """The file as it should be."""
    lines = [f"    {_quoted(key)}: {_quoted(BY_HAND.get(key) or traditional(s))}," for key, s in SENTENCES.items()]
    return HEAD + "\n".join(["SENTENCES = {", *lines, "}", ""])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
