"""What the desk says of an answer's check; desk_words joins them."""

from __future__ import annotations

from typing import Final

ANSWERS: Final[dict[str, tuple[str, str]]] = {
    "check.title": ("发出前请看一眼", "Before you send it"),
    "check.hint": ("只是提醒，发不发由您决定；提醒了什么会留在记录里，审核的人看得到。",
                   "Only a reminder: you decide. What it said stays on record, and the reviewer sees it."),
    "check.clear": ("没有发现要提醒的。", "Nothing to point out."),
    "check.mend": ("可以这样改：", "To mend it: "),
    "text.warned": ("提交时的提醒", "Reminders when it was sent"),
    "check.question": ("没答到", "Not answered"),
    "check.demand": ("诉求没说", "Request not met"),
    "check.place": ("地点没提", "Place missing"),
    "check.day": ("日期没提", "Date missing"),
    "check.empty": ("空话", "Empty"),
    "check.measures": ("没有措施", "No measures"),
    "check.ground": ("没有依据", "No ground"),
    "check.remedy": ("没说还能怎么办", "No next remedy"),
    "check.holds": ("缺规定内容", "Required part missing"),
    "check.thanks": ("缺感谢或歉意", "No thanks or apology"),
    "check.private": ("他人信息", "Others' data"),
    "check.blaming": ("责怪语气", "Blaming"),
    "check.commanding": ("命令语气", "Commanding"),
    "check.cold": ("推脱语气", "Cold"),
    "check.officialese": ("公文腔", "Officialese"),
    "check.blank": ("没填完", "Left blank"),
    "check.long": ("太长", "Too long"),
    "check.language": ("语言不同", "Other language"),
}  # fmt: skip
