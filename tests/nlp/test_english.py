"""English messages fill the same slots as Chinese ones."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from institutions.catalog import load_all
from nlp import english
from nlp.understand import understand
from nlp.when import english as english_when

NOW = datetime(2026, 11, 21, 9, 12, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Saturday
HOTLINE = load_all()["hotline"]


@pytest.mark.parametrize(
    ("text", "start", "where", "who", "target"),
    [
        (
            "The restaurant downstairs at 12 Heping Road plays loud music every night after 11, my name is John Smith, phone 13800138000, please make them stop.",
            "2026-11-20T23:00",
            "12 Heping Road",
            "John Smith",
            "restaurant downstairs",
        ),
        (
            "Yesterday at 3 pm the bus driver on route 102 did not stop at Xinmin Road.",
            "2026-11-20T15:00",
            "Xinmin Road",
            None,
            "bus driver",
        ),
        (
            "I live in Building 5, Room 302, Sunshine Garden. There has been no water since Tuesday.",
            "2026-11-17T00:00",
            "Building 5, Room 302, Sunshine Garden",
            None,
            None,
        ),
        (
            "My landlord refuses to return the deposit. I moved out two weeks ago.",
            "2026-11-02T00:00",
            None,
            None,
            "landlord",
        ),
        (
            "The street lamp at the gate of Sunshine Community is broken for two weeks",
            "2026-11-07T00:00",
            "the gate of Sunshine Community",
            None,
            None,
        ),
        (
            "This is Mary Brown. The property management cut off the power last night. I want them to restore it.",
            "2026-11-20T18:00",
            None,
            "Mary Brown",
            "property management",
        ),
        (
            "I am Chinese and I want to complain about the noise from the construction site on Jianshe Street from 10 pm to 2 am.",
            "2026-11-20T22:00",
            "Jianshe Street",
            None,
            "construction site",
        ),
        (
            "No. 88 Renmin Road, Building 3, Unit 2, Room 1203: water leaking from the 5th floor",
            None,
            "No. 88 Renmin Road, Building 3, Unit 2, Room 1203",
            None,
            None,
        ),
        (
            "The lift in Building 7 of Riverside Estate stopped this morning",
            "2026-11-21T08:00",
            "The lift in Building 7 of Riverside Estate",
            None,
            None,
        ),
        (
            "garbage on zhongshan road has not been collected for five days",
            "2026-11-16T00:00",
            "zhongshan road",
            None,
            None,
        ),
        (
            "Hello, this is Li Wei speaking, there is a big hole in front of No.1 Middle School",
            None,
            "in front of No.1 Middle School",
            "Li Wei",
            None,
        ),
        ("Where can I renew my residence permit?", None, None, None, None),
        (
            "The taxi driver charged me 200 yuan yesterday evening, plate 湘A12345",
            "2026-11-20T18:00",
            None,
            None,
            "taxi driver",
        ),
        (
            "every Friday evening people burn garbage behind Heping Hospital",
            "2026-11-20T18:00",
            "behind Heping Hospital",
            None,
            None,
        ),
        (
            "Dear sir, the gym closed last month and will not refund my card. I would like a refund. Regards, Anna Lee",
            "2026-10-01T00:00",
            None,
            "Anna Lee",
            "gym",
        ),
        (
            "Two days ago I bought expired milk at Wanjia Supermarket on Jiefang Road.",
            "2026-11-19T00:00",
            "Wanjia Supermarket on Jiefang Road",
            None,
            None,
        ),
        ("My neighbour upstairs makes noise at night.", "2026-11-20T18:00", None, None, "neighbour upstairs"),
        ("The seller sent me a broken phone, order number A20260301, I want my money back", None, None, None, "seller"),
        (
            "There was a fight outside the Blue Moon Bar at midnight",
            "2026-11-21T00:00",
            "outside the Blue Moon Bar",
            None,
            None,
        ),
        (
            "My name is Emma Clark and my phone is 13800138000. The bar next door plays music until 3 am every night.",
            "2026-11-21T03:00",
            None,
            "Emma Clark",
            "bar next door",
        ),
        (
            "Could somebody repair the elevator in Block 2, Maple Court? It has been broken since last Friday.",
            "2026-11-20T00:00",
            "the elevator in Block 2, Maple Court",
            None,
            None,
        ),
        (
            "There is no hot water in Room 1502, Unit 1, Building 9, Garden City Estate since yesterday morning.",
            "2026-11-20T08:00",
            "Room 1502, Unit 1, Building 9, Garden City Estate",
            None,
            None,
        ),
        (
            "This morning at 7:40 the 15 bus drove past Renmin Square Station without stopping.",
            "2026-11-21T07:40",
            "Renmin Square Station",
            None,
            None,
        ),
        (
            "I'm Tom Baker. The bank clerk at the Jiefang Road branch was very rude on 12 November 2026.",
            "2026-11-12T00:00",
            "Jiefang Road",
            "Tom Baker",
            "bank",
        ),
        (
            "Our boss has not paid us for three months. Please help us get our wages.",
            "2026-08-21T00:00",
            None,
            None,
            "boss",
        ),
        (
            "the taxi driver refused to use the meter last night at 11:20 pm near Xinhua Hospital",
            "2026-11-20T23:20",
            "near Xinhua Hospital",
            None,
            "taxi driver",
        ),
        (
            "Construction noise every morning at 6 on Binhe Avenue, please stop it before 8.",
            "2026-11-21T06:00",
            "Binhe Avenue",
            None,
            None,
        ),
        (
            "I bought a phone on 1 October and it broke after two days. The seller refuses a refund. I want a refund.",
            "2026-10-01T00:00",
            None,
            None,
            "seller",
        ),
        (
            "Street vendors block the entrance of Heping Market every evening.",
            "2026-11-20T18:00",
            "the entrance of Heping Market",
            None,
            "Street vendors",
        ),
        (
            "My neighbour's dog bit my son yesterday at around 5 pm in Lakeside Park.",
            "2026-11-20T17:00",
            "Lakeside Park",
            None,
            "neighbour",
        ),
        (
            "The toilets at West Gate Park are very dirty. I hope you clean them every day.",
            None,
            "West Gate Park",
            None,
            None,
        ),
        (
            "I was overcharged at Chengnan Toll Station on Monday afternoon, plate number 湘A12345.",
            "2026-11-16T12:00",
            "Chengnan Toll Station",
            None,
            None,
        ),
        (
            "Somebody dumped garbage behind Building 3 three days ago.",
            "2026-11-18T00:00",
            "behind Building 3",
            None,
            None,
        ),
        (
            "The property company cut our electricity on the 15th of October.",
            "2026-10-15T00:00",
            None,
            None,
            "property company",
        ),
        (
            "We live at 25 Xinjiang Road. The restaurant downstairs makes a terrible smell at noon and in the evening.",
            "2026-11-20T12:00",
            "25 Xinjiang Road",
            None,
            "restaurant downstairs",
        ),
        ("How long does it take to get a refund?", None, None, None, None),
        (
            "The kindergarten on Yucai Street raised its fees last week without notice. Call me at 13800138000. Regards, Grace Miller",
            "2026-11-09T00:00",
            "Yucai Street",
            "Grace Miller",
            "kindergarten",
        ),
        (
            "A construction company has been digging at night on Wuyi Road for the last ten days.",
            "2026-11-11T00:00",
            "Wuyi Road",
            None,
            "construction company",
        ),
        (
            "Hi, I'm Peter. Flight CA1234 was delayed eight hours the day before yesterday and the airline gave us nothing.",
            "2026-11-19T00:00",
            None,
            "Peter",
            "airline",
        ),
    ],
)
def test_an_english_message_tells_when_where_who_and_whom(text, start, where, who, target):
    facts = understand(text, now=NOW, institution=HOTLINE)

    assert (facts.when.start.isoformat()[:16] if facts.when else None) == start
    assert (facts.where.text if facts.where else None) == where
    assert facts.who == who
    assert facts.target == target


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        ("The bar is loud every night. Please make them stop.", "Please make them stop"),
        ("They cut off the power. I want them to restore it.", "I want them to restore it"),
        ("The gym closed. I would like a refund. Regards, Anna Lee", "I would like a refund"),
        ("The bar is loud. I hope the police will check it. Thank you very much.", "I hope the police will check it"),
        ("I want to complain about the noise from the bar.", None),
        ("The lamp is broken, please help.", None),
    ],
)
def test_what_an_english_message_asks_for(text, request_):
    assert understand(text, now=NOW, institution=HOTLINE).request == request_


@pytest.mark.parametrize(
    ("text", "start", "end", "recurring"),
    [
        ("from 10 pm to 2 am", "2026-11-20T22:00", "2026-11-21T02:00", False),
        ("from 10 pm to 2 am every night", "2026-11-20T22:00", "2026-11-21T02:00", True),
        ("between 8:30 and 9:15 yesterday", "2026-11-20T08:30", "2026-11-20T09:15", False),
        ("since Tuesday", "2026-11-17T00:00", "2026-11-21T09:12", False),
        ("for two weeks", "2026-11-07T00:00", "2026-11-21T09:12", False),
        ("last Saturday", "2026-11-14T00:00", "2026-11-15T00:00", False),
        ("on May 3rd, 2025", "2025-05-03T00:00", "2025-05-04T00:00", False),
        ("at 11 at night", "2026-11-20T23:00", "2026-11-21T00:00", False),
        ("half an hour ago", "2026-11-21T08:42", "2026-11-21T09:42", False),
    ],
)
def test_an_english_time_is_resolved(text, start, end, recurring):
    when, _, _ = english_when.find(text, NOW)[0]

    assert (when.start.isoformat()[:16], when.end.isoformat()[:16]) == (start, end)
    assert when.recurring is recurring


@pytest.mark.parametrize(
    "text",
    ["I may go there", "12 people", "the sun is hot", "it takes 40 minutes", "I waited for 40 minutes", "24 hours"],
)
def test_what_only_sounds_like_a_time_is_none(text):
    assert english_when.find(text, NOW) == []


@pytest.mark.parametrize("text", ["昨天KTV很吵", "幸福里3栋WiFi坏了", "A区", "ETC", "湘A12345"])
def test_chinese_with_some_letters_is_not_read_as_english(text):
    assert not english.mostly(text)


@given(st.text(alphabet="abt AMP last every night 12:30,. Road Street is my name I'm\n", max_size=150))
def test_any_text_gives_spans_of_itself(text):
    for when, start, end in english_when.find(text, NOW):
        assert text[start:end] == when.text
    for where, start, end in english.places(text):
        assert text[start:end] == where.text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("October 8", "2026-10-08"),
        ("Oct 8th", "2026-10-08"),
        ("8 October", "2026-10-08"),
        ("Monday", "2026-11-16"),
        ("yesterday", "2026-11-20"),
        ("on Tuesday.", "2026-11-17"),
        ("8pm", "2026-11-20"),
    ],
)
def test_a_time_alone_is_english_enough_to_be_read(text, day):
    told = understand(text, now=NOW, institution=HOTLINE).when

    assert told is not None
    assert told.start is not None
    assert told.start.date().isoformat() == day


@pytest.mark.parametrize("text", ["Sun Wei", "Mr Sun", "My name is Sun Li", "May Chen", "Sun", "CA1234", "X-100"])
def test_a_name_or_a_number_is_no_time(text):
    assert understand(text, now=NOW, institution=HOTLINE).when is None
