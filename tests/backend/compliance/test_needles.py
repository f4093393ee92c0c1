"""The quick no before a pattern is tried: never where the pattern would have said yes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.compliance.needles import needles
from backend.compliance.wishes import RULES


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("stop", {"stop"}),
        (r"\bstop[ .!]*$", {"stop"}),
        ("^sto+p", {"sto"}),
        ("(?:quit|stop) texting", {"quit texting", "stop texting"}),
        ("texts?", {"text"}),
        (r"no \w+ by (?:that|this) name", {" by that name", " by this name"}),
        (r"(?:me|us)? off \d", {" off "}),
        ("(?:ab){2}", {"ab"}),
        ("[ae]nd", {"and", "end"}),
    ],
)
def test_needles_are_the_rarest_words_that_must_be_there(pattern, expected):
    assert needles(re.compile(pattern)) == expected


@pytest.mark.parametrize(
    "pattern", ["", "a*", "x|", r"\w+", "(?:stop)?", r"(?:stop|\d)", "(?i)stop"]
)
def test_where_nothing_is_certain_nothing_is_demanded(pattern):
    assert needles(re.compile(pattern)) == frozenset()


def test_each_rule_has_needles():
    assert all(rule.needles for rule in RULES)


@given(st.data())
def test_whatever_a_rule_matches_holds_one_of_its_needles(data):
    rule = data.draw(st.sampled_from(RULES))
    said = data.draw(st.from_regex(rule.wish))
    assert any(needle in said for needle in rule.needles)


@given(st.from_regex(r"\A(?:s(?:to|x)+p|[ab]?c{0,2}d|(?:on|off){1,2}\s?e*f)+\Z"))
def test_parts_that_repeat_or_may_be_absent_are_read_aright(said):
    pattern = re.compile(r"(?:s(?:to|x)+p|[ab]?c{0,2}d|(?:on|off){1,2}\s?e*f)+")
    assert any(needle in said for needle in needles(pattern))
