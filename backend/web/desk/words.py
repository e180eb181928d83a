"""Every word of the desk, in Chinese and English. A page says none of its own.

What a status, a slot, a department or a clock is called stands with them, not here.
"""

from __future__ import annotations

from typing import Final

from backend.web.desk.acts_words import ACT_WORDS
from backend.web.desk.answers_words import ANSWERS
from backend.web.desk.audit_words import AUDIT
from backend.web.desk.calls_words import CALLS
from backend.web.desk.campaigns_words import CAMPAIGNS
from backend.web.desk.channels_words import CHANNEL_WORDS
from backend.web.desk.clocks_words import CLOCKS
from backend.web.desk.dashboard_words import DASHBOARD_WORDS
from backend.web.desk.dispatch_words import DISPATCH
from backend.web.desk.ended_words import ENDED
from backend.web.desk.evidence_words import EVIDENCE
from backend.web.desk.frame_words import FRAME
from backend.web.desk.funnel_words import FUNNEL
from backend.web.desk.gone_words import GONE
from backend.web.desk.history_words import HISTORY
from backend.web.desk.kin_words import KIN
from backend.web.desk.learning_words import LEARNING
from backend.web.desk.list_words import LIST_WORDS
from backend.web.desk.missed_words import MISSED
from backend.web.desk.moves_words import MOVES
from backend.web.desk.offices_words import OFFICES
from backend.web.desk.papers_words import PAPERS
from backend.web.desk.reasons_words import REASONS
from backend.web.desk.register_words import REGISTER
from backend.web.desk.reports_words import REPORT_WORDS
from backend.web.desk.rights_words import RIGHTS
from backend.web.desk.samples_words import SAMPLES
from backend.web.desk.talks_words import TALKS
from backend.web.desk.tokens_words import TOKENS
from backend.web.desk.topics_words import TOPICS
from backend.web.desk.users_words import USERS
from backend.web.desk.wording_words import WORDING

WORDS: Final[dict[str, tuple[str, str]]] = {
    "desk": ("接诉工作台", "Jiesu desk"),
    "other_language": ("English", "中文"),
    "nav": ("菜单", "Menu"),
    "nav.close": ("收起菜单", "Close the menu"),
    "skip": ("跳到正文", "Skip to the content"),
    "work_list": ("工作台", "Work list"),
    "search": ("查编号或关键词", "Find a number or a word"),
    "search.hint": ("编号或市民的话", "Number or citizen's word"),
    "search.go": ("查找", "Find"),
    "search.none": ("没有编号为 {number} 的案件，请核对。", "There is no case {number}; please check it."),
    "search.nobody": ("没有市民提到“{text}”。", "No citizen speaks of “{text}”."),
    "search.unknown": ("查不了：没有{part}“{value}”。可用：{known}。", "There is no {part} “{value}”; there are {known}."),
    "search.some": ("{n} 件诉求提到“{text}”，新的在前。", "“{text}” is spoken of in {n} cases, newest first."),
    "search.many": (
        "很多诉求提到“{text}”，这里只列最新的 {n} 件。换个更具体的词可以缩小范围。",
        "Many cases speak of “{text}”; here are the newest {n}. A more particular word finds fewer.",
    ),
    "filter": ("筛选", "Filter"),
    "filter.go": ("筛选", "Apply"),
    "filter.none": ("不筛选", "Show all"),
    "filter.institution": ("全部机构", "All institutions"),
    "filter.department": ("全部部门", "All departments"),
    "search.mistyped": (
        "编号 {number} 有一位不对：校验位对不上，请核对。",
        "The number {number} is mistyped somewhere: its check digit does not fit.",
    ),
    "logout": ("退出", "Log out"),
    "login": ("登录", "Log in"),
    "login.name": ("用户名", "User name"),
    "login.password": ("密码", "Password"),
    "login.why": ("请先登录，再办理市民诉求。", "Log in to work on citizens' cases."),
    "login.wrong": (
        "用户名或密码不对，请再试一次。忘了密码，请找管理员重置。",
        "User name or password is wrong; try again. If you have forgotten it, ask your administrator.",
    ),
    "login.limited": (
        "试得太多次了，请过 {seconds} 秒再试。",
        "Too many tries; wait {seconds} seconds and try again.",
    ),
    "login.expired": (
        "登录页面放得太久了，请再登录一次。",
        "This login page was open for too long; please log in again.",
    ),
    "login.bye": ("已退出。", "You are logged out."),
    "login.long": ("用户名或密码太长。", "User name or password is too long."),
    "password": ("修改密码", "Change password"),
    "password.now": ("现在的密码", "Your password now"),
    "password.new": ("新密码", "New password"),
    "password.again": ("再输一遍新密码", "New password once more"),
    "password.rule": (
        "至少 {least} 个字符。一句好记的话就很好。",
        "At least {least} characters. A sentence you remember is fine.",
    ),
    "password.others": (
        "改好以后，您在别处的登录都会退出。",
        "Afterwards you are logged out everywhere else.",
    ),
    "password.forced": (
        "您用的是一次性密码。请先换成只有您自己知道的密码，再继续。",
        "You came in with a one-time password. Choose one that only you know before you go on.",
    ),
    "password.save": ("保存新密码", "Save the new password"),
    "password.wrong": ("现在的密码不对。", "Your password now is wrong."),
    "password.short": ("新密码太短，至少 {least} 个字符。", "The new password is too short; use at least {least} characters."),
    "password.name": ("新密码不能和用户名一样。", "The new password must not be your user name."),
    "password.same": ("新密码和现在的一样，请换一个。", "The new password is the old one; choose another."),
    "password.differ": ("两遍新密码不一样，请重新输入。", "The two new passwords differ; type them again."),
    "password.done": ("密码已修改，别处的登录已退出。", "Password changed; you are logged out everywhere else."),
    # ways of talking with us, by the kind of channel
    # the list
    "tab.new": ("待受理", "New"),
    "tab.working": ("办理中", "In progress"),
    "tab.answered": ("已答复", "Answered"),
    "tab.again": ("重新办理", "Reopened"),
    "tab.over": ("已结", "Closed"),
    "tab.all": ("全部", "All"),
    "list.empty": ("这里没有案件。", "There are no cases here."),
    "list.empty.new": ("都受理完了，没有待受理的案件。", "All done: no case waits to be accepted."),
    "list.next": ("下一页", "Next page"),
    "list.first": ("回到第一页", "Back to the first page"),
    "list.live": ("新案件会自动出现", "New cases appear by themselves"),
    "list.cursor": ("这个翻页链接不对，请从第一页看起。", "That page link is wrong; start from the first page."),
    "col.case": ("诉求", "Case"),
    "col.place": ("类别", "Category"),
    "col.department": ("承办部门", "Department"),
    "col.status": ("状态", "Status"),
    "col.filed": ("登记时间", "Filed"),
    "col.due": ("时限", "Due"),
    "col.grade": ("紧急程度", "Grade"),
    "col.evidence": ("证据", "Evidence"),
    "col.institution": ("机构", "Institution"),
    "due.left": ("{clock}还剩 {time}", "{clock}: {time} left"),
    "due.late": ("{clock}已超 {time}", "{clock}: {time} late"),
    "due.paused": ("暂停计时", "Clock paused"),
    "due.none": ("—", "—"),
    "due.until": ("截止 {at}", "until {at}"),
    "time.minute": ("{n} 分钟", "{n} min"),
    "time.hour": ("{n} 小时", "{n} h"),
    "time.day": ("{n} 天", "{n} d"),
    "time.now": ("不到 1 分钟", "less than 1 min"),
    # trouble
    "failed.banner": (
        "有 {n} 条市民消息系统没能处理，请人工看看。",
        "Messages that could not be worked on and wait for somebody: {n}.",
    ),
    "failed": ("没能读懂的消息", "Messages not digested"),
    "failed.why": (
        "这些消息已原样保存，但系统没能理解或登记。请联系市民或代为登记，然后标记为已处理。",
        "These were kept as they came but could not be worked on. Reach the citizen or file the case, then mark them handled.",
    ),
    "failed.none": ("没有需要人工处理的消息。", "No message waits for anybody."),
    "failed.handled": ("标记为已处理", "Mark as handled"),
    "failed.trouble": ("原因", "Reason"),
    "failed.from": ("来自 {channel}", "from {channel}"),
    "voices.banner": (
        "有 {n} 条语音留言等人听写。",
        "Voice notes that wait for somebody to listen: {n}.",
    ),
    "voices": ("等待听写的语音", "Voice notes to write down"),
    "voices.why": (
        "请听完后把市民说的话打出来，一个字也不用改。打出来的话会记到这件事里，市民不用再说一遍。",
        "Listen, then type what the citizen says, word for word. It becomes part of the case; nothing is asked twice.",
    ),
    "voices.none": ("没有等待听写的语音。", "No voice note waits for anybody."),
    "voices.words": ("市民说的话", "What the citizen says"),
    "voices.keep": ("记下来", "Keep it"),
    "voices.case": ("已登记，编号 {number}", "on case {number}"),
    "voices.draft": ("还没有登记完", "not registered yet"),
    "voices.unplayable": ("浏览器放不了这种录音，请下载后听。", "Browsers do not play this kind of recording; download it."),
    "done.voice": ("已记下来，谢谢。", "Kept. Thank you."),
    "done.voice.not": ("这条语音已经有人听写过了。", "Somebody has written this one down already."),
    "unsettled.banner": (
        "有 {n} 条通知没有送到，或不确定是否送到。",
        "Notices that have not arrived, or may not have: {n}.",
    ),
    "unsettled": ("没有送到的通知", "Notices that did not arrive"),
    "unsettled.why": (
        "可以再发一次；若原因是市民无法接收，请改用电话等方式联系。",
        "Send them again; where the citizen cannot be reached, use the phone instead.",
    ),
    "unsettled.none": ("所有通知都已送达或正在发送。", "Every notice has arrived or is on its way."),
    "banner.see": ("去看看", "Have a look"),
    # one case
    "case.back": ("返回列表", "Back to the list"),
    "case.words": ("市民说", "What the citizen said"),
    "case.nothing_said": ("（没有文字）", "(no words)"),
    "case.facts": ("要点", "Facts"),
    "case.who": ("联系人", "Citizen"),
    "who.name": ("姓名", "Name"),
    "who.contact": ("电话", "Phone"),
    "who.anonymous": ("匿名", "Anonymous"),
    "who.confidential": ("保密", "Confidential"),
    "who.untold": ("未留", "not told"),
    "case.people": ("{n} 人反映", "Told by {n}"),
    "joint.title": ("共同反映人", "Who joined"),
    "joint.voice": ("第 {n} 位", "No. {n}"),
    "joint.left": ("已退出", "left"),
    "who.source": ("来源渠道", "Channel"),
    "case.kind": ("诉求类型", "Kind"),
    "case.round": ("第 {n} 次办理", "Round {n}"),
    "case.urged": ("催办 {n} 次", "Pressed for {n} ×"),
    "case.evidence": ("证据材料", "Evidence"),
    "evidence.none": ("没有附证据。", "No evidence was sent."),
    "evidence.photo": ("照片", "Photo"),
    "evidence.video": ("视频", "Video"),
    "evidence.voice": ("录音", "Recording"),
    "evidence.document": ("文件", "Document"),
    "evidence.download": ("下载", "Download"),
    "evidence.open": ("看大图：{name}", "See in full: {name}"),
    "evidence.gone": ("文件内容找不到了，请联系管理员。", "The file's content is missing; tell your administrator."),
    "evidence.undrawable": ("这张图片无法显示，请下载查看。", "This picture cannot be shown; download it."),
    "case.proposal": ("归类", "Classification"),
    "proposal.why": ("系统按这些词建议：", "Proposed because of these words:"),
    "proposal.by_nobody": ("市民看过建议的几类，说都不是。", "The citizen saw the proposed categories and chose none."),
    "proposal.unsure": ("系统拿不准，请确认。", "The proposal is unsure; please check."),
    "proposal.confirm": ("确认归类", "Confirm it"),
    "proposal.by_citizen": ("类别由市民自己选定。", "The citizen chose the category."),
    "proposal.correct": ("更正", "Correct it"),
    "proposal.save": ("保存更正", "Save corrections"),
    "proposal.whole": ("（不细分）", "(no second level)"),
    "proposal.department.hint": (
        "只改类别时，承办部门会跟着类别走。",
        "Where only the category changes, its department follows.",
    ),
    "case.clocks": ("时限", "Time limits"),
    "clocks.none": ("没有正在计时的时限。", "No time limit is running."),
    "case.answer": ("最近的答复", "The last answer"),
    "case.moves": ("办理", "Work on it"),
    "moves.none": ("这件案件现在没有您可以做的操作。", "There is nothing you can do with this case now."),
    "moves.other": ("其他操作", "Other steps"),
    "moves.tell": ("市民会收到", "The citizen will read"),
    "moves.quiet": ("这一步不通知市民。", "The citizen is not told of this step."),
    "field.note": ("说明", "Note"),
    "field.note.told": ("说明（会告诉市民，可不填）", "Note (the citizen reads it; may stay empty)"),
    "field.note.needed": ("说明（会告诉市民）", "Note (the citizen reads it)"),
    "field.note.inner": ("内部说明（市民看不到，可不填）", "Internal note (the citizen does not see it; may stay empty)"),
    "field.note.inner.needed": ("内部说明（市民看不到）", "Internal note (the citizen does not see it)"),
    "field.note.refused": (
        "市民可以找谁办（会告诉市民，可不填）",
        "Where the citizen can go instead (they read it; may stay empty)",
    ),
    "field.note.transferred": (
        "转交给哪个单位（会告诉市民）",
        "To which body it is passed (the citizen reads it)",
    ),
    "field.answer": ("答复内容（原样发给市民）", "Answer (sent to the citizen as it stands)"),
    "field.ground": ("不予受理的依据（会告诉市民）", "Ground for refusing (the citizen reads it)"),
    "field.department": ("承办部门", "Department"),
    "placeholder.note": ("「说明」", "[note]"),
    "placeholder.answer": ("「答复内容」", "[answer]"),
    "placeholder.ground": ("「依据」", "[ground]"),
    "case.say": ("给市民留言", "Message to the citizen"),
    "say.hint": ("直接发到市民的聊天里", "Goes straight to the citizen's chat"),
    "say.send": ("发送", "Send"),
    "case.note": ("内部备注", "Note for colleagues"),
    "note.hint": ("只有工作人员看得到", "Only colleagues see it"),
    "note.save": ("保存备注", "Save note"),
    "case.notices": ("通知送达情况", "Notices and their delivery"),
    "notices.none": ("还没有发过通知。", "No notice has been sent yet."),
    "notices.again": ("再发一次", "Send again"),
    "notices.tries": ("试发 {n} 次", "{n} tries"),
    "notices.doubt": ("可能重复送达", "may have arrived twice"),
    "kind.status": ("进度通知", "Progress"),
    "kind.message": ("留言", "Message"),
    "kind.survey": ("回访问题", "Follow-up"),
    "kind.nudge": ("提醒", "Reminder"),
    "state.queued": ("等待发送", "Queued"),
    "state.sending": ("正在发送", "Sending"),
    "state.accepted": ("平台已接收", "Handed to the platform"),
    "state.delivered": ("已送达", "Delivered"),
    "state.uncertain": ("不确定是否送达", "Uncertain"),
    "state.deferred": ("稍后再发", "Deferred"),
    "state.undelivered": ("没有送达", "Not delivered"),
    "case.visit_back": ("回访结果", "Follow-up"),
    "visit.asked": ("{at} 已发出回访，市民还没有回答。", "Asked on {at}; the citizen has not answered yet."),
    "visit.contacted": ("联系过市民", "Was contacted"),
    "visit.solved": ("问题解决了", "Is solved"),
    "visit.satisfied": ("满意程度", "Satisfied"),
    "visit.remark": ("市民的话", "Remark"),
    "visit.stars": ("{n} 分（满分 5 分）", "{n} of 5"),
    "visit.unanswered": ("未回答", "not answered"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "solved.yes": ("解决了", "yes"),
    "solved.partly": ("部分解决", "partly"),
    "solved.no": ("没有解决", "no"),
    "case.history": ("办理记录", "History"),
    "case.talk": ("聊天原文", "The chat as it went"),
    "talk.citizen": ("市民", "Citizen"),
    "talk.bot": ("接诉", "Jiesu"),
    "talk.none": ("没有聊天记录。", "There is no chat."),
    "talk.location": ("［位置］", "[location]"),
    "talk.choices": ("选项：", "Choices: "),
    # what happens
    "by.citizen": ("市民", "Citizen"),
    "by.system": ("系统", "System"),
    "changed": ("{what}：{old} → {new}", "{what}: {old} → {new}"),
    # done and refused
    "done.move": ("状态已改为“{status}”。", "The status is “{status}” now."),
    "done.correct": ("更正已保存。", "The corrections are saved."),
    "done.confirm": ("归类已确认。", "The classification is confirmed."),
    "done.say": ("留言已排队发送。", "The message is queued."),
    "done.note": ("备注已保存。", "The note is saved."),
    "done.again": ("已重新排队发送。", "Queued once more."),
    "done.again.not": ("这条通知现在不需要再发。", "This notice needs no sending now."),
    "done.handled": ("已标记为处理过。", "Marked as handled."),
    "wrong.overtaken": (
        "您打开以后，这件案件有了变化：{news}。您写的内容还在，看过最新情况再提交。",
        "The case has changed since you opened it: {news}. What you wrote is still here; look at the news, then send it again.",
    ),
    "wrong.stale": (
        "刚才 {by} 改动了这件案件，现在是“{status}”。您写的内容还在，看过最新情况再提交。",
        "{by} has just changed this case; it is “{status}” now. What you wrote is still here; look, then send it again.",
    ),
    "wrong.move": (
        "案件现在是“{status}”，不能这样办理。请看最新情况。",
        "The case is “{status}” now; that step is not possible. See how it stands.",
    ),
    "wrong.role": ("您的角色不能做这一步。", "Your role may not do that."),
    "wrong.missing.answer": ("请写答复内容，市民会看到。", "Write the answer; the citizen will read it."),
    "wrong.missing.ground": ("请写不予受理的依据，市民会看到。", "Write the ground for refusing; the citizen will read it."),
    "wrong.missing.department": ("请选择承办部门。", "Choose the department."),
    "wrong.missing.note": ("请写说明。", "Write a note."),
    "wrong.missing.note.supplementing": (
        "请勾选还缺什么，或者写明要补什么，市民会看到。",
        "Tick what is missing, or write what is to be sent; the citizen will read it.",
    ),
    "wrong.missing.note.transferred": (
        "请写明转给哪个单位、怎么联系，市民会看到。",
        "Write who has it now and how to reach them; the citizen will read it.",
    ),
    "wrong.empty": ("请先写点内容。", "Write something first."),
    "wrong.long": (
        "写得太长了，一次最多 {most} 个字，请缩短后再提交。",
        "That is too long: at most {most} characters at a time. Shorten it and send it again.",
    ),
    "wrong.unknown": ("选的内容不存在，请重新选择。", "What was chosen does not exist; choose again."),
    "wrong.looks": ("您的角色只能查看，不能做这一步。", "Your role may look but not do that."),
    "news.moved": ("{by} {at} 改为“{status}”", "{by} moved it to “{status}” at {at}"),
    "news.other": ("{by} {at} {what}", "{by} at {at}: {what}"),
    "live.changed": ("这件案件刚有变化。", "This case has just changed."),
    "live.reload": ("看最新情况", "See how it stands"),
    "live.lost": ("操作没有成功，请检查网络后再试。", "That did not work; check the network and try again."),
    # kinds and grades
    "kind.complaint": ("投诉", "Complaint"),
    "kind.report": ("举报", "Report"),
    "kind.consult": ("咨询", "Question"),
    "kind.suggestion": ("建议", "Suggestion"),
    "kind.help": ("求助", "Request for help"),
    "kind.thanks": ("表扬", "Thanks"),
    "grade.emergency": ("特急", "Emergency"),
    "grade.urgent": ("紧急", "Urgent"),
    "grade.ordinary": ("一般", "Ordinary"),
    "grade.complex": ("复杂", "Complex"),
    "grade.minor": ("轻微", "Minor"),
    # what a button that moves a case says
    **MOVES,
    **LIST_WORDS,
    **ACT_WORDS,
    **ANSWERS,
    **AUDIT,
    **CALLS,
    **CAMPAIGNS,
    **CHANNEL_WORDS,
    **DASHBOARD_WORDS,
    **CLOCKS,
    **DISPATCH,
    **ENDED,
    **EVIDENCE,
    **FRAME,
    **FUNNEL,
    **GONE,
    **HISTORY,
    **KIN,
    **LEARNING,
    **MISSED,
    **OFFICES,
    **PAPERS,
    **REASONS,
    **REGISTER,
    **REPORT_WORDS,
    **RIGHTS,
    **SAMPLES,
    **TALKS,
    **WORDING,
    **TOKENS,
    **TOPICS,
    **USERS,
}  # fmt: skip


def say(language: str, key: str, **facts: object) -> str:
    """The words under *key*. Raises: KeyError: there are none, or a fact is missing."""
    zh, en = WORDS[key]
    return (en if language == "en" else zh).format(**facts)
