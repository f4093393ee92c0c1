"""The people of an account, over REST."""

import pytest


@pytest.fixture
def people(api_):
    world = api_.world
    harbor = {"account": "Harbor Freight", "account_url": "https://crm.example/a/1"}
    world.person("+14045550187", "Maya Chen", **harbor)
    world.person("+14045550188", "Abe Long", account="Harbor Freight")
    world.person("+14045550189", "Zoe", account="Other", account_url="https://crm.example/a/1")
    world.person("+14045550190", "Nobody", account="")
    world.person("+14045550191", "Theirs", team=world.others, **harbor)


def listed(api_, query, email="ana@brightpath.example"):
    answer = api_.call("GET", f"/people{query}", token=api_.token(email))
    assert answer.status_code == 200, answer.json
    return [each["name"] for each in answer.json["people"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?account=Harbor%20%20Freight", ["Abe Long", "Maya Chen"]),
        ("?account_url=https://crm.example/a/1", ["Maya Chen", "Zoe"]),
        (
            "?account=Harbor%20Freight&account_url=https://crm.example/a/1",
            ["Abe Long", "Maya Chen", "Zoe"],
        ),
        ("?account=Nowhere", []),
    ],
)
def test_who_fits_the_name_or_the_address_is_listed_by_name(api_, people, query, found):
    assert listed(api_, query) == found


def test_another_team_sees_its_own_people_alone(api_, people):
    assert listed(api_, "?account=Harbor%20Freight", "eve@rivals.example") == ["Theirs"]


@pytest.mark.parametrize("query", ["", "?account=", "?account=%20"])
def test_no_account_at_all_names_the_field(api_, query):
    answer = api_.call("GET", f"/people{query}", token=api_.token())
    assert (answer.status_code, answer.json["field"]) == (400, "account")


def test_a_large_account_is_cut_at_fifty(api_):
    for n in range(60):
        api_.world.person(f"+1404555{n:04}", f"P{n:02}", account="Big")
    assert len(listed(api_, "?account=Big")) == 50
