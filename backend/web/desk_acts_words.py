"""The desk's words about acts and what is on record of a case; what each act and its fields are called stands in the table of acts."""

from __future__ import annotations

from typing import Final

BESIDE_ACTS: Final[dict[str, str]] = {"batched": "act.batched", "lapsed": "act.lapsed"}
"""Acts that come from another case or from our own jobs, and what they are called."""
ACT_WORDS: Final[dict[str, tuple[str, str]]] = {
    "case.acts": ("更多操作", "More to do"),
    "acts.tell": ("市民会收到通知。", "The citizen is told."),
    "case.record": ("办理情况", "On record"),
    "done.act": ("已记录：{act}。", "Done: {act}."),
    "act.batched": ("并入主案一起办理", "Taken in by another case"),
    "act.lapsed": ("奖励过期作废", "The reward lapsed"),
    "act.case": ("案件", "Case"),
    "act.child": ("拆出的案件", "The case split off"),
    "act.away": ("外出，由他人代办", "Away, somebody stands in"),
    "record.officer": ("承办人", "Officer"),
    "record.co": ("协办部门", "Helping departments"),
    "record.investigators": ("调查人员", "Investigators"),
    "record.supervised": ("督办", "Supervised"),
    "record.emergency": ("应急处置", "Emergency"),
    "record.emergency.nobody": ("还没有指定负责人", "nobody leads it yet"),
    "record.emergency.open": ("未评估", "not assessed"),
    "record.emergency.assessed": ("已评估", "assessed"),
    "record.returns": ("退单", "Returned by"),
    "record.verdict": ("认定", "Verdict"),
    "record.outcomes": ("处理措施", "Measures"),
    "record.done": ("{on} 已复查", "looked at on {on}"),
    "record.due": ("{on} 前整改", "by {on}"),
    "record.mediation": ("调解", "Mediation"),
    "record.malicious": ("恶意", "Malicious"),
    "record.reward": ("奖励", "Reward"),
    "record.named": ("知情人员", "May open it"),
    "record.parent": ("主案", "Parent case"),
    "record.children": ("子案", "Child cases"),
    "record.related": ("相关案件", "Related cases"),
    "record.alike": ("可以并案办理", "Could be handled as one with"),
    "record.repeat": ("重复反映，以前的案件", "A repeat of"),
    "mediation.agreed": ("达成协议", "agreement"),
    "mediation.failed": ("调解不成", "failed"),
    "mediation.alone": ("双方自行和解", "settled between themselves"),
    "malicious.proposed": ("已提请，待审定", "proposed"),
    "malicious.confirmed": ("认定为恶意", "confirmed"),
    "malicious.rejected": ("不认定", "rejected"),
    "reward.granted": ("待领取", "to be claimed"),
    "reward.claimed": ("已领取", "claimed"),
    "reward.lapsed": ("已作废", "lapsed"),
    "field.co": ("协办部门（可不选）", "Helping departments (may stay empty)"),
    "field.officer": ("承办人（可不选）", "Officer (may stay empty)"),
    "field.right": ("应该由哪个部门办（知道就选）", "The department it belongs to, if you know"),
    "field.investigators": ("调查人员（用逗号隔开）", "Investigators, divided by commas"),
    "field.answer.draft": (
        "拟答复（审核人员会看到，可不填）",
        "Draft of the answer (the reviewers see it; may stay empty)",
    ),
    "to.reviewing.again": ("审核通过，转下一道", "I agree; on to the next reviewer"),
}
