"""Whom a message complains of, and what it asks for: patterns over running text.

Simple on purpose: what is not said plainly is None and is asked. Texts in
``segment.normal`` form.
"""

from __future__ import annotations

import re

from nlp.facts import Found
from nlp.scanner import Scanner
from nlp.who.organisations import left_end
from nlp.who.people import named_at

DEMAND = (
    r"(?<![合按的据求提出业司局厂店校方院部站园行商板府队会他她它师导员处上])(?<!商家)(?<!店家)(?<!国家)要求"
    r"(?![是的下高低]|(?:我们?|业主(?!委)|居民(?!委)|村民(?!委)|老百姓|家长|学生|员工|乘客|顾客|患者|客户)(?!的))"
)
"""要求 of the citizen's own: what the other side demands of people is the complaint, not the wish."""

WANTS = (
    r"希望|请求|恳请|恳求|敬请|(?<!盼)盼(?!盼)望?|(?:我的)?诉求(?:是|为)?[::]?|能不能|能否|可否|可不可以|麻烦|(?<![申邀聘])请(?!问|假|客|教|了|柬|勿|来的|愿|领导好)|帮[帮忙我]|建议|呼吁"
    r"|(?<![希盼渴期观看失绝愿守探张展相拜厚声名])望(?=[^,。!?;\n]{0,12}(?:查|处理|解决|整治|整改|修|尽快|尽早|回复|答复|落实|予以|给予|重视|核实|关注|取缔|制止))"
    r"|(?<![要需请追谋寻诉恳力])求(?=(?:解决|处理|回复|答复|帮助|关注|退|修|查|尽快|赔))|(?:我|只|就)?[想要](?=(?:退货|退款|退钱|退费|退票|换货|赔偿|补偿|退还))"
)
STRONGLY = "强烈|迫切|郑重"
REQUEST = Scanner(
    (
        (
            "request",
            rf"(?:{STRONGLY}|诚恳|再次)?(?:{WANTS}|{DEMAND})[^,。!?;\n]{{2,80}}|(?:{STRONGLY})要求[^,。!?;\n]{{2,80}}",
        ),
    )
)
HONOURS = re.compile(r"为民|关心|重视|关注|体察|体谅|百忙|急人民|急群众|理解|在[^,]{1,12}基础上|考虑|站在")
ACTS = re.compile(
    r",(?:并|能|能够|从而|以)?(?:及时|尽快|尽早|早日|认真|依法|予以|给予|给|派|帮|解决|修|处理|查|彻查|核实|整治|整改|取缔|落实|制止|安排|督促|责令|加强|退|赔|还)[^,。!?;\n]{1,60}"
)
"""请有关部门为民着想,及时修复: the wish itself stands in the second half."""

RHETORICAL = re.compile(r"(?:吗|么|呢|违法|违规|不合理|合理|合法)\s*$")
WHEN_DONE = re.compile(
    r"[^,。!?;\n]{0,40}(?:什么时候|何时|何日|几时|多久)[^,。!?;\n]{0,6}(?:能|才|可以|会|给|到位|解决|整改|整治|发|修|补|通|退|办)[^,。!?;\n]{0,40}"
    r"|[^,。!?;\n]{0,20}(?:有(?:没有)?人|谁来?|哪个部门|归[^,。!?;\n]{0,6})管(?:一管|管)?(?:[吗呢啊啦吧了]|$)|[^,。!?;\n]{0,20}(?:怎么办|咋办|该怎么解决)[吗呢啊]?"
)
"""What is asked in a complaint that asks for nothing plainly."""
DONE_ASKED = re.compile(r"什么时候|[何几][时日]|多久|管|[怎咋]么?办|该怎么解决")
"""What there is in any of these: quicker to look for than the whole."""
QUESTION = re.compile(
    r"[^,。!?;\n]{0,40}(?:怎么|如何|什么|哪[里些个]|多少|几[点号时天]|是否|有没有|能不能|可不可以|何时|[吗呢])[^,。!?;\n]{0,40}\??|[^,。!?;\n]{2,60}\?"
)
POLITE = re.compile(
    r"^(?:希望|请|麻烦|恳请|盼)?(?:领导|您|你们|大家|各位|有关部门)?(?:谢谢|多多?关注|支持|理解|回复|好)?$"
)

NAMELESS = r"[^\s,。!?;:、()的了是我你您他她它们把给和与及有没不要在被对从请找让到去跟用为因就也都还又向说和些个这那某每做当叫来]"
UNITS = (
    r"物业(?:公司|服务中心|管理处)?|业委会|居委会|村委会|管委会|开发商|施工方|施工单位|工程队|中介(?:公司)?|房东|二房东|租户|邻居(?!超市|便利|商|生鲜|饭|大?药|店)|(?<![\d层楼])楼上(?:住户|邻居|人家|业主|那家)|(?<![\d层楼在])楼上(?=[^。]{0,6}(?:漏|滴|吵|闹|跳|蹦|跑|装修|又|总|老|天天|每天|半夜|晚上|的|养|扔|丢|泼|开|放|打|在))|隔壁(?:邻居|住户|那家|家)?(?![小村县镇市区乡楼栋单城班])"
    r"|施工队|装修队|拆迁队|电力公司|(?:出租车?|网约车|的士|公交车?|大巴|货车)司机|出租车|网约车|的士|(?:渣土|大货|货|洒水|垃圾|搅拌|工程|加油|大)车(?=[^,。]{0,6}(?:司机|鸣|超|闯|乱|撞|拉|压|扬|噪|停))|公交车(?=[^,。]{0,6}(?:不停|甩站|拒|司机|超|绕))"
    r"|邮政(?:支)?局|邮局|卫计委|路政|村委|支书|会计|辅警|协管员?|中介|搬家公司|装修公司|家政|店家|机器人|老板娘|房管员"
    r"|保安|司机|售票员|乘务员|导游|老板|店主|老师|校长|班主任|医生|护士|客服|工作人员|业务员|快递员|外卖员|包工头|村支书|村主任|村干部|城管(?:队员)?|交警|收费员|教练|服务员"
    r"|(?:大堂|客户|店|项目)?经理|前台|麻将馆|棋牌室|(?:烧烤|水果|夜宵|早餐)?(?<![公分均])摊(?![派销牌位])|网点|(?:烧烤|理发|美容|小吃|早餐|奶茶|火锅|面包|修车|洗车|药|网|便利|水果|专卖|专营|分|夜宵|棋牌|打印|旗舰|门)店|饭店|酒店|餐馆|餐厅|酒吧|网吧|(?i:KTV)|歌厅|茶楼|足浴城?|宾馆|旅馆|民宿"
    r"|超市|商场|菜市场|农贸市场|市场|工地|工厂|化工厂|砖厂|搅拌站|(?:水泥|啤酒|造纸|石材|木材|家具|食品|塑料|铸造|屠宰|饲料|制药|药|钢铁|纺织|服装|印刷|砂石|沙|石)厂|养殖场|养猪场|加油站|洗车场|停车场|驾校|旅行社|健身房|(?:培训|教育|辅导|中介)(?:机构|学校|班)"
    r"|公司|集团|银行|医院|诊所|卫生院|学校|小学|中学|高中|大学|学院|幼儿园|食堂|景区|营业厅|电影院|房产公司|燃气公司|自来水公司|供电所|派出所|车站|收费站|(?:购物|电商|外卖|网购|打车|网约车|交易|直播|借贷|贷款|租房|二手车?|团购)?平台|商家|商户|摊贩|小贩"
)
UNIT = Scanner((("unit", UNITS),))
NO_NAME = re.compile(
    r"^(?:投诉|举报|控告|反映|关于|多次|再次|催促|选择|帮着|可惜|找|去|到|收|请|让|叫|打|问|某些?|有些?|一些|部分|个别|乡村|我们?|你们?|他们?|这家|那家|这个|那个|一家|[一二两几三][位个家所名辆些]?|[男女]|家(?=[酒饭宾旅])|附近|周边|无良|黑心|本小区|小区的?|,)+"
)
"""Verbs and the like that stand before a unit and belong to no name."""
BLAME_BEHIND = re.compile(
    r"[^,。;!?\n]{0,4}?(?:不|没|未|无|乱|拒|强|骗|打|骂|态度|拖|欠|收|扣|占|偷|违|擅自|私|超|推|任意|随意|恶意|长期|经常|天天|每天|半夜|却|竟|居然|还|总|老|又|说|让|要|把|将|从|一直|噪音|扰|放|排|卖)"
)
"""What the one complained of does, right behind its name."""
BLAME_BEFORE = re.compile(r"(?:投诉|举报|反映|被|遭|让|由|告|对|关于|[,。;!?\n]|^)\s?$")
LANDMARK = re.compile(
    r"的?(?:门口|门前|附近|旁边?|对面|楼下|后面|背后|前面|周边|周围|大门|路口|侧|一带|院内)|(?:费|管理条例|法(?!人)|条例|合同|服务费|证|执照|工作制?|方面)"
)
"""Behind a unit that is only beside the matter, or part of another word."""
PLATFORM = re.compile(r"(?:信访|投诉|网络|问政|留言|这个|本|贵|服务|政务|监督|举报|互动|公共)$")
NEVER_FIRST = 12
"""Characters of a name before the unit."""
ROLE = re.compile(r"(?:主任|支书|书记|校长|经理|老板|医生|老师|会计|村干部|业务员|导游|司机|房东|物业)$")
"""Units that a personal name may follow: 村主任王强, 物业李经理."""
ACCUSED = re.compile(
    r"(?:投诉|举报|检举|控告)(?:一下|你们)?\s?([^\s,。!?;:、的了在乱不没]{2,16}?)(?=的|了|在|乱|不|没|擅自|违|拒|拖|私|态度|收|强|骗|随意|,|。|$)"
)
NOT_ACCUSED = re.compile(
    r"^(?:问题|电话|热线|无门|无果|渠道|平台|信|信箱|人|过|多次|几次|到|者|类|建议|咨询|一个|一家|一[件个]事|噪[音声]|扰民)|(?:问题|情况|现象|事情)$"
)
ADDRESSED = re.compile(
    r"(?:[派叫找请](?:一?[个位名下些]|[几两][个位名])|(?:能不能|能否|可否|可不可以|尽快|赶紧|马上)[派叫让]|请|希望|恳请|要求|建议|让|联系|通知|反映给|报给|告诉|麻烦|打给|感谢)\s?$"
)
"""Before a unit that is asked to act, not complained of."""


def request(text: str, *, kind: str) -> Found | None:
    """What the citizen wants done, from the asking verb to the end of the sentence; in a consult, the question."""
    if kind == "consult" and (asked := QUESTION.search(text)):
        return _trimmed(text, *asked.span())
    for told in reversed(list(REQUEST.finditer(text))):
        demanded = "要求" in told[0][:4] and RHETORICAL.search(told[0]) is not None
        if not (demanded or POLITE.match(told[0].strip())):
            acts = ACTS.match(text, told.end()) if HONOURS.search(told[0]) else None
            return _trimmed(text, told.start(), acts.end() if acts else told.end())
    if kind not in {"complaint", "report", "help"} or not DONE_ASKED.search(text):
        return None
    if asked := WHEN_DONE.search(text):
        return _trimmed(text, *asked.span())
    return None


def target(text: str, *, kind: str) -> Found | None:
    """Who or what is complained of; None in questions, suggestions and thanks.

    *text* holds commas where a time or place was read, so that neither becomes part of a name.
    """
    if kind in {"consult", "suggestion", "thanks"}:
        return None
    for told in ACCUSED.finditer(text):
        units = [unit.end() for unit in UNIT.finditer(told[1])]
        if units and not NOT_ACCUSED.search(told[1]):
            return Found(told[1][: units[-1]], told.start(1), told.start(1) + units[-1])
    best: tuple[float, Found] | None = None
    last = 0
    for unit in UNIT.finditer(text):
        if (found := _unit(text, unit, last)) is not None:
            score = _blamed(text, found, named=found.start < unit.start())
            if best is None or score > best[0]:
                best = score, found
        last = unit.end()
    return best[1] if best else None


def _unit(text: str, unit: re.Match[str], last: int) -> Found | None:
    """The unit with its name; None where it is asked to act, a landmark, or part of another word."""
    start, end = unit.span()
    if LANDMARK.match(text, end) or (unit[0].endswith("平台") and PLATFORM.search(text[:start][-4:])):
        return None
    if _addressed(text, start):
        return None
    left = left_end(text, max(last, start - NEVER_FIRST), start)
    if verbs := NO_NAME.match(text[left:start]):
        left += verbs.end()
    if _addressed(text, left):
        return None
    person = named_at(text, end) if ROLE.search(unit[0]) else None
    end = person.end if person else end
    return Found(text[left:end], left, end)


def _addressed(text: str, at: int) -> bool:
    return ADDRESSED.search(text[max(0, at - 6) : at]) is not None


def _blamed(text: str, unit: Found, *, named: bool) -> float:
    """How likely it is the one complained of: it does something wrong, or is said to; the earlier the likelier."""
    score = 1.0 if named else 0.0
    score += 1.5 if BLAME_BEHIND.match(text, unit.end) else 0.0
    score += 1.0 if BLAME_BEFORE.search(text[max(0, unit.start - 6) : unit.start]) else 0.0
    return score - unit.start / 100


def _trimmed(text: str, start: int, end: int) -> Found | None:
    inner = text[start:end].strip(" \t\r\n,、:")
    begins = text.find(inner, start)
    return Found(inner, begins, begins + len(inner)) if inner else None
