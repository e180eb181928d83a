"""Messages as they come: spoken, in dialect, in traditional characters, with emoji and typing mistakes."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.catalog import load_all
from nlp import dialect
from nlp.understand import understand

NOW = datetime(2026, 11, 21, 9, 12, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Saturday
HOTLINE = load_all()["hotline"]


@pytest.mark.parametrize(
    ("text", "start", "where"),
    [
        ("昨天下午三点多吧我在人民路那个菜市场买的肉是臭的", "2026-11-20T15:00", "人民路"),
        ("昨晚上十一点多幸福里三栋楼下烧烤店又在放音响吵得娃儿睡不着", "2026-11-20T23:00", "幸福里三栋楼下"),
        ("琴日下昼喺人民路嘅超市买咗过期牛奶", "2026-11-20T12:00", "人民路"),
        ("噚晚十点几幸福里3栋楼下仲喺度唱K嘈到瞓唔着", "2026-11-20T22:00", "幸福里3栋楼下"),
        ("尋晚十一點幾樓下燒烤檔好嘈", "2026-11-20T23:00", None),
        ("而家小区冇水，今朝七点钟开始停嘅", "2026-11-21T07:00", "小区"),
        ("昨儿晚上和平路那个路灯莫得亮", "2026-11-20T18:00", "和平路"),
        ("前儿下午三点多在和平路公交站等了半个钟头司机就是不停车", "2026-11-19T15:00", "和平路公交站"),
        ("那哈在农贸市场买的肉是坏的，昨儿个买的", "2026-11-20T00:00", "农贸市场"),
        ("昨黑了楼上又在蹦跶吵得人睡不着", "2026-11-20T18:00", None),
        ("啥子情况嘛 上个礼拜三幸福里5栋就停水了", "2026-11-11T00:00", "幸福里5栋"),
        ("咋个办嘛物业从上周一就没收垃圾了", "2026-11-09T00:00", None),
        ("昨天😡晚上10点🔥人民路88号烧烤店🍢又放音响", "2026-11-20T22:00", "人民路88号烧烤店"),
        ("幸福里３栋２单元１２０３　昨天晚上８点　漏水", "2026-11-20T20:00", "幸福里3栋2单元1203"),
        ("昨天晚上,,,,,,八点多!!!!!在人民路被撞了????", "2026-11-20T20:00", "人民路"),
        ("昨天再人民路88号买的药过期了", "2026-11-20T00:00", "人民路88号"),
        ("物业昨天早上把电给停的了", "2026-11-20T06:00", None),
        ("昨天晚上在幸福里3栋楼下面的烧烤店吵的睡不着", "2026-11-20T18:00", "幸福里3栋楼下"),
        (
            "我家在幸福里小区三栋二单元昨天半夜两点多楼上漏水把我家天花板泡了",
            "2026-11-21T02:00",
            "幸福里小区三栋二单元",
        ),
        ("前天上午九点半左右吧我去社保局办事那个窗口的人态度特别差", "2026-11-19T09:30", "社保局"),
        ("大前天中午在第一中学食堂吃饭吃出虫子了", "2026-11-18T11:00", "第一中学食堂"),
        ("二十一号下午四点在人民路口被电动车撞了", "2026-10-21T16:00", "人民路口"),
        ("上礼拜天在万家超市买的牛奶过期了", "2026-11-15T00:00", "万家超市"),
        ("在明天花园3栋昨天下午停电了", "2026-11-20T12:00", "明天花园3栋"),
        ("我住春天小区5栋前天开始没有热水", "2026-11-19T00:00", "春天小区5栋"),
        ("滙豐銀行人民路支行昨日下午三點職員態度惡劣", "2026-11-20T15:00", "汇丰银行人民路支行"),
        ("昨天下午3點鐘我喺港灣花園5座大堂俾保安鬧", "2026-11-20T15:00", "港湾花园5座大堂"),
        ("五一那天在东湖景区排队三个小时没人管", "2026-05-01T00:00", "东湖景区"),
        ("国庆节期间和平路天天堵车", "2026-10-01T00:00", "和平路"),
        ("上个月底在星光商场买的鞋子开胶了", "2026-10-25T00:00", "星光商场"),
        ("刚刚在解放路口看到一个井盖没了", "2026-11-21T08:42", "解放路口"),
        ("半个月前报修到现在没人来 幸福里3栋2单元", "2026-11-02T00:00", "幸福里3栋2单元"),
        ("礼拜六晚黑10点过楼下KTV还在吼", "2026-11-14T22:00", None),
        ("凌晨一点半还在施工我们在建设路28号", "2026-11-21T01:30", "建设路28号"),
        ("前晚十二点过人民路的烧烤摊还在吼起", "2026-11-20T00:00", "人民路"),
        ("昨天上午,,物业把幸福里5栋得水停了也不说一声", "2026-11-20T08:00", "幸福里5栋"),
        ("昨天下午 3 点 在 人 民 路 买的菜是坏的", "2026-11-20T15:00", None),
        ("今朝八點半喺和平路巴士站等咗半個鐘都冇車", "2026-11-21T08:30", "和平路巴士站"),
        ("前日夜晚十點隔籬裝修嘈到瞓唔著", "2026-11-19T22:00", None),
        ("昨天😭😭😭😭下午两点幸福里3栋停电了", "2026-11-20T14:00", "幸福里3栋"),
    ],
)
def test_a_message_as_it_comes_tells_what_when_and_where(text, start, where):
    facts = understand(text, now=NOW, institution=HOTLINE)

    assert facts.what
    assert facts.when is not None
    assert facts.when.start.isoformat()[:16] == start
    assert (facts.where.text if facts.where else None) == where


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("每晚吵到12点以后", "2026-11-20T18:00", "2026-11-21T00:00"),
        ("每天晚上跳广场舞跳到十一点", "2026-11-20T18:00", "2026-11-20T23:00"),
        ("天天晚上营业到凌晨两点", "2026-11-20T18:00", "2026-11-21T02:00"),
    ],
)
def test_a_nightly_noise_lasts_into_the_night(text, start, end):
    when = understand(text, now=NOW, institution=HOTLINE).when

    assert when is not None
    assert (when.start.isoformat()[:16], when.end.isoformat()[:16], when.recurring) == (start, end, True)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("今天想问一下昨天幸福里为什么停水", "昨天"),
        ("我今天来反映一下，上周三门口的井盖丢了", "上周三"),
        ("今年9月份一定要解决", "今年9月份"),
    ],
)
def test_the_time_of_the_matter_is_not_that_of_telling_it(text, told):
    when = understand(text, now=NOW, institution=HOTLINE).when

    assert when is not None
    assert when.text == told


@pytest.mark.parametrize(
    "text", ["店铺经营2年以上可以申请吗", "明天花园3栋停水了", "家住春天花园", "春天小区5栋的业主", "今天想咨询社保"]
)
def test_names_terms_and_the_day_of_telling_are_no_time(text):
    assert understand(text, now=NOW, institution=HOTLINE).when is None


def test_what_was_on_a_weekday_was_on_the_last_one():
    when = understand("周六晚上十点楼下放音响", now=NOW, institution=HOTLINE).when

    assert when is not None
    assert when.start.isoformat()[:10] == "2026-11-14"


@pytest.mark.parametrize(
    "text", ["钢琴晚会", "嘈杂的市场", "完成日期", "要求返还押金", "几点解决", "朝阳小区", "的士兵"]
)
def test_standard_words_that_hold_a_dialect_one_stay(text):
    assert dialect.plain(text) == text


@given(st.text(alphabet="琴日喺嘅冇啥子咋个昨天😀晚上 \u200d,", max_size=80))
def test_standard_words_stand_where_the_dialect_ones_stood(text):
    assert len(dialect.plain(text)) == len(text)
