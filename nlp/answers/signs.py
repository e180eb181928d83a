"""What is asked and asked for, and by what an answer shows that it speaks of it. Data; read by ``asked`` and ``covered``."""

from __future__ import annotations

import re
from typing import NamedTuple

ANY = re.IGNORECASE
NUMBER = r"(?:\d+|[一二两三四五六七八九十半]+)"
MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"


class Point(NamedTuple):
    """``asked``: how citizens say it; ``met``: what an answer to it holds, in one clause."""

    key: str
    asked: re.Pattern[str]
    met: re.Pattern[str]
    done: bool = False  # something to be done, which whatever was done may be; others are met by their own sign alone


WHEN = (
    rf"{NUMBER}\s?(?:个)?(?:工作日|天|小时|周|星期|分钟|月|年|日|号)|月底|年底|年内|月内|当[天日晚]|昨[天晚]|前天|季度|[今明后]天|今晚|明早|今年|明年|[本这下]个?(?:周|月|年|学期)|[上中下]旬|暑假|寒假|国庆|春节"
    rf"|\b(?:today|tonight|tomorrow|(?:this|next) (?:week|month|year)|\d+ (?:working |business )?(?:days?|hours?|weeks?|months?|minutes?)|{MONTHS}(?: \d+)?|\d+ {MONTHS})\b"
)
AHEAD = (
    r"预计|计划|将|会在|争取|力争|之?前|以?内|底|起|完成|恢复|发放|到账|开通|通车|投用|确定|生效|施行|启动|最多|至少|最少|最长|最迟|最晚|一般|需要|需|要|期限|为期|可以?|再|后"
    r"|修[好复]|装好|退[还款给到]|办[结完]|解决|清[理运完走]|换[好上]|\b(?:will|by|within|expected|until|from|before|takes?|has been|have been|was|were)\b"
)
NO_DATE = r"(?:时间|日期|进度|工期|期限)[^,。]{0,8}(?:没有?|未|还不|不能|无法|难以)[^,。]{0,4}定|(?:无法|不能|没法|难以|还没有?|尚未|暂未)(?:给出|确定|明确|承诺)[^,。]{0,10}(?:时间|日期|期限|计划)|(?:没有|无|未)[^,。]{0,6}计划|已(?:经)?(?:全部|全线|正式)?(?:修[好复]|恢复|完工|通车|开通|到账|发[放完]|办[结完]|解决)|随时|即日|立即生效|\bno date\b|\bnot yet (?:fixed|known|decided)\b"

QUESTIONS = (
    Point(
        "when",
        re.compile(
            r"什么时[候间]|啥时候?|何时|几时|多久|多长时间|哪天|哪一天|几个?[月天周年]|几小时|几号|几月|几点|什么日子|\bwhen\b(?= (?:will|can|do|does|is|are|did|would|may|could|shall))|\bhow (?:long|soon)\b",
            ANY,
        ),
        re.compile(
            rf"(?=[^\n]*(?:{WHEN}))[^\n]*(?:{AHEAD})|{NO_DATE}|\d{{1,2}}[::]\d\d|每[天日周月年]|[早晚上下]午?\d{{1,2}}[点时]",
            ANY,
        ),
    ),
    Point(
        "amount",
        re.compile(r"多少[钱元块]|多少(?!次|人|户|年|天|遍)|几块钱|几元|什么(?:收费)?标准|收费标准|\bhow much\b", ANY),
        re.compile(
            r"\d\s?(?:元|块|万|%|倍|角|毛|分钱|平|度|吨|千克|公斤)|[一二两三四五六七八九十百千万](?:元|块|倍|成)|百分之|免费|不收|不用(?:交|付|缴)|无需(?:交|付|缴|支付)|\bfree\b|[¥$]|\byuan\b|\d+ ?%|\brmb\b",
            ANY,
        ),
    ),
    Point(
        "why",
        re.compile(
            r"为什么|为啥|为何|凭什么|什么原因|啥原因|什么理由|怎么回事|什么情况|原因是|依据是什么|\bwhy\b", ANY
        ),
        re.compile(
            r"因|由于|原因|是为了|为了|系|导致|造成|引起|所致|之所以|根据|依据|按照?|规定|\b(?:because|due to|reason|caused|since|as the|under|so that)\b",
            ANY,
        ),
    ),
    Point(
        "who",
        re.compile(
            r"谁(?:来)?(?:负责|管|出|承担|赔|修|监管|批准)|(?:由|归|找|该|是)谁|哪个(?:部门|单位|局|科室|机构)|哪家(?:单位|公司|部门)|什么部门|\bwho (?:is|will|can|should|do|does|pays?)\b|\bwhich (?:department|office|authority)\b",
            ANY,
        ),
        re.compile(
            r"负责|主管|承担|归[^,。]{1,16}管|由[^,。]{2,20}(?:负责|管|办|承担|修|出|支付|维护|实施)|联系(?!您)|职责|责任(?:人|单位|方|在)|[局委办处科](?:办理|受理)|\b(?:responsible|in charge|department|bureau|office|contact|pays?)\b",
            ANY,
        ),
    ),
    Point(
        "where",
        re.compile(
            r"去哪|到哪|在哪|上哪|哪里(?:可以|能|办|领|交|查|取)|哪儿(?:可以|能|办|领|交|查|取)|什么地方|\bwhere\b(?= (?:can|do|should|is|are|will|to))",
            ANY,
        ),
        re.compile(
            r"窗口|大厅|地址|位于|路\d+号|号楼?|网上|网站|平台|小程序|公众号|app|[到去在][^,。]{2,24}(?:办|领|取|交|查|申请|登记|咨询|停|坐|换乘|报名)|\b(?:address|counter|online|website|at (?:the|no)|hall|room|street|road)\b",
            ANY,
        ),
    ),
    Point(
        "how",
        re.compile(
            r"怎么(?:办|申请|弄|领|交|报|查|补|退|走|算|收费|处理|操作|维权|投诉|开|改|转)|如何(?!能)|怎样(?:才能|办|申请|处理|领)|(?:什么|哪些|啥)(?:材料|手续|证件|条件|流程|资料)|\bhow (?:do|can|should|to|does|is|are|will)\b|\bwhat (?:documents|papers|do i need)\b",
            ANY,
        ),
        re.compile(
            r"(?:^|[,。;:])(?:您)?(?:带上?|带着|拿着?|凭)[^,。;]{2,20}[,，]?[到去在找]|请(?:您)?(?:携带|带|持|凭|提供|到|登录|拨打|先|在|将|填|准备|联系|向)|可以?(?:到|去|通过|持|凭|登录|在|向|拨打|先|用|直接|选择|由|携带|带|打|申请|自行)|携带|登录|步骤|流程|提交|材料|手续|填写|条件|按[^,。]{2,20}(?:计|算|收|办|执行)|公式|方式|措施|方案|做法"
            r"|\b(?:you (?:can|may|need)|please|bring|apply|submit|documents?|steps?|fill|is (?:calculated|charged))\b",
            ANY,
        ),
    ),
)
"""Kinds of questions that show in the answer by themselves; a question of no such kind is looked for by its words."""

WHETHER = re.compile(
    r"能不能|能否|可否|是否|是不是|可不可以|可以不可以|有没有|会不会|要不要|该不该|算不算|合不合|行不行|需不需要|用不用|需要[^,。]{1,20}吗|[吗么](?=[?,。!\s]|$)|[?]$"
    r"|^\W*(?:can|could|may|is|are|does|do|did|will|would|should|has|have)\b[^?]*[?]|\b(?:whether|if i (?:can|may|need))\b",
    ANY,
)
"""Yes or no."""
RHETORIC = re.compile(
    r"难道|^\W*合理吗|怎么这么|看不[到见]|有权[^,]{0,20}[吗不]|人管|管不管|管一?管吗|还让|怎么(?:这样|能|可以|还|会|就|没有?人|不[管来])|王法|天理|是不是太|太过分|谁(?:还)?(?:敢|能|受得了|知道)|有没有(?:人|良心|天理|公德|搞错|素质)|良心|要等到|合理吗[?!]?$(?<=.{14})|不知道|请问领导|您好吗|你好吗|什么(?:态度|素质|世道|玩意)|知道吗|好吗|对吗|是吗|行吗|可以吗|好不好|算什么|叫什么事"
    r"|凭什么(?:欺负|这么|这样|要我们|让我们)|\b(?:how dare|who cares|is anyone|does anybody|is that fair|can you believe)\b",
    ANY,
)
"""Asked in anger, or out of politeness; no answer is expected."""
ASKS_FOR = re.compile(
    r"要求|希望|请求|恳请|恳求|盼|申请(?!了|过|书|人)|诉求|我要|我想(?:要|让)|应该|应当|请(?!问|教|假|客)|能不能|能否|可否|可不可以|尽快|必须|需要你们|建议|麻烦|帮我|帮忙|给我"
    r"|\b(?:please|want|demand|ask(?:ing)?|request|would like|hope|should|need you|could you|can you|suggest)\b",
    ANY,
)
"""A demand may stand in the same clause or the next ones."""


def _demand(key: str, asked: str, met: str) -> Point:
    return Point(key, re.compile(asked, ANY), re.compile(met, ANY), key in ACTIONS)


ACTIONS = frozenset({"penalty", "repair", "removal", "stopping", "installation", "inspection"})
DEMANDS = (
    _demand(
        "refund",
        r"退款|退钱|退费|退还|退回|返还|退货|退押金|退票|退卡|退[给我回还掉]|的退|退[^,。!?\d]{0,8}(?:钱|款|费|押金|元)|\brefund|money back\b",
        r"(?<![辞劝清倒])退(?!休|役|出|伍|让)|[打转]回|还给|返还|减免|少收|抵扣|冲[到抵减]|抵到|折(?:到|进|抵)|原路返|refund|return(?:ed|s)?\b|money back|paid back|repaid",
    ),
    _demand(
        "compensation",
        r"赔(?!礼)|补偿|\bcompensat",
        r"赔(?!礼)|补偿|补贴|抵扣|付清|报销|费用?[^,。]{0,6}由|由[^,。]{1,12}(?:付|承担|出)|compensat",
    ),
    _demand(
        "apology",
        r"道歉|赔礼|认错|\bapolog",
        r"道歉|赔礼|认错|致歉|当面[^,。]{0,6}歉|apologi[sz]ed|has apolog|apologise to you",
    ),
    _demand(
        "penalty",
        r"处罚|查处|严惩|惩处|罚款|追责|问责|处分|取缔|严肃处理|处理(?:这个|那个|该|他|她|当事|相关|责任)?(?:司机|人员|员工|老师|医生|保安|店家|商家|责任人|驾驶员)|\b(?:punish|penal|fined?\b|sanction)",
        r"处罚|查处|罚|立案|处分|批评|警告|停职|停岗|停班|下岗|待岗|问责|追责|取缔|责令|吊销|不属实|不成立|(?:未|没有?)发现|违[法规章](?!停)|考核|处理(?:了|决定|意见|结果)|教育|调离|辞退|暂停|查封|扣[分留押]"
        r"|\b(?:punish|penal|fined?\b|sanction|warn|suspend|disciplin|order)",
    ),
    _demand(
        "repair",
        r"维修|抢修|检修|修剪|修枝|修复|修理|修[好缮补整]|(?:来|派人|给|帮)[^,。]{0,4}修|疏通|更换|换(?:一?个|新|掉|成)|恢复(?:供|正常|通|原|路)|\b(?:repair|fix|replace|restore)",
        r"修|换|疏通|恢复|加固|施工|维护|补[平好]|改造|repair|fix|replac|restor",
    ),
    _demand(
        "removal",
        r"清理|清运|清走|清扫|打扫|清除|拆[除掉]|搬走|移走|挪走|拖走|清一?下|铲除|腾[空退]|\b(?:remove|clean|clear away|tear down|demolish|tow)",
        r"清|拆|搬|移|挪|扫|腾|拖|消[除杀]|remov|clean|clear|torn down|demolish|tow",
    ),
    _demand(
        "stopping",
        r"停[止工业](?!楼)|制止|禁止|不要再|别再|不许再|降低噪|降噪|关[停闭掉]|小声|早点收|\b(?:stop|forbid|ban|turn (?:it )?down)\b",
        r"停|禁|不再|降|限|关[闭停掉]|时段|调[低整]|小声|劝|责令|整改|撤|隔音|收[起掉走回]|改[成为]|安静|不[响吵叫]|quiet|agreed|inside|stop|forbid|ban(?:ned)?\b|turned down|no longer|lower|close",
    ),
    _demand(
        "pay",
        r"发[放清]?[^,。]{0,6}(?:工资|薪|工钱)|补发|结清|结算|支付|付清|还钱|讨[回要]|拖欠的|\bpay (?:me|us|our|the|my)\b|\bwages\b",
        r"工资|工钱|薪|发放|补发|结清|结算|支付|付[清给]|到账|paid|pay(?:ment|s)?\b|wages",
    ),
    _demand(
        "installation",
        r"[加安]装|增[设加派开]|装(?:一?[个台部盏]|上)|加[开派设]|多(?:开|派|设|安排)|开通|新建|设[置立](?:一|个|红|斑|减|路|标|护|指)|延长|\b(?:install|add (?:a|an|more)|put up|extend)",
        r"装|增|加[开派设密]|设[置立在]|新[建设开]|开[通行]|建[成设]|延长|多[开派安]|install|add(?:ed|ing|s)?\b|put up|more|extend|built",
    ),
    _demand(
        "inspection",
        r"检测|检查|抽检|检验|调查|核[实查]|查[清明看实]|查一[下查]|彻查|调[取看]?[^,。]{0,4}(?:监控|录像)|化验|鉴定|\b(?:inspect|investigat|test (?:the|it)|look into|check (?:the|whether|if|on))",
        r"检|查|核[实对验]|调[取看]|测|监控|录像|化验|鉴定|勘|inspect|investigat|test|check|looked|footage|visited|found",
    ),
    _demand(
        "publication",
        r"公开|公示|公布|\b(?:publish|make public|disclose)",
        r"公开|公示|公布|通报|贴[在到出]|栏|网站|群里|发布|张贴|告示|公告|publish|public|disclos|posted",
    ),
)
"""What citizens ask for. What is asked for in other words is looked for by those words."""
EMPTY_DEMAND = re.compile(
    r"(?:尽快|及时|早日|赶紧|赶快|马上|认真|妥善|帮忙|帮我|能够|给予|一下|有关|相关|部门|领导|政府|你们|贵|单位|关注|重视|处理|解决|管一?管|管理|监管|答复|回复|回应|答案|说法|问题|希望|要求|请求?|恳请|我们?|能|给|个|此|事|并|和|谢谢|情况|予以|核实|反映|结果|[\s,。!?;:、的了吧])+",
)
"""A demand of which nothing is left without these asks for nothing in particular."""
