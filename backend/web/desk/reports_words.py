"""The words of the desk's pages of reports, in Chinese and English; desk words join them to the others."""

from __future__ import annotations

from typing import Final

from backend.web.desk.reports_wished_words import WISHED

REPORT_WORDS: Final[dict[str, tuple[str, str]]] = {
    "reports": ("报告", "Reports"),
    "reports.why": (
        "每份报告都由统计数字写成：文字里的数，表里都有；可以下载成 Word、Excel。",
        "Each report is written from the numbers: what its text tells stands in its tables. As Word and Excel too.",
    ),
    "reports.periodic": ("定期报告", "By period"),
    "reports.special": ("专项报告", "By subject"),
    "reports.now.day": ("今天", "Today"),
    "reports.before.day": ("昨天", "Yesterday"),
    "reports.now.week": ("本周", "This week"),
    "reports.before.week": ("上周", "Last week"),
    "reports.now.month": ("本月", "This month"),
    "reports.before.month": ("上月", "Last month"),
    "reports.now.quarter": ("本季度", "This quarter"),
    "reports.before.quarter": ("上季度", "Last quarter"),
    "reports.now.half": ("本半年", "This half-year"),
    "reports.before.half": ("前一个半年", "The half-year before"),
    "reports.now.year": ("今年", "This year"),
    "reports.before.year": ("去年", "Last year"),
    "reports.institution": ("机构", "Institution"),
    "reports.every": ("全部机构", "All institutions"),
    "reports.kind": ("时段", "Period"),
    "reports.on": ("日期", "Day"),
    "reports.to": ("到（自选日期时）", "To (days of your choice)"),
    "reports.minutes": ("登记一件用几分钟", "Minutes that a case takes"),
    "reports.show": ("查看", "Show"),
    "reports.previous": ("前一期", "Before"),
    "reports.next": ("后一期", "After"),
    "reports.made": ("生成于 {at}", "Made at {at}"),
    "reports.files": ("下载", "Download"),
    "reports.file.docx": ("Word 文档", "Word"),
    "reports.file.xlsx": ("Excel 表格（含明细）", "Excel, with the rows"),
    "reports.file.json": ("JSON", "JSON"),
    "reports.file.md": ("纯文本", "Plain text"),
    "reports.cases": ("查看这些来件", "See these cases"),
    "reports.more": ("另有 {n} 行，下载 Excel 查看。", "{n} more rows, in the Excel file."),
    "reports.empty": ("没有可列的内容。", "Nothing to list."),
    "reports.all": ("全部报告", "All reports"),
    "reports.wait": ("正在生成报告", "Making the report"),
    "reports.doing": ("已完成 {done}/{whole} 部分，正在写：{doing}", "{done} of {whole} parts done; now: {doing}"),
    "reports.queued": ("前面还有报告在生成，请稍候。", "Others are being made; please wait."),
    "reports.stay": ("页面会自动刷新；离开本页不影响生成，五分钟内回来可以直接看。",
                     "The page reloads by itself. You may leave; within five minutes the report is still there."),
    "reports.reload": ("现在刷新", "Reload now"),
    "reports.stop": ("停止生成", "Stop"),
    "reports.ready": ("新到的报告", "Ready for you"),
    "reports.new": ("未看", "new"),
    "reports.stopped": ("已停止生成，没有保留任何内容。", "Stopped; nothing of it was kept."),
    "reports.enough": (
        "您有 {n} 份报告正在生成，请等其中一份完成，或者先停掉一份。",
        "{n} of your reports are being made; wait for one of them, or stop one first.",
    ),
    "reports.nofilter": (
        "报告没有“{key}”这个条件，只能按机构和时段查看。",
        "Reports cannot be narrowed by {key}; choose an institution and a period.",
    ),
    "reports.nominutes": (
        "登记一件用几分钟，请填 1 到 {n} 的整数。",
        "Write the minutes that a case takes as a number from 1 to {n}.",
    ),
    "reports.nohome": ("没有这个机构，或者不归您看。", "There is no such institution, or it is not yours to see."),
    "reports.none": ("没有这种报告。", "There is no such report."),
    "reports.noform": ("报告只有这些格式：{forms}。", "Reports come as {forms}."),
    **WISHED,
}  # fmt: skip
