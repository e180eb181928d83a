"""What the shipped words understand before anything is learnt: plain messages, of our own, to the city hotline."""

from __future__ import annotations

import pytest

from institutions.catalog import load_all
from nlp.category.classify import Classifier

HOTLINE = Classifier(load_all()["hotline"])

MATTERS = {
    "urban/work_safety": "工地脚手架没固定好，塔吊下面还有人走",
    "urban/municipal": "门口的路灯坏了半个月",
    "urban/planning": "邻居在楼顶搞违章搭建",
    "urban/villages": "农村危房改造什么时候轮到我们村",
    "urban/quality": "新房子墙体开裂还渗水",
    "urban/state_expropriation": "棚户区改造的房屋征收标准是什么",
    "urban/collective_demolition": "拆迁三年了安置房还没分",
    "urban/building_market": "干完活工程款一直不结，还有人围标",
    "urban/real_estate": "开发商延期交房，房产证也办不下来",
    "party/party_building": "党支部不给我转组织关系",
    "party/overseas": "归侨侨眷的身份怎么认定",
    "party/defence_foreign": "征兵报名的条件是什么",
    "party/ethnic_religion": "寺庙办活动要不要报批",
    "party/mass_organisations": "工会会费收了不办活动",
    "party/publicity": "电视台的新闻不实报道",
    "party/political_system": "给人大代表提的建议没人回",
    "land/sea_weather_quake": "气象局的暴雨预警没收到",
    "land/minerals": "有人在河边盗采，采石场没有手续",
    "land/land_acquisition": "征地补偿款没发，青苗也没算",
    "land/land_management": "基本农田被占用，耕地越来越少",
    "environment/management": "环保督察来了以后排污许可怎么办",
    "environment/pollution": "化工厂偷排废水，气味刺鼻",
    "environment/approval": "项目没有环评就未批先建",
    "discipline/sanctions": "他受了党纪处分为什么还在任",
    "discipline/conduct": "干部公车私用，大吃大喝",
    "discipline/abuse_of_power": "所长以权谋私，打击报复",
    "discipline/dereliction": "他们玩忽职守，失职渎职",
    "discipline/corruption": "主任贪污受贿，挪用公款",
    "transport/taxi": "出租车不打表还拒载",
    "transport/construction": "省道上坑坑洼洼，公路没人养护",
    "transport/transport": "村里出行难，交通不便",
    "transport/passenger_freight": "长途客车超员，半路甩客",
    "transport/postal": "快递丢件，快递公司不赔",
    "economy/work_safety": "隔壁仓库放着危险化学品，归安监管吗",
    "economy/insurance_securities": "保险公司拒赔，保单也不给看",
    "economy/state_assets": "国有资产贱卖，国资委管不管",
    "economy/macro": "产业政策对自贸区有什么优惠",
    "economy/finance_tax": "理财公司非法集资，本息兑付不了",
    "economy/energy": "屋顶光伏并网的电价怎么算",
    "economy/bankruptcy": "公司破产清算，资不抵债",
    "technology/telecom": "宽带老断，手机信号也差",
    "technology/science": "科技项目的经费和科研成果转化",
    "technology/informatisation": "信息化平台的服务器老崩，小程序打不开",
    "technology/intellectual_property": "我的专利被侵权，版权也被盗",
    "civil_affairs/welfare": "养老院乱管，高龄津贴也没发",
    "civil_affairs/demobilised": "退伍军人的安置工作没落实",
    "civil_affairs/communities": "村委会选举有人贿选",
    "civil_affairs/disaster_relief": "受灾后救灾款一直没到",
    "civil_affairs/associations": "社会组织怎么注册，社团登记要什么材料",
    "civil_affairs/boundaries": "区划调整以后门牌号要不要换",
    "civil_affairs/social_services": "结婚登记要预约吗，公墓怎么买",
    "civil_affairs/social_assistance": "低保停了，想申请临时救助",
    "civil_affairs/veterans_benefits": "烈属的抚恤金什么时候发",
    "rural/grassland": "牧民的草场被破坏",
    "rural/village_affairs": "村务不公开，村集体的账也看不到",
    "rural/animal_disease": "病死猪没人管，怕是非洲猪瘟",
    "rural/poverty_relief": "建档立卡贫困户的扶贫款没到",
    "rural/subsidies": "种粮补贴和粮食直补没发到",
    "rural/forestry": "有人滥伐山林，林权证也有争议",
    "rural/produce_trade": "农产品滞销，粮站不收",
    "rural/state_farms": "农场职工的地被收走，农垦不管",
    "rural/inputs_techniques": "买的种子是假种子，农药也没用",
    "rural/reservoir_migrants": "水库移民的后期扶持款没发",
    "rural/water": "水渠断了没法灌溉，水利局不来修",
    "rural/land_contracts": "承包地的土地流转费没给",
    "rural/wildlife": "有人捕鸟卖野生动物",
    "commerce/tourism": "导游强制进购物店，旅行社不管",
    "commerce/trade": "出国劳务的公司收了钱不办事",
    "commerce/supervision": "健身房关门跑路，办卡的钱不退",
    "commerce/quality_inspection": "小区电梯没有年检，老出故障",
    "health/public_health": "社区打疫苗要排几天队，接种本也丢了",
    "health/family_planning": "独生子女奖励什么时候发",
    "health/food_drugs": "超市卖过期牛奶，吃了拉肚子",
    "health/disputes": "手术出了医疗事故，医院不给病历",
    "health/administration": "没有执照的黑诊所在非法行医",
    "law/legal_services": "律师收了钱不办案，想申请法律援助",
    "law/rule_of_law": "建议加强普法和法制宣传",
    "law/reconsideration": "对行政复议决定不服怎么办",
    "law/household_papers": "身份证丢了，户口也迁不过来",
    "law/traffic": "路口红绿灯不合理，交警也不管违停",
    "law/police_conduct": "报警以后没有人出警，辅警态度恶劣",
    "law/public_security": "楼下开麻将馆聚众赌博",
    "law/litigation": "法院开庭一年了还不判决",
    "law/criminal_cases": "案子一直没破案，嫌疑人还没逮捕",
    "law/punishment": "监狱里的减刑假释怎么申请",
    "law/arbitration_mediation": "老赖有钱不还，强制执行没有结果",
    "education/teachers": "代课教师的待遇一直没解决",
    "education/administration": "学校违规补课，培训机构不退费",
    "education/fees": "幼儿园乱收费，保教费涨了一倍",
    "education/system": "学区划片不合理，没法就近入学",
    "education/exams": "高考录取分数线怎么定的",
    "education/dropouts": "家里困难快辍学了，助学金怎么申请",
    "education/sport": "体育馆不开放，篮球场也锁着",
    "education/culture": "图书馆周末闭馆，电影院太吵",
    "education/relics": "文物古迹被破坏，古墓被盗墓贼挖了",
    "labour/resident_insurance": "新农合住院报销比例太低",
    "labour/employee_insurance": "工伤认定办不下来，医保也断缴了",
    "labour/pay": "老板拖欠工资三个月",
    "labour/employment": "公务员招考的资格审查在哪里",
    "labour/protection": "天天加班没有双休，年休假也不给",
    "labour/relations": "干了两年不签劳动合同就辞退我",
    "labour/fund": "有人套取社保基金骗保",
    "labour/retirement": "退休金算错了，工龄也少算了",
}

ENGLISH = {
    "The street lamp outside has been broken for a week": "urban/municipal",
    "Construction noise at night, we cannot sleep": "environment/pollution",
    "Nobody collects the garbage": "urban/municipal",
    "There is a water leak and a huge pothole": "urban/municipal",
    "My boss has not paid my wages": "labour/pay",
    "The shop refuses a refund": "commerce/supervision",
    "The bus never stops here": "urban/municipal",
    "My landlord keeps the rent": "urban/real_estate",
    "The taxi driver took a detour": "transport/taxi",
    "Expired food and a dirty restaurant": "health/food_drugs",
    "The pension was not paid": "labour/retirement",
    "My bike was stolen": "law/public_security",
}

DEPARTMENTS = {
    "楼道里有煤气味": "住房和城乡建设局",
    "燃气管道漏气没人修": "住房和城乡建设局",
    "在饭店吃饭食物中毒了": "市场监督管理局",
    "超市卖过期食品": "市场监督管理局",
    "单位食堂的菜里有虫子": "市场监督管理局",
    "湖水发臭，岸边都是死鱼": "生态环境局",
    "门前的河成了黑臭水体": "生态环境局",
    "公交改线以后没车坐": "交通运输局",
    "地铁站口太挤": "交通运输局",
    "烧烤店的油烟熏得开不了窗": "城市管理局",
    "消防通道被堵死了": "消防救援支队",
    "公积金怎么提取": "住房公积金管理中心",
    "医保报销不了": "医疗保障局",
    "公司偷税漏税": "税务局",
    "有地震的传言": "应急管理局",
}


def test_every_matter_of_the_taxonomy_stands_here():
    named = {
        f"{category.id}/{matter.id}"
        for category in HOTLINE.institution.categories
        for matter in category.matters
        if matter.id != "other"
    }

    assert set(MATTERS) == named


@pytest.mark.parametrize(("path", "text"), MATTERS.items(), ids=MATTERS)
def test_a_plain_message_finds_its_matter(path, text):
    assert HOTLINE.propose(text).best.matter_id == path


@pytest.mark.parametrize(("text", "path"), ENGLISH.items())
def test_a_plain_message_in_english_finds_its_matter(text, path):
    assert HOTLINE.propose(text).best.matter_id == path


@pytest.mark.parametrize(("text", "department"), DEPARTMENTS.items())
def test_a_message_goes_to_who_deals_with_it(text, department):
    assert HOTLINE.propose(text).best.department == department


@pytest.mark.parametrize("text", ["孩子不舒服", "我家孩子在哭", "小孩才三岁"])
def test_that_somebody_has_a_child_says_nothing_of_schools(text):
    assert HOTLINE.propose(text).best.category_id != "education"


@pytest.mark.parametrize("institution", load_all().values(), ids=load_all())
def test_every_category_has_a_word_in_english(institution):
    silent = [
        category.id
        for category in institution.categories
        if not any(word.isascii() and len(word) > 2 for item in (category, *category.matters) for word in item.words)
    ]

    assert silent == []
