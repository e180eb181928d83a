"""Whether an answer holds what an answer must: what was done, on what ground, what remains, and a kind word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nlp.answers.reading import SENTENCE
from nlp.answers.saying import caution
from nlp.answers.signs import WHEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from institutions.model import Institution
    from nlp.answers.heard import Caution, Heard
    from nlp.answers.reading import Answer

ANY = re.IGNORECASE
MATTERS = frozenset({"complaint", "report", "help"})
"""Kinds in which something is to be done; others want to know or to be heard."""

EMPTY = re.compile(
    r"(?:已经?|将|会|正在?)(?:及时|第一时间|立即)?(?:将[^,。;]{0,20})?(?:转交|转办|转达|移交|交办|交由|反馈给|上报|转给|转(?!账|款|给您|到您))[^,。;!]{0,24}|正在(?:积极|抓紧|进一步)?(?:处理|办理|核实|调查|协调|研究|跟进|解决|核查|推进)[^,。;!]{0,6}|请(?:您)?(?:再)?(?:耐心)?(?:等待|等候|静候)|敬请谅解|高度重视|(?:将|会)?(?:进一步|继续|持续)(?:加强|加大|跟踪|关注|跟进|完善|做好)[^,。;!]{0,16}|(?:会|将)(?:尽快|尽早|认真|及时|积极|妥善)(?:为您)?(?:处理|解决|核实|办理|研究|回复|答复|反馈|协调|落实|改进|整改)[^,。;!]{0,6}"
    r"|(?:已经?|都|均)(?:记录|收悉|收到|知悉|登记)(?:了|在案)?(?=[,。;!]|$)|收悉(?=[,。;!]|$)|(?:已经?|将|会)(?:责成|督促|要求|安排|通知|联系|协调|提醒)[^,。;!]{0,24}(?:处理|解决|核实|办理|落实|关注|跟进|重视|整改)"
    r"|\b(?:(?:has|have) been (?:passed on|forwarded|referred|handed over|noted|received|recorded)|(?:is|are) (?:being (?:looked into|handled|processed|dealt with)|looking into|working on (?:it|this))|please (?:wait|be patient)|as soon as possible|takes? (?:this|it|the matter) (?:very )?seriously|attach(?:es)? great importance|in due course)",
    ANY,
)
"""Nothing has happened yet, or nothing that can be told."""

DID = (
    r"修[好复缮]|修理|维修(?!单位)|抢修|更换|换[了好上]|清[理运除扫]|疏通|疏导|拆[除掉]|搬[走离迁]|移[走除]|拖[走移]|腾退|安装|加装|装[了好上]|增[加设派开]|加[派开密]|延长|调[整低]|恢复|补[发退缴平种]|退[还款费回货给了]|返还|赔[偿付了]|补偿|支付|发放|结清|到账|道歉|致歉|赔礼"
    r"|处罚|罚款|罚|立案|警告|批评|停[职岗班业工用]|吊销|没收|查[封扣处]|扣[押留分除]|暂扣|责令|约谈|整改(?:完|到位|通知|好|结束)|(?:下达|发出|开具|送达)[^,。]{0,12}书|取缔|关[停闭]|下架|召回|封存|调解|达成|签[订了]|补签|退休|解除|纠正|更正|注销|开通|办[结好理完]了?|核[减销]|减免|免除|抽[检取]|检测|公[示布]了?|张贴|劝[离导阻]|清走|驱离|巡[查逻]|值守|测[得量]|喷|消[杀毒]|加固|围挡|铺|施工|完工|竣工|通车|招标|培训|教育|换人|辞退|调离|撤[下除回]|报警|交给?(?:派出所|公安)"
)
MEASURE = re.compile(
    rf"(?:{DID})|\b(?:repair|fix|replac|clean|clear|remov|install|refunded|refund (?:of [^,.;]{1, 20} )?(?:was|has been|is) (?:paid|made|sent)|repa(?:id|y)|compensat|paid|fined?|warn|order|suspend|stopp?|apologi[sz]|restor|instruct|train|add(?:ed|ing)|increas|extend|corrected|cancel|clos|tow|demolish|mediat|settl|agree|inspect)",
    ANY,
)
HEARD = re.compile(
    r"(?:检查|核查|调查|核实|查看|勘查|了解|走访|收到|接到|收悉|知道|知悉|知晓|登记|记录|记下|记住|核对|联系|沟通|询问|重视|确认|证实|承认|发现|查明|查询|查实|答复|回复|反映|提出|注意|关注|理解|明白|听取|告诉|转达|感谢|辛苦|对不起|抱歉|统计|研究|讨论)(?:过|到)?了?"
    r"|[查看听问说讲谈去来]过?了|(?:让|叫|害|给|耽误|打扰|影响|添)[您你他她][^,。;!]{0,16}了?[^,。;!]{0,6}|为了|了解|除了|罢了|不了|得了|为了"
)
"""Looking, listening and being sorry are no measures, though they are over."""
DONE = re.compile(
    r"已经?[^,。;!\s]{1,}|[\u4e00-\u9fff]了(?!吗|没)|[退送还赔付寄转冲]到|改[成为用]|换成|不再|给了|完成|当面|\b(?:is|are) (?:now )?(?:ready|fixed|open|working|back|running|restored)\b"
    r"|\b(?:was|were|has been|have been) (?!(?:forwarded|passed|referred|handed|noted|received|recorded|registered|read|heard|seen|held|informed|contacted|asked|told|looked|checked|reviewed|considered|discussed|sorry|missing)\b)[a-z]{2,}(?:ed|en|wn|lt|nt|ut|id)\b"
)
"""Something has happened: 已……, ……了."""
UNDONE = re.compile(
    rf"(?:要求|希望|不予|不会|不|尽快|及时|认真|积极|抓紧|妥善|待|等|如|若|如果|没有?|未|尚未|无法|不能|负责)[^,。;]{{0,10}}(?:{DID})[^,。;]{{0,12}}|(?:{DID})(?:的)?(?:问题|事(?!实)|工作|情况|事项|要求|部门|单位|公司|流程|诉求|热线|业务)"
    rf"|\b(?:will be|to be|wants?|asks?|asked|if|not|not yet|cannot|please)\b[^,.;]{{0,24}}",
    ANY,
)
"""Words of measures that were not taken: asked for, put off, or only named."""
PLANNED = re.compile(
    rf"(?:将|会|计划|预计|拟|安排|争取|定于|前)[^。;!?]{{0,40}}(?:{WHEN})|(?:{WHEN})[^。;!?]{{0,6}}(?:前|内|底|起)[^。;!?]{{0,30}}|\b(?:will|by|from|until)\b[^.;!?]{{0,60}}(?:{WHEN})",
    ANY,
)
"""With a day it is a measure, though it is still to come."""

DENIED = re.compile(
    r"(?:我们?|我局|本院|本店|目前|暂时?|因此|故|所以|均|都|也|该处|此处|现阶段|还)?(?:无法|不能|难以)(?:予以|给予|为您|再|直接)?(?:支持|满足|受理|办理|答应|认定|退|赔|处理|安排|增[设加]|加[装开]|提供|判断|同意|采纳|补偿|减免|报销|立案|享受|落户|拆除|处罚|安装|调整|开通|实现|兑现|确认|公开|公示|进入|通过)|没(?:有)?办法(?!律)|管不了|无能为力"
    r"|不予[^,。;!]{2,10}|不(?:再)?受理|不(?:符合|具备|满足)[^,。;!]{0,16}|不(?:完全)?属实|不成立|(?:未|没有?)发现|不属于[^,。;!]{0,24}|不(?:予)?(?:支持|采纳|同意)|不违[反规法]|(?:没有?|未)违反?[法规]?|不存在|查无实据|暂不(?:考虑|能|予|具备|安排)|不在[^,。;!]{0,16}范围|证据不足|(?:没有?|未)查[到出]|不立案|没有(?:任何)?问题(?!了)|(?:不能|无法)(?!正常|通行|使用|入睡|休息|联系|出行|上|开|走|动|关|打|结束|睡|正|够|及时)[\u4e00-\u9fff]{1,6}(?=[,。;!]|$)|不构成"
    r"|\b(?:cannot (?:be )?(?:accept|grant|refund|support|uphold|help|pay|install|approve|confirm|add|agree)\w*|(?:is|are|was|were) not (?:upheld|accepted|granted|eligible|entitled|within our|confirmed|justified|possible)|no (?:evidence|breach|violation|sign)|(?:did|do|does) not (?:find|found|meet|qualify|breach|fall|agree|uphold)|not (?:found|uphold)|unable to|decline[sd]?|refused?|reject)",
    ANY,
)
"""What was asked for is not granted, or what was told is not borne out."""
GROUND = re.compile(
    r"《|第[\d一二三四五六七八九十百]+条|根据|依据|依照|按照?(?!时)|规定|条例|(?<!没)(?<!有)(?<!想)办法|法律|合同|协议|约定|标准|规范|规则|因为|由于|鉴于|原因|监控|录像|录音|视频|检定|检测|监测|测得|实测|检验|鉴定|化验|抽[检查]|统计|客流|测算|评估|台账|记录|单据|票据|小票|凭证|工资表|档案|登记表|照片|数据|走访|查找|排查|所以|因此|距离|询问[了过]|笔录|现场(?:查看|检查|勘查|核查|未|没有|测)|职责|管辖|管理权|属于[^,。]{1,20}(?:管|负责|职)|超过[^,。]{0,12}(?:期|天|年|月|日)|未满|不足\d|已过|因(?!此|而)"
    r"|\b(?:under|according to|because|as the|since|article|section|regulations?|rules?|law|contract|records?|footage|video|measur\w+|test(?:s|ed)?|samples?|inspect\w*|standard|camera|log|terms|expired|meter)\b",
    ANY,
)
REMEDY = re.compile(
    r"复核|复查|复议|申诉|诉讼|起诉|(?:向|到|去|找|在|由|凭)[^,。]{0,12}法院|上诉|再审|仲裁|调解|法律途径|司法|(?<!不要)(?<!别)(?<!勿)再次?(?:联系|来|反映|投诉|申请|告诉|提)|重新(?:申请|核|查|办|提|鉴定|检)|新的?(?:证据|情况|线索|材料|照片)|补充[^,。]{0,8}(?:证据|材料|线索|照片|资料)|(?:如|若|要是|如果)[^。;!?]{0,24}(?:异议|不满意|不同意|疑问|不服|需要|还想|还有|再|仍|又)|(?:向|找|到|联系|拨打|咨询|致电)[^,。;]{0,20}(?:局|委|办|部门|法院|银行|公司|中心|热线|街道|社区|协会|\d{5})[^。;]{0,20}(?:反映|申请|投诉|办理|咨询|求助|提出|处理)?|直接在这里|(?:您|也|还)可以?(?:向|到|通过|选择|凭|先|申请|在|拨打|改|换|联系|走|用)|符合条件(?:后|时|了)|(?:条件|情况|需要|政策)[^,。]{0,8}(?:后|时|变化)[^,。]{0,16}(?:再|申请|考虑|办)|建议您"
    r"|\b(?:review|appeal|mediat\w+|court|arbitrat\w+|sue|legal|new evidence|send (?:us|it|them|new)|you (?:may|can|could)|contact|call|write to|apply (?:again|to))\b",
    ANY,
)
THANKS = re.compile(
    r"谢|抱歉|歉意|对不起|致歉|道了?歉|赔不是|心疼|(?:让|叫|害|耽误|打扰|吵|影响|辛苦|委屈|为难)(?:到|醒|着)?[您你]|谅解|理解您|我们理解|遗憾|欢迎您|过意不去|难过|不安|体谅|包涵|见谅|受[苦罪累]|不容易|我们的(?:错|疏忽|不足|不对)|恭喜|受委屈|不好意思|给您(?:造成|带来|添)[^,。]{0,10}|辛苦|\b(?:thank\w*|sorry|apolog\w*|regret|grateful|appreciate)\b",
    ANY,
)
SAID_LITTLE = 40
"""Characters besides empty phrases and courtesies below which an answer to a question says nothing."""
COURTESY = re.compile(
    r"尊敬的[^,。:!]{0,12}[,。:!]|[您你]好[,。:!]?|(?:非常)?(?:感谢|谢谢)[^。!?;\n]{0,40}|(?:祝|愿)您[^。!?;\n]{0,20}|(?:现(?:将)?)?(?:回复|答复)如下|\bdear [^,.\n]{0,20}[,.]?|\bthank[^.!?\n]{0,60}|\b(?:kind|best) regards",
    ANY,
)


def missing(answer: Answer, heard: Heard, institution: Institution) -> Iterator[Caution]:
    """Everything that this kind of answer should hold and does not."""
    denied = DENIED.search(answer.new)
    measured = bool(_measure(answer.new) or planned(answer.new))
    yield from _hollow(answer, heard, denied=bool(denied), measured=measured)
    yield from _groundless(answer, heard, denied)
    if (denied or heard.refused) and not measured and not heard.remedy_told and not REMEDY.search(answer.new):
        yield caution("remedy")
    if heard.kind in {"complaint", "report"} and not heard.refused:
        yield from (caution("holds", quote=held) for held in institution.casework.unsaid(answer.text))
    if not THANKS.search(answer.plain):
        yield caution("thanks")


def _measure(new: str) -> re.Match[str] | None:
    return MEASURE.search(UNDONE.sub(" ", EMPTY.sub(" ", new)))


def planned(new: str) -> bool:
    """Whether something is to happen by a day that is named."""
    return PLANNED.search(new) is not None


def happened(new: str) -> bool:
    """Whether something has happened beside looking and listening."""
    if _measure(new):
        return True
    return DONE.search(HEARD.sub(" ", COURTESY.sub(" ", EMPTY.sub(" ", new)))) is not None


def _hollow(answer: Answer, heard: Heard, *, denied: bool, measured: bool) -> Iterator[Caution]:
    """An empty phrase that nothing follows; or where something was to be done, no word of what was."""
    empty = max(EMPTY.finditer(answer.new), key=lambda found: len(found[0]), default=None)
    if heard.refused:
        return
    if heard.kind in MATTERS:
        if denied or measured or happened(answer.new):
            return
        yield (
            caution("empty", "answer", *empty.span(), answer.text[slice(*empty.span())])
            if empty
            else caution("measures")
        )
    elif empty and _left(answer.new) < SAID_LITTLE and not denied and not measured:
        yield caution("empty", "answer", *empty.span(), answer.text[slice(*empty.span())])


def _left(new: str) -> int:
    """Letters besides courtesies and empty phrases."""
    return sum(character.isalnum() for character in EMPTY.sub("", COURTESY.sub("", new)))


def _groundless(answer: Answer, heard: Heard, denied: re.Match[str] | None) -> Iterator[Caution]:
    if GROUND.search(answer.new):
        return
    if denied:
        start, end = _sentence(answer.plain, denied.start())
        yield caution("ground", "answer", start, end, answer.text[start:end].strip())
    elif heard.refused:
        yield caution("ground", "answer", 0, len(answer.text), answer.text.strip())


def _sentence(plain: str, at: int) -> tuple[int, int]:
    """Where the sentence stands in which *at* lies."""
    for found in SENTENCE.finditer(plain):
        if found.start() <= at < found.end():
            return found.span()
    return at, len(plain)
