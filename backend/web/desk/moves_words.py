"""What the desk's buttons for moving a case say, by the status it goes to; desk words join them to the others."""

from __future__ import annotations

from typing import Final

MOVES: Final[dict[str, tuple[str, str]]] = {
    "to.received": ("恢复为待受理", "Back to received"),
    "to.supplementing": ("请市民补充", "Ask the citizen for more"),
    "to.accepted": ("受理", "Accept"),
    "to.refused": ("不予受理", "Refuse"),
    "to.transferred": ("转外单位", "Pass to another body"),
    "to.assigned": ("转办", "Assign"),
    "to.assigned.again": ("改派", "Assign to another"),
    "to.returned": ("退单", "Return"),
    "to.investigating": ("开始调查", "Begin the investigation"),
    "to.mediating": ("开始调解", "Begin mediation"),
    "to.planned": ("提交处理方案", "Submit a plan"),
    "to.reviewing": ("提交审核", "Submit for review"),
    "to.answered": ("答复市民", "Answer the citizen"),
    "to.visiting_back": ("发起回访", "Start the follow-up"),
    "to.reopened": ("重新办理", "Reopen"),
    "to.appealed": ("转复核", "Send to appeal"),
    "to.closed": ("办结", "Close"),
    "to.archived": ("归档", "Archive"),
    "to.withdrawn": ("撤回", "Withdraw"),
    "to.suspended": ("中止办理", "Suspend"),
}
