"""What the desk says of a case's history, in Chinese and English."""

from __future__ import annotations

from typing import Final

HISTORY: Final[dict[str, tuple[str, str]]] = {
    "was.filed": ("提交诉求", "Filed the case"),
    "was.moved": ("{old} → {new}", "{old} → {new}"),
    "was.corrected": ("更正归类", "Corrected"),
    "was.confirmed": ("确认归类", "Confirmed the classification"),
    "was.said.citizen": ("补充", "Added"),
    "was.urged": ("催办（第 {n} 次）", "Pressed for it (no. {n})"),
    "was.said": ("给市民留言", "Wrote to the citizen"),
    "was.noted": ("内部备注", "Note"),
    "was.unconsented": (
        "诉求人撤回同意：姓名电话只给承办人看，不再回访",
        "Consent withdrawn: name and phone for handlers only, no survey",
    ),
    "was.unlinked": (
        "诉求人要求删除信息：聊天已解除关联，不再通知",
        "Asked to be forgotten: the chat is unlinked and gets no more notices",
    ),
    "was.evidence": ("提交证据：{kind}", "Sent evidence: {kind}"),
    "was.clock.start": ("开始计时：{clock}，截止 {at}", "Clock started: {clock}, until {at}"),
    "was.clock.push": ("时限顺延：{clock}，截止 {at}", "Clock moved: {clock}, until {at}"),
    "was.clock.kept": ("按时完成：{clock}", "Done in time: {clock}"),
    "was.clock.late": ("超时完成：{clock}", "Done late: {clock}"),
    "was.sent.kept": ("已按时发出{clock}", "{clock} sent in time"),
    "was.sent.late": ("超时发出{clock}", "{clock} sent late"),
    "was.notice": ("已安排通知市民（{n} 人）", "Notice queued for the citizen ({n})"),
    "was.notice.again": ("再次发送通知", "Sent a notice again"),
    "was.looked": ("查看了联系方式", "Viewed the citizen's contact"),
    "was.rated": ("回答回访", "Answered the follow-up"),
    "was.joined.joint": ("加入此案（第 {n} 位反映人）", "Joined the case (no. {n})"),
    "was.joined.left": ("退出此案（第 {n} 位反映人）", "Left the case (no. {n})"),
    "was.rated.joint": ("回答回访（第 {n} 位反映人）", "Answered the follow-up (no. {n})"),
    "was.joined": ("从另一设备关注此案", "Follows the case from another device"),
    "was.erased": ("个人信息已删除", "Personal data erased"),
    "was.other": ("其他记录", "Another entry"),
    "text.erased": ("（内容已按规定删除）", "(erased by rule)"),
    "text.note": ("说明", "Note"),
    "text.answer": ("答复", "Answer"),
    "text.ground": ("依据", "Ground"),
    "text.text": ("", ""),
    "text.remark": ("市民的话", "Remark"),
    "text.department": ("承办部门", "Department"),
}
