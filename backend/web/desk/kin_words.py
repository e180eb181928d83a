"""What the desk says of the cases that stand beside one; desk_words joins them."""

from __future__ import annotations

from typing import Final

KIN: Final[dict[str, tuple[str, str]]] = {
    "kin": ("相关诉求", "Cases beside it"),
    "kin.own": ("诉求人的其他诉求", "This person's other cases"),
    "kin.answered": ("类似诉求及答复", "Similar cases and how they were answered"),
    "kin.answered.hint": (
        "按用词和类别找出，仅供参考；答复前请核实本件的情况。",
        "Found by their words and category, for reference only: check the facts of this case before you answer.",
    ),
}
