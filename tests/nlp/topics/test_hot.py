"""Hot topics of an invented town: three of them, and letters about anything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.topics.hot import Message, topics

START = datetime(2026, 3, 2, 8, tzinfo=UTC)

PARKING = (
    (
        "松涛苑买房必须买车位",
        "尊敬的领导您好!松涛苑小区开发商要求购房时必须同时购买车位,一个车位十五万,不买不让签合同。",
    ),
    ("松涛苑捆绑销售车位", "我在松涛苑小区订了房,现在被告知车位捆绑销售,请问合法吗?"),
    ("投诉松涛苑强制捆绑车位", "开发商捆绑销售车位,不买车位就不给网签,松涛苑的业主都很气愤。"),
    ("反对捆绑销售车位", "松涛苑项目买房捆绑车位,我们不需要车位,希望取消。"),
)
NOISE = (
    ("柳河新城旁搅拌站噪音", "柳河新城小区旁边的搅拌站夜里轰鸣,灰尘很大,无法睡觉。"),
    ("搅拌站扰民", "柳河新城附近新建了混凝土搅拌站,噪音和粉尘严重,孩子一直咳嗽。"),
    ("柳河新城搅拌站粉尘", "搅拌站离柳河新城不到一百米,每天粉尘飞扬,噪音扰民。"),
)
SMOKE = (
    ("北门夜市油烟", "青石巷的烧烤摊油烟直排,晚上开不了窗。"),
    ("青石巷烧烤油烟扰民", "青石巷夜宵烧烤摊每晚油烟熏人,凌晨还在吵。"),
)
OTHERS = (
    ("公交车太少", "尊敬的领导您好!12路公交车要等四十分钟,希望增加班次。"),
    ("柳河新城停水", "柳河新城小区昨天起停水,物业也没有通知。"),
    ("幼儿园学费", "尊敬的领导您好!请问公办幼儿园的保教费标准是多少?"),
    ("枫林路路灯不亮", "枫林路三盏路灯坏了半个月。"),
)


def letters(*told, since=0):
    return [
        Message(f"{since + number:03}", START + timedelta(hours=since + number), text, subject)
        for number, (subject, text) in enumerate(told)
    ]


TOWN = letters(*PARKING, *OTHERS[:2], *NOISE, *OTHERS[2:], *SMOKE)


def test_each_matter_at_its_place_is_one_topic_and_the_one_with_most_voices_is_the_hottest():
    found = topics(TOWN)

    assert [topic.ids for topic in found] == [("000", "001", "002", "003"), ("006", "007", "008"), ("011", "012")]
    assert [topic.voices for topic in found] == [4, 3, 2]


def test_a_place_that_was_asked_for_is_the_place_and_the_words_tell_the_matter():
    told = (
        ("停车一小时收了80元，没有明码标价", "云溪湿地公园"),
        ("带孩子去玩，停车乱收费，没有明码标价", "云溪湿地公园"),
        ("健身房关门跑路，年卡退不了", "滨河生活广场"),
        ("服装店关门跑路，年卡没人退", "滨河生活广场"),
        ("昨天起没有水用，停水也不通知", "幸福里8栋"),
        ("家里停水两天了，没有水用", "幸福里小区3栋"),
    )
    asked = [Message(str(n), START + timedelta(hours=n), text, place=place) for n, (text, place) in enumerate(told)]

    found = {topic.ids: (topic.place, topic.matter) for topic in topics(asked)}

    assert [place for place, _ in found.values()] == ["幸福里", "滨河生活广场", "云溪湿地公园"]
    assert "停水" in found["4", "5"][1]
    assert "关门跑路" in found["2", "3"][1]
    assert "明码标价" in found["0", "1"][1]


def test_a_topic_tells_its_place_its_matter_and_its_first_and_last_letter():
    parking, noise, _ = topics(TOWN)

    assert (parking.place, noise.place) == ("松涛苑", "柳河新城")
    assert "车位" in parking.matter
    assert "搅拌站" in noise.matter
    assert (noise.first, noise.last) == (START + timedelta(hours=6), START + timedelta(hours=8))


def test_greetings_and_the_phrases_of_petitions_make_no_topic():
    formula = "尊敬的领导您好!百忙之中打扰,恳请有关部门重视并尽快解决,谢谢!"

    found = topics(letters(*((subject, formula + text) for subject, text in OTHERS)))

    assert found == ()


def test_letters_without_a_subject_are_named_by_their_text():
    (parking,) = topics(letters(*(("", text) for _, text in PARKING)))

    assert parking.place == "松涛苑"
    assert "车位" in parking.matter


def test_the_same_matter_at_different_places_is_not_one_topic():
    found = topics(
        letters(
            ("枫林小区麻将馆扰民", "枫林小区3栋楼下麻将馆通宵吵闹。"),
            ("银杏花园麻将馆扰民", "银杏花园一楼开麻将馆,通宵吵闹。"),
            ("桂花小区麻将馆扰民", "桂花小区麻将馆通宵吵闹无法休息。"),
        )
    )

    assert found == ()


def test_one_person_is_one_voice_however_often_they_write():
    again = [
        Message(str(number), START + timedelta(days=number), text, voice="7") for number, (_, text) in enumerate(NOISE)
    ]
    other = Message("9", START, NOISE[0][1], voice="8")

    assert topics(again) == ()
    assert [topic.voices for topic in topics([*again, other])] == [2]


def test_the_same_message_twice_is_one_letter():
    assert topics([TOWN[0], TOWN[0]]) == ()


def test_of_equally_many_voices_the_topic_of_today_is_hotter():
    older, newer = letters(*SMOKE), letters(*NOISE[:2], since=100)

    assert [topic.ids[0] for topic in topics([*older, *newer])] == ["100", "000"]


def test_five_hundred_letters_of_the_same_words_are_one_topic():
    found = topics(letters(*(NOISE[:1] * 700)))

    assert [topic.voices for topic in found] == [700]


def test_no_person_no_telephone_and_no_flat_is_named():
    told = "我叫王小明,电话13800138000,住青石巷5号2栋301室,楼下烧烤摊油烟熏人,"
    found = topics(letters(*(("烧烤摊油烟", told + more) for more in ("晚上开不了窗。", "窗户都是油。"))))

    names = f"{found[0].place} {found[0].matter}"
    assert not any(private in names for private in ("王小明", "138", "301", "2栋", "5号"))


def test_nothing_told_is_no_topic():
    assert topics([]) == ()
    assert topics(letters(("", ""), ("", ""), ("。", "??"))) == ()


@settings(max_examples=15, deadline=None)
@given(st.permutations(TOWN))
def test_the_order_of_the_letters_does_not_matter(shuffled):
    assert topics(shuffled) == topics(TOWN)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=300), max_size=6))
def test_no_text_is_too_strange(texts):
    found = topics(letters(*(("", text) for text in texts)))

    assert all(topic.voices > 1 for topic in found)
