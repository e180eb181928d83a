"""Whom a message complains of, and what it asks for: patterns over running text.

Simple on purpose: what is not said plainly is None and is asked. Texts in
``segment.normal`` form.
"""

from __future__ import annotations

import re

from nlp.facts import Found

REQUEST = re.compile(
    r"(?:强烈|迫切|诚恳|再次|郑重)?(?:希望|(?<![合按的据求提出])要求(?![是的下高低])|请求|恳请|恳求|敬请|(?<!盼)盼(?!盼)望?|(?:我的)?诉求(?:是|为)?[::]?|能不能|能否|可否|可不可以|麻烦"
    r"|(?<![申邀聘])请(?!问|假|客|教|了|柬|勿|来的|愿|领导好)|帮[帮忙我]|建议|呼吁)[^,。!?;\n]{2,80}"
)
QUESTION = re.compile(
    r"[^,。!?;\n]{0,40}(?:怎么|如何|什么|哪[里些个]|多少|几[点号时天]|是否|有没有|能不能|可不可以|何时|[吗呢])[^,。!?;\n]{0,40}\??|[^,。!?;\n]{2,60}\?"
)
POLITE = re.compile(
    r"^(?:希望|请|麻烦|恳请|盼)?(?:领导|您|你们|大家|各位|有关部门)?(?:谢谢|多多?关注|支持|理解|回复|好)?$"
)

NAMELESS = r"[^\s,。!?;:、()的了是我你您他她它们把给和与及有没不要在被对从请找让到去跟用为因就也都还又向说和些个这那某每做当叫来]"
UNITS = (
    r"物业(?:公司|服务中心|管理处)?|业委会|居委会|村委会|管委会|开发商|施工方|施工单位|工程队|中介(?:公司)?|房东|二房东|租户|邻居|楼上(?:住户|邻居|人家)?|隔壁(?:邻居)?"
    r"|保安|司机|售票员|乘务员|导游|老板|店主|老师|校长|班主任|医生|护士|客服|工作人员|业务员|快递员|外卖员|包工头|村支书|村主任|村干部|城管(?:队员)?|交警|收费员|教练|服务员"
    r"|(?:大堂|客户|店|项目)?经理|前台|麻将馆|棋牌室|(?:烧烤|水果|夜宵|早餐)?摊|网点|(?:烧烤|理发|美容|小吃|早餐|奶茶|火锅|面包|修车|洗车|药|网|便利|水果|专卖|专营|分|夜宵|棋牌|打印|旗舰|门)店|饭店|酒店|餐馆|餐厅|酒吧|网吧|KTV|歌厅|茶楼|足浴城?|宾馆|旅馆|民宿"
    r"|超市|商场|菜市场|农贸市场|市场|工地|工厂|化工厂|砖厂|搅拌站|养殖场|养猪场|加油站|洗车场|停车场|驾校|旅行社|健身房|(?:培训|教育|辅导|中介)(?:机构|学校|班)"
    r"|公司|集团|银行|医院|诊所|卫生院|学校|小学|中学|高中|大学|学院|幼儿园|食堂|景区|营业厅|电影院|房产公司|燃气公司|自来水公司|供电所|派出所|车站|收费站|平台|商家|商户|摊贩|小贩"
)
UNIT = re.compile(UNITS, re.IGNORECASE)
NAMED_UNIT = re.compile(
    rf"(?:(?<=投诉)|(?<=举报)|(?<=反映)|(?<=控告)|(?<=关于)|(?<=[被对由叫的在让找与和跟,。!?;:\s、\"“(])|^)({NAMELESS}{{0,10}}?(?:{UNITS}))(?!费|管理条例|法|门口|附近|旁|楼下|对面|口|后面)",
    re.IGNORECASE,
)
ACCUSED = re.compile(
    r"(?:投诉|举报|检举|控告)(?:一下|你们)?\s?([^\s,。!?;:、的了在乱不没]{2,16}?)(?=的|了|在|乱|不|没|擅自|违|拒|拖|私|态度|收|强|骗|随意|,|。|$)"
)
NOT_ACCUSED = re.compile(
    r"^(?:问题|电话|热线|无门|无果|渠道|平台|信|信箱|人|过|多次|几次|到|者|类|建议|咨询|一个|一家|一[件个]事|噪[音声]|扰民)|(?:问题|情况|现象|事情)$"
)
ADDRESSED = re.compile(r"(?:请|希望|恳请|要求|建议|让|联系|通知|反映给|报给|告诉|麻烦|打给|感谢)\s?$")
"""Before a unit that is asked to act, not complained of."""


def request(text: str, *, kind: str) -> Found | None:
    """What the citizen wants done, from the asking verb to the end of the sentence; in a consult, the question."""
    if kind == "consult" and (asked := QUESTION.search(text)):
        return _trimmed(text, *asked.span())
    for told in reversed(list(REQUEST.finditer(text))):
        if not POLITE.match(told[0].strip()):
            return _trimmed(text, *told.span())
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
    for told in NAMED_UNIT.finditer(text):
        if not ADDRESSED.search(text[max(0, told.start(1) - 6) : told.start(1)]):
            return Found(told[1], *told.span(1))
    for told in UNIT.finditer(text):
        if not ADDRESSED.search(text[max(0, told.start() - 6) : told.start()]):
            return Found(told[0], *told.span())
    return None


def _trimmed(text: str, start: int, end: int) -> Found | None:
    inner = text[start:end].strip(" \t\r\n,、:")
    begins = text.find(inner, start)
    return Found(inner, begins, begins + len(inner)) if inner else None
