import pytest

from backend import phone


@pytest.mark.parametrize(
    ("written", "e164"),
    [
        ("(404) 555-0187", "+14045550187"),
        ("404.555.0187", "+14045550187"),
        ("1 404 555 0187", "+14045550187"),
        ("+1 (404) 555‑0187", "+14045550187"),
        ("+44 7700 900123", "+447700900123"),
        ("tel:+447700900123", "+447700900123"),
        ("TEL:404-555-0187", "+14045550187"),
        ("Cell: 404-555-0187", "+14045550187"),
    ],
)
def test_numbers_are_read_as_people_write_them(written, e164):
    assert phone.parse(written).e164 == e164


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", "no_mobile"),
        ("call me", "no_mobile"),
        ("911", "no_mobile"),
        ("555-0187", "no_mobile"),
        ("404555abcd", "no_mobile"),
        ("404-555-TEXT", "no_mobile"),
        ("tel:", "no_mobile"),
        ("(404) 555-0187 ext. 62", "extension"),
        ("tel:404-555-0187;ext=62", "extension"),
        ("(404) 555-0187 x6216", "extension"),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(written, reason):
    with pytest.raises(phone.PhoneError) as refused:
        phone.parse(written)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("e164", "reason"),
    [
        ("+447700900123", "country"),
        ("+18762345678", "country"),  # Jamaica shares +1
        ("+19005551234", "premium"),
        ("+18885551212", "toll_free"),
        ("+14041110000", "no_mobile"),
        ("+14045551212", "no_mobile"),  # directory assistance
        ("+15332345678", "no_mobile"),
        ("+14045550187", "fictitious"),
    ],
)
def test_only_mobiles_of_the_us_and_canada_may_be_texted(e164, reason):
    with pytest.raises(phone.PhoneError) as refused:
        phone.check_textable(e164)
    assert refused.value.reason == reason


def test_example_numbers_pass_towards_the_simulator_alone():
    assert phone.check_textable("+14045550187", fictitious=True).country == "US"
    assert phone.check_textable("+14165550199", fictitious=True).country == "CA"


def test_a_number_is_shown_as_its_country_writes_it():
    assert phone.display("+14045550187") == "(404) 555-0187"
    assert phone.display("+447700900123") == "+44 7700 900123"
    assert phone.display("72345") == "72345"
