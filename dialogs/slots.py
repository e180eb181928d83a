"""Every fact a case can hold: how it is called, asked for, read and shown. One row each.

To add a slot, add its row here and its key to the institutions that want it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dialogs.values.reading import (
    behalf,
    card,
    files,
    id_number,
    name,
    numbered,
    phone,
    place,
    show_agent,
    show_behalf,
    show_id,
    show_phone,
    show_text,
    show_voices,
    story,
    time,
    voices,
    words,
)
from dialogs.values.times import show_when
from dialogs.wording import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from nlp.facts import Facts


@dataclass(frozen=True, slots=True)
class Slot:
    """One fact. ``question`` and its English are whole sentences; ``example`` is an answer it reads, as in EXAMPLES."""

    key: str
    label: str
    label_en: str
    question: str
    question_en: str
    example: str
    read: Callable[[str, Facts], Any] = words
    show: Callable[[Any, str], str] = show_text

    def asked_in(self, language: str) -> str:
        """The question."""
        return named(language, self.question, self.question_en)

    def example_in(self, language: str) -> str:
        """An answer that it reads, to show how; a number is the same in every language."""
        return named(language, self.example, EXAMPLES.get(self.key, ""))

    def called_in(self, language: str) -> str:
        """The label."""
        return named(language, self.label, self.label_en)


ROWS = (
    Slot(
        "what",
        "事情",
        "What",
        "发生了什么事？用自己的话说就行。",
        "What happened? Your own words are fine.",
        "楼下烧烤店半夜放音响，吵得睡不着",
        story,
    ),
    Slot("when", "时间", "When", "事情是什么时候发生的？", "When did it happen?", "昨晚11点", time, show_when),
    Slot(
        "where",
        "地点",
        "Where",
        "事情发生在哪里？也可以直接发定位。",
        "Where did it happen? You can also send your location.",
        "幸福里3栋楼下",
        place,
    ),
    Slot(
        "evidence",
        "证据",
        "Evidence",
        "有照片、视频或录音吗？直接发来，或点“没有”。",
        "Do you have photos, video or a recording? Send them here, or tap “No files”.",
        "没有",
        files,
    ),
    Slot("who", "姓名", "Name", "请问怎么称呼您？", "What is your name?", "李女士", name),
    Slot(
        "contact",
        "电话",
        "Phone",
        "方便留个电话吗？办理人员可能会联系您。",
        "May we have a phone number? The handler may want to reach you.",
        "13800138000",
        phone,
        show_phone,
    ),
    Slot(
        "target",
        "对象",
        "About",
        "您要反映的是哪个单位、商家或哪个人？",
        "Whom is this about: which company, office or person?",
        "幸福里烧烤店",
    ),
    Slot("request", "诉求", "Wish", "您希望怎么解决？", "What would you like to be done?", "希望晚上10点后不放音响"),
    Slot(
        "business_type",
        "业务类型",
        "Kind of business",
        "这件事属于哪种业务？",
        "Which kind of business is it?",
        "粮食流通",
    ),
    Slot("benefit", "好处", "Benefit", "这样做有什么好处？", "What good would it do?", "老人过马路更安全"),
    Slot(
        "area", "涉及范围", "Area", "这条建议涉及哪个区域或领域？", "Which area or field does it concern?", "全市公园"
    ),
    Slot("compound", "小区", "Compound", "是哪个小区？", "Which compound is it?", "幸福里"),
    Slot("building", "楼栋", "Building", "是几栋？", "Which building?", "3栋"),
    Slot("unit", "单元", "Unit", "是几单元？", "Which unit?", "2单元"),
    Slot("room", "房号", "Room", "房号是多少？", "Which room number?", "1203"),
    Slot("project", "项目", "Project", "是哪个项目或路段？", "Which project or section of road?", "滨河路改造"),
    Slot("contractor", "施工单位", "Contractor", "施工单位是哪一家？", "Who is the contractor?", "某建设公司"),
    Slot(
        "scenic_spot",
        "景区或旅行社",
        "Spot or agency",
        "是哪个景区或旅行社？",
        "Which scenic spot or travel agency?",
        "东湖景区",
    ),
    Slot("guide", "导游", "Guide", "导游叫什么名字？", "What is the guide's name?", "王导"),
    Slot(
        "order_number",
        "订单号",
        "Order number",
        "订单号是多少？",
        "What is the order number?",
        "A20260301",
        numbered("order_number"),
    ),
    Slot("school", "学校", "School", "是哪所学校？", "Which school is it?", "第一中学"),
    Slot("meal", "餐次", "Meal", "是哪一餐？", "Which meal was it?", "午餐"),
    Slot("window", "窗口", "Window", "是几号窗口？", "Which window?", "6号窗口"),
    Slot("business", "商家名称", "Business", "商家的名称是什么？", "What is the name of the business?", "星光网吧"),
    Slot(
        "person",
        "被反映人",
        "Person concerned",
        "被反映人的姓名是什么？",
        "What is the name of the person concerned?",
        "张某",
    ),
    Slot("post", "职务", "Post", "这个人的职务是什么？", "What post does this person hold?", "科长"),
    Slot(
        "receipt",
        "小票",
        "Receipt",
        "小票上的单号是多少？",
        "What is the number on the receipt?",
        "000123",
        numbered("receipt"),
    ),
    Slot("product", "产品", "Product", "是什么产品？", "Which product is it?", "电热水壶"),
    Slot("quantity", "数量", "Quantity", "数量是多少？", "How many are there?", "2台"),
    Slot("value", "金额", "Value", "金额是多少？", "What is it worth?", "399元"),
    Slot(
        "bought",
        "购买时间地点",
        "Bought",
        "是什么时候在哪里买的？",
        "When and where did you buy it?",
        "上个月在百货商场",
    ),
    Slot("maker", "生产厂家", "Maker", "生产厂家是哪一家？", "Who made it?", "某电器厂"),
    Slot("seller", "卖家", "Seller", "卖家是哪一家？", "Who sold it?", "百货商场"),
    Slot("address", "您的地址", "Your address", "您的联系地址是什么？", "What is your address?", "人民路1号"),
    Slot(
        "respondent_address",
        "对方地址",
        "Their address",
        "对方的地址是什么？",
        "What is the address of the other side?",
        "解放路2号",
    ),
    Slot(
        "raised_before",
        "与商家协商",
        "Raised before",
        "这件事您找对方协商过吗，对方怎么说？",
        "Have you raised it with them, and what was the answer?",
        "找过，不同意退款",
    ),
    Slot(
        "id_number",
        "身份证号",
        "ID number",
        "您的身份证号是多少？只用于核对身份。",
        "What is your ID number? It serves only to check who you are.",
        "11010519491231002X",  # the example of GB 11643 itself
        id_number,
        show_id,
    ),
    Slot(
        "insured_unit",
        "参保单位",
        "Insured unit",
        "您的参保单位是哪一家？",
        "Which unit are you insured with?",
        "某机械厂",
    ),
    Slot("route", "线路班次", "Route", "是哪条线路、哪个班次？", "Which route and run?", "102路", numbered("route")),
    Slot("plate", "车牌", "Plate", "车牌号是多少？", "What is the number plate?", "湘A12345", numbered("plate")),
    Slot(
        "ticket",
        "车票",
        "Ticket",
        "车票上的号码是多少？",
        "What is the number on the ticket?",
        "T000123",
        numbered("ticket"),
    ),
    Slot(
        "driver_number",
        "驾驶员工号",
        "Driver number",
        "驾驶员的工号是多少？",
        "What is the driver's number?",
        "1208",
        numbered("driver_number"),
    ),
    Slot(
        "card_number", "卡号", "Card number", "您的ETC卡号是多少？", "What is your ETC card number?", "4301 0000", card
    ),
    Slot("station", "收费站", "Toll station", "是哪个收费站？", "Which toll station?", "城南收费站"),
    Slot(
        "employee_number",
        "工号",
        "Employee number",
        "工作人员的工号是多少？",
        "What is the employee's number?",
        "0312",
        numbered("employee_number"),
    ),
    Slot("crop", "作物", "Crop", "种的是什么作物？", "Which crop is it?", "水稻"),
    Slot("model", "型号", "Model", "产品型号是什么？", "Which model is it?", "X-100", numbered("model")),
    Slot("batch", "批次", "Batch", "产品批次是多少？", "Which batch is it?", "B20260301", numbered("batch")),
    Slot("package", "套餐", "Package", "您用的是哪个套餐？", "Which package do you have?", "畅享套餐"),
    Slot(
        "phone_number",
        "业务号码",
        "Service number",
        "您要反映的业务号码是多少？",
        "Which phone number does it concern?",
        "13800138000",
        numbered("phone_number"),
    ),
    Slot("flight", "航班", "Flight", "是哪个航班？", "Which flight was it?", "CA1234", numbered("flight")),
    Slot(
        "booking",
        "订座编号",
        "Booking",
        "订座编号是多少？",
        "What is the booking reference?",
        "ABC123",
        numbered("booking"),
    ),
    Slot("branch", "网点", "Branch", "是哪个网点或支行？", "Which branch was it?", "人民路支行"),
    Slot("work_unit", "所在部门", "Department", "您所在的部门是哪个？", "Which department do you work in?", "装配车间"),
    Slot("gender", "性别", "Sex", "您的性别是？", "What is your sex?", "女"),
    Slot("birth_date", "出生日期", "Birth date", "您的出生日期是哪天？", "When were you born?", "1980年5月1日"),
    Slot(
        "legal_representative",
        "法定代表人",
        "Legal representative",
        "对方的法定代表人叫什么？",
        "Who is their legal representative?",
        "王某",
    ),
    Slot(
        "claim_sum",
        "请求与金额",
        "Claims and sums",
        "您的请求和金额各是多少，怎么算的？",
        "What do you claim, and how did you reckon the sums?",
        "工资6000元，两个月",
    ),
    Slot("on_behalf", "替谁反映", "On behalf of", "您是替谁反映的？", "For whom is it?", "我母亲", behalf, show_behalf),
    Slot("agent", "代办身份", "Acting as", "您以什么身份办理？", "What do you act as?", "代理律师", words, show_agent),
    Slot(
        "voices",
        "一起反映的人",
        "People together",
        "一共几个人一起反映？",
        "How many are you?",
        "12人",
        voices,
        show_voices,
    ),
    Slot(
        "representatives",
        "代表",
        "Representatives",
        "人多时请推选代表，最多5位。姓名和电话是什么？没定好就点“跳过”。",
        "Who speaks for all of you, up to 5? Please send their names and phones.",
        "李芳 13800138000",
    ),
)

EXAMPLES = {
    "what": "The grill downstairs plays loud music at night",
    "when": "yesterday at 11 pm",
    "where": "in front of No. 12 Renmin Road",
    "evidence": "no",
    "who": "Ms Li",
    "contact": "13800138000",
    "target": "the grill at the gate",
    "request": "no loud music after 10 pm",
    "business_type": "grain trade",
    "benefit": "the old can cross the road safely",
    "area": "all city parks",
    "compound": "Garden City",
    "building": "Building 3",
    "unit": "Unit 2",
    "room": "1203",
    "project": "Riverside Road works",
    "contractor": "the building company",
    "scenic_spot": "East Lake",
    "guide": "Ms Wang",
    "order_number": "A20260301",
    "school": "No. 1 Middle School",
    "meal": "lunch",
    "window": "window 6",
    "business": "Starlight Internet Café",
    "person": "Mr Zhang",
    "post": "section head",
    "receipt": "000123",
    "product": "an electric kettle",
    "quantity": "2",
    "value": "399 yuan",
    "bought": "last month at the department store",
    "maker": "the appliance works",
    "seller": "the department store",
    "address": "No. 1 Renmin Road",
    "respondent_address": "No. 2 Jiefang Road",
    "raised_before": "yes, they refused a refund",
    "insured_unit": "the machine works",
    "route": "Bus 102",
    "ticket": "T000123",
    "crop": "rice",
    "package": "the basic package",
    "branch": "the Renmin Road branch",
    "work_unit": "the assembly shop",
    "gender": "female",
    "birth_date": "1 May 1980",
    "legal_representative": "Mr Wang",
    "claim_sum": "6,000 yuan of wages, two months",
    "station": "the South Gate toll station",
    "on_behalf": "my mother",
    "agent": "attorney",
    "voices": "12",
    "representatives": "Li Fang 13800138000",
}
"""The examples that are words, in English."""

SLOTS: dict[str, Slot] = {slot.key: slot for slot in ROWS}
ASSERTED = frozenset({"what", "when", "where", "evidence", "who", "contact", "target", "request"})
"""The slots with a place of their own in CASE; the others stand in its ``extra``."""
OWN = frozenset({"anonymous", "confidential"})
"""Values of a draft that are no slots: they stand in the case's ``who``."""
NOTES = {
    "not_ours": ("不归这里管", "Not ours"),
    "lacking": ("登记时还缺", "Missing when filed"),
    "voices_told": ("几人的原话", "In their words"),
}
"""What stands in ``extra`` and was not asked for: how it is called, in Chinese and in English."""
