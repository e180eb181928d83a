"""Words and normal form."""

from __future__ import annotations

import logging
import stat
import time

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.segment import QUICK_FROM, Dictionary, Segmenter, frequency, normal

PLAIN = Segmenter()
jieba.setLogLevel(logging.ERROR)


def test_traditional_and_full_width_characters_become_the_ones_we_know():
    assert normal("這裡的噪音，１２３４５　ＡＢ") == "这里的噪音,12345 AB"


@given(st.text(st.characters(exclude_categories=[]), max_size=200))
def test_the_normal_form_keeps_every_character_in_its_place(text):
    assert len(normal(text)) == len(text)


@given(st.text(max_size=200))
def test_words_joined_are_the_text_again(text):
    assert "".join(PLAIN.cut(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "昨晚楼下烧烤店又在放音响，吵得孩子睡不着",
        "小区停水三天了，物业说在修",
        "我在12345反映过2次，没有人管 help",
        "他来到了网易杭研大厦",
    ],
)
def test_without_own_words_text_is_cut_as_jieba_cuts_it(text, tmp_path):
    reference = jieba.Tokenizer()
    reference.tmp_dir = str(tmp_path)

    assert PLAIN.cut(text) == reference.lcut(text, HMM=False)


def test_an_own_word_is_kept_whole_and_only_for_its_owner():
    own = Segmenter(["欢乐里小区"])

    assert "欢乐里小区" in own.cut("我住欢乐里小区三栋")
    assert "欢乐里小区" not in PLAIN.cut("我住欢乐里小区三栋")


OWN = ["欢乐里小区", "拖欠工资", "烧烤店"]
QUICK, SLOW = Segmenter(OWN), Segmenter(OWN, quick=False)
QUICK.cut("。" * (QUICK_FROM + 1))
WORDS = "欢乐里小区 拖欠工资 烧烤店 物业 停水 三天 我们 门卫 生病 中华人民共和国 A-1 3.5% wi-fi www.a.cn 好 的 了 ，".split()


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=5), max_size=40).map("".join))
def test_the_quick_cutter_cuts_as_jieba_does(text):
    assert QUICK.cut(text) == SLOW.cut(text)


def test_bounds_mark_where_words_begin_and_end():
    assert list(PLAIN.bounds("门卫生病")) == [1, 0, 1, 0, 1]


def test_a_kept_dictionary_is_the_same_and_nobody_elses_business(tmp_path):
    folder = tmp_path / "cache"
    read = Dictionary(folder).words()

    assert Dictionary(folder).words() == read
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [path.suffix for path in folder.iterdir()] == [".marshal"]


def test_a_broken_or_unwritable_cache_only_costs_time(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    Dictionary(tmp_path).words()
    kept = next(path for path in tmp_path.iterdir() if path.suffix == ".marshal")
    kept.write_bytes(b"rubbish")

    assert Dictionary(tmp_path).words()[0]["小区"] > 0
    assert Dictionary(tmp_path / "file" / "below").words()[0]["小区"] > 0


def test_common_words_are_known_as_common():
    assert frequency("方便") > 1000
    assert frequency("没有这个词") == 0


@pytest.mark.parametrize("piece", ["的", "每天", "a", "1", "。", "😀", "王芳"])
def test_a_hundred_thousand_characters_are_cut_in_seconds(piece):
    text = (piece * 100_000)[:100_000]
    began = time.thread_time()
    PLAIN.cut(text)

    assert time.thread_time() - began < 5
