import json
import subprocess
from pathlib import Path
from random import Random
from time import perf_counter

import pytest

from backend.messaging import graphemes
from backend.messaging.segments import measure


@pytest.mark.parametrize(
    ("body", "count", "encoding"),
    [
        ("", 1, "GSM-7"),
        ("a" * 160, 1, "GSM-7"),
        ("a" * 161, 2, "GSM-7"),
        ("a" * 306, 2, "GSM-7"),
        ("a" * 307, 3, "GSM-7"),
        ("€" * 80, 1, "GSM-7"),
        ("€" * 81, 2, "GSM-7"),
        ("a" * 1600, 11, "GSM-7"),
        ("ж" * 70, 1, "UCS-2"),
        ("ж" * 71, 2, "UCS-2"),
        ("😀" * 35, 1, "UCS-2"),
        ("😀" * 36, 2, "UCS-2"),
        ("ж" * 1600, 24, "UCS-2"),
        ("It’s", 1, "UCS-2"),
    ],
)
def test_parts_are_counted_as_the_carrier_bills_them(body, count, encoding):
    measured = measure(body)
    assert (measured.count, measured.encoding) == (count, encoding)


def test_a_pair_is_never_split_over_two_parts():
    # 152 + the two septets of a euro sign do not fit into 153, so the sign opens the next part.
    assert measure("a" * 152 + "€" + "a" * 151).count == 2
    assert measure("a" * 152 + "€" + "a" * 152).count == 3


PLAIN = "abc XYZ0189.,!?@£$\n\r'\"èÑ_ß" + "^{}\\[~]|€\f"
LETTERS = "’—“”…`çñяشل日本한각ㄱก็ไทยनमस्ते" + "\u00a0\u200b\u200d\ufe0f\u0301\u20e3\u0600"
PHONES = "😀 👍🏽 👩‍👩‍👧‍👦 🏳️‍🌈 🇺🇸 🇺🇸🇨🇦 1️⃣ ❤️‍🔥 👨🏿‍🚀 🤷🏻‍♀️ 👩‍💻 🇦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ☝🏼"
EMOJI = PHONES.split()


def texts(count: int, seed: int) -> list[str]:
    """Random texts of what phones write and of what nobody writes: every class of character."""
    random = Random(seed)
    by_class: dict[int, list[str]] = {}
    for code in [*range(0xD800), *range(0xE000, 0x1FFFF, 3), *range(0xE0000, 0xE01F0)]:
        by_class.setdefault(graphemes.class_of(chr(code)), []).append(chr(code))
    odd = [random.choice(each) for each in by_class.values() for _ in range(4)]
    pools = (list(PLAIN), [*PLAIN, *LETTERS], EMOJI, [*PLAIN, *LETTERS, *EMOJI, "\r\n"], odd)
    made = []
    for number in range(count):
        pool = pools[number % len(pools)]
        # Few characters a text: what is long enough to part repeats itself.
        some = random.sample(pool, min(len(pool), random.randint(1, 12)))
        length = 1 + int(330 * random.random() ** 2.5)
        made.append("".join(random.choices(some, k=length)))
    return made


def test_ten_thousand_texts_are_counted_as_twilios_own_calculator_counts_them():
    wanted = texts(10_000, seed=20261122)
    counter = Path(__file__).with_name("count.mjs")
    told = subprocess.run(
        ["node", counter], input=json.dumps(wanted), capture_output=True, text=True, check=True
    )
    theirs = [tuple(each) for each in json.loads(told.stdout)]
    ours = [(each.count, each.encoding) for each in map(measure, wanted)]
    differing = [(text, a, b) for text, a, b in zip(wanted, ours, theirs, strict=True) if a != b]
    assert differing == []
    assert {encoding for _, encoding in theirs} == {"GSM-7", "UCS-2"}
    assert len({count for count, _ in theirs}) > 10


def test_a_joined_emoji_is_never_split_over_two_parts():
    family = "👩‍👩‍👧‍👦"  # eleven units: six of them fill 66 of 67
    assert [measure(family * n).count for n in (6, 7, 12, 13)] == [1, 2, 2, 3]


@pytest.mark.parametrize("mark", ["\u0301", "\u200d", "🇺", "🏽"])
def test_a_text_of_nothing_but_marks_is_counted_without_delay(mark):
    started = perf_counter()
    measure("👩" + mark * 1599)
    assert perf_counter() - started < 0.5
