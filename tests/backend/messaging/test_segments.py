import pytest

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
