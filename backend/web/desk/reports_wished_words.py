"""The words about reports that somebody wants of each period, and about the letters with them; reports_words joins them."""

from __future__ import annotations

from typing import Final

WISHED: Final[dict[str, tuple[str, str]]] = {
    "reports.wishes": ("每期都要的报告", "Reports that you want of each period"),
    "reports.want": ("以后每期都告诉我", "Tell me of each from now on"),
    "reports.want.change": ("保存修改", "Save the change"),
    "reports.want.why": (
        "每期结束后的第二天早上八点起，报告会列在“报告”页的最上面。",
        "From eight in the morning after a period, its report stands at the top of the page of reports.",
    ),
    "reports.want.no": ("不再要", "No more"),
    "reports.kept": ("已记下。", "Kept."),
    "reports.way": ("怎样告诉我", "How to tell me"),
    "reports.way.desk": ("只在系统里", "At the desk alone"),
    "reports.way.mail": ("电子邮件", "E-mail"),
    "reports.address": ("我的单位邮箱", "My office address"),
    "reports.address.of": ("只能填 {domains} 的邮箱。", "Of {domains} alone."),
    "reports.way.why": (
        "工作时间内发出，附 Word 和 Excel；只有汇总数字，涉及具体案件、承办人和地点的内容不外发。",
        "Sent in working time, with the Word file and the sheets: sums alone; single cases, officers and places stay here.",
    ),
    "reports.noway": ("没有这种接收方式，请重新选择。", "There is no such way; choose another."),
    "reports.toomany": ("最多订 {n} 份报告，请先退掉不看的。", "{n} reports at most; drop those that you do not read."),
    "reports.letter.queued": ("等待发出", "Waiting to be sent"),
    "reports.letter.sending": ("正在发出", "Being sent"),
    "reports.letter.sent": ("已发出", "Sent"),
    "reports.letter.failed": ("没有发出去", "Not sent"),
    "reports.letter.again": ("再发一次", "Send again"),
    "reports.again": ("会在工作时间内再发一次。", "It is sent once more, in working time."),
    "reports.nothing": ("没有要再发的报告。", "There is nothing to send again."),
    "reports.why.answered": ("邮件服务器不收，答复码 ", "the mail server answered "),
    "reports.why.unreachable": ("连不上邮件服务器", "the mail server cannot be reached"),
    "reports.why.place": ("连不上对方的服务", "the service cannot be reached"),
    "reports.why.no": ("对方的服务不收，代码 ", "the service said no, with its code "),
    "reports.why.code": ("对方的服务不收，答复码 ", "the service answered "),
    "reports.why.taken": ("对方没有收下", "the service did not take it"),
    "reports.why.failed": ("发送程序出错：", "the service failed: "),
    "reports.why.gone": ("这种接收方式已经取消", "there is no such way any more"),
    "reports.why.reader": ("您已经不能看这份报告", "the reader may not read this report any more"),
    "reports.why.report": ("已经没有这种报告", "there is no such report any more"),
    "reports.why.counting": ("统计还没有做完", "not everything is counted yet"),
    "reports.why.made": ("报告没有生成出来：", "the report cannot be made: "),
    "reports.why.file": ("系统设置里的地址读不出来", "the file with its address cannot be read"),
    "reports.why.url": ("系统设置里的地址不对", "its url is "),
    "reports.why.domain": ("这个邮箱的单位已不在允许范围", "Reports go to addresses of "),
    "fact.way": ("发送方式", "Way"),
    "fact.address": ("邮箱", "Address"),
    "deed.report_": ("报告发送", "Reports sent"),
    "deed.report_sent_to": ("设置报告发到哪里", "Said where a report goes"),
}  # fmt: skip
