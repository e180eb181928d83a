"""Patterns found by the character they begin with are those that one regular expression finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.scanner import Scanner, TooOpen, alternatives, openings
from nlp.when import grammar as when_grammar
from nlp.where import places as where

ROWS = (
    ("day", r"(?<!\d)(?:\d{1,2}|[一二三]?十)[日号](?!楼)|大{0,2}前天"),
    ("road", r"[东西]?路口|路(?=上)|人民路"),
    ("word", r"(?i:ktv)|\s?\[人|a-c"),
    ("rest", r"[-~\]路]"),
)
WHOLE = {
    "rows": ROWS,
    "where": where.TOKENS,
    "when": tuple((rule.name, rule.pattern) for rule in when_grammar.RULES),
}
TEXTS = st.text(
    "0123十一二大前天日号楼东西路口上人民kKtTvV \n[]a-c~年月今昨晚半点钟周3栋单元室小区花园的在和,。", max_size=40
)


def told(matches):
    """Which pattern matched, and where."""
    return [(match.lastgroup, match.span()) for match in matches]


@pytest.mark.parametrize("rows", WHOLE.values(), ids=WHOLE)
@given(text=TEXTS)
def test_a_scanner_finds_what_one_expression_of_all_patterns_finds(rows, text):
    """In the same places, under the same names, also where several patterns could begin."""
    whole = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in rows))

    assert told(Scanner(rows).finditer(text)) == told(whole.finditer(text))


@given(TEXTS, st.integers(0, 20), st.integers(0, 40))
def test_within_a_part_it_finds_what_an_expression_finds_there(text, start, end):
    """What stands before may be looked at, what stands behind not."""
    whole = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in ROWS))

    assert told(Scanner(ROWS).finditer(text, start, end)) == told(whole.finditer(text, start, end))


@given(TEXTS)
def test_every_pattern_finds_by_itself_what_its_expression_finds(text):
    """Also where another one finds something."""
    alone = {name: [match.span() for match in re.finditer(pattern, text)] for name, pattern in ROWS}

    found = {name: [match.span() for match in matches] for name, matches in Scanner(ROWS).every(text).items()}

    assert found == {name: spans for name, spans in alone.items() if spans}
    assert Scanner(ROWS).held(text) == found.keys()


@given(TEXTS)
def test_what_is_found_is_changed_as_an_expression_changes_it(text):
    """And the rest stays."""
    whole = re.compile("|".join(pattern for _, pattern in ROWS))

    assert Scanner(ROWS).sub(lambda found: f"<{found[0]}>", text) == whole.sub(lambda found: f"<{found[0]}>", text)


def test_what_lies_before_the_offset_asked_for_is_passed_over():
    """Nobody is given a match that begins where they have been."""
    first = Scanner(ROWS).over("3号路口人民路")

    assert [found.span() for at in (0, 3) if (found := first(at))] == [(0, 2), (4, 7)]


def test_alternatives_are_parted_at_the_top_alone():
    """Neither in a group nor in a set of characters, nor where the stroke itself is meant."""
    assert alternatives(r"甲(?:乙|丙)|[|]丁|(?<=戊|己)\|") == [r"甲(?:乙|丙)", "[|]丁", r"(?<=戊|己)\|"]


@pytest.mark.parametrize(
    ("pattern", "characters"),
    [
        (r"外?[东西]侧", "外东西"),
        (r"(?<![上下])(?:半|\d{1,2})天", "半0123456789"),
        (r"(?:前|)?后", "前后"),
        (r"大{0,3}前|[a-c\]]", "大前abc]"),
        (r"(?i:KTV)", "kK"),
        (r"(?P<day>昨)天", "昨"),
    ],
)
def test_a_pattern_says_what_it_can_begin_with(pattern, characters):
    """What may be left out is gone past; what is looked at behind or ahead is not taken."""
    assert openings(pattern) == frozenset(characters)


@pytest.mark.parametrize("pattern", [".天", "[^,]天", r"\w+", "天?", r"(?:今|)", ""])
def test_a_pattern_that_may_begin_with_anything_is_refused(pattern):
    """It would have to be tried everywhere, and find nothing somewhere."""
    with pytest.raises(TooOpen, match="begins with"):
        openings(pattern)
