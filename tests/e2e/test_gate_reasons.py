"""Each reason why a text may not go, as the rep meets it in Chromium, from the real backend."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import pytest
from playwright.sync_api import Frame

from demo.seed import ANA, ANA_NUMBER, BEN_NUMBER
from tests import databases

ON_PAGE = {
    "no_mobile": ("", "No mobile"),
    "extension": ("(470) 555-0133 ext. 12", "extension"),
    "country": ("+44 7700 900123", "US and Canadian"),
    "premium": ("(900) 234-5678", "premium"),
    "toll_free": ("(800) 234-5678", "toll-free"),
}
"""What the page alone tells: Message is greyed, and says why."""

OF_PERSON = {
    "opted_out": "INSERT INTO opt_out (team_id, mobile, cause, at) VALUES (1, ?, 'stop', 1)",
    "do_not_text": "INSERT INTO restriction (team_id, mobile, kind, cause, user_id, at)"
    " VALUES (1, ?, 'do_not_text', 'rep', 2, 1)",
    "do_not_contact": "INSERT INTO restriction (team_id, mobile, kind, cause, at)"
    " VALUES (1, ?, 'do_not_contact', 'crm', 1)",
    "suspected": "INSERT INTO restriction (team_id, mobile, kind, cause, note, at)"
    " VALUES (1, ?, 'suspected', 'text', 'wrong number', 1)",
    "landline": "INSERT INTO lookup (team_id, mobile, line_type, at)"
    " VALUES (1, ?, 'landline', 9999999999999)",
}
"""What is known of the mobile."""

OF_TEAM = {
    "landline": ("landlines = 'refuse'", "landlines = 'warn'"),
    "quiet_hours": ("hours_from = 1140", "hours_from = 540"),
    "user_cap": ("user_daily_cap = 0", "user_daily_cap = 500"),
    "team_cap": ("team_daily_cap = 0", "team_daily_cap = 5000"),
    "budget": ("monthly_budget = 1", "monthly_budget = 60000000"),
}
OF_NUMBER = {
    "a2p": ("a2p = 'missing'", "a2p = 'approved'"),
    "number_not_sms": ("sms = FALSE", "sms = TRUE"),
    "local_presence": ("local_presence = TRUE", "local_presence = FALSE"),
    "retired_number": ("retired_at = 1", "retired_at = NULL"),
}
WORDS = {
    "quiet_hours": "Quiet hours",
    "user_cap": "Schedule it",
    "team_cap": "Schedule it",
    "budget": "budget",
    "a2p": "not registered",
}
NO_NUMBER = re.compile("no number to text from|Text from another")
BY_COMMAND = {
    "messenger_off": (
        ("team", "set", "messenger_enabled", "off"),
        ("team", "set", "messenger_enabled", "on"),
        "Texting is off",
    ),
    "no_license": (
        ("license", "revoke", ANA, "messenger"),
        ("license", "grant", ANA, "messenger"),
        "no messenger license",
    ),
    "no_number": (
        ("number", "unassign", ANA_NUMBER, ANA),
        ("number", "assign", ANA_NUMBER, ANA),
        "no number",
    ),
}


@pytest.fixture
def change(stack):
    return partial(databases.change, stack.config.database_url)


@contextmanager
def meanwhile(change, table: str, changed: str, back: str, where: str) -> Iterator[None]:
    change(f"UPDATE {table} SET {changed} WHERE {where}")
    try:
        yield
    finally:
        change(f"UPDATE {table} SET {back} WHERE {where}")


def opened(rep, person) -> Frame:
    page = rep.browser.page(person.url)
    page.bring_to_front()
    rep.browser.click_named(page, person.action)
    return rep.browser.pane(page)


@pytest.mark.parametrize("reason", ON_PAGE)
def test_a_number_that_cannot_be_texted_greys_message_out(rep, own_crm, reason):
    number, words = ON_PAGE[reason]
    person = own_crm.person("Nora Numbers", mobile=number)
    page = rep.browser.page(person.url)
    found = rep.offers(page, "Message Nora Numbers")
    assert found.disabled
    assert words.lower() in found.description.lower()


@pytest.mark.parametrize("reason", ["opted_out", "do_not_text", "do_not_contact", "suspected"])
def test_what_is_known_of_a_mobile_takes_the_composers_place(rep, own_crm, change, reason):
    person = own_crm.person("Rita Rules")
    change(OF_PERSON[reason], person.mobile)
    opened(rep, person).locator(f".blocked[data-reason={reason}]").wait_for()


def test_a_landline_is_refused_where_the_team_says_so_and_else_a_warning(rep, own_crm, change):
    person = own_crm.person("Lana Line")
    change(OF_PERSON["landline"], person.mobile)
    pane = opened(rep, person)
    pane.get_by_text("read out").first.wait_for()
    pane.get_by_role("textbox", name="Text to").wait_for()
    with meanwhile(change, "team", *OF_TEAM["landline"], "id = 1"):
        opened(rep, person).locator(".blocked[data-reason=landline]").wait_for()


@pytest.mark.parametrize("reason", ["quiet_hours", "a2p"])
def test_what_holds_for_now_or_for_the_number_is_said_before_anything_is_typed(
    rep, own_crm, change, reason
):
    person = own_crm.person("Quentin Quiet")
    table, changes = ("team", OF_TEAM) if reason in OF_TEAM else ("number", OF_NUMBER)
    where = "id = 1" if table == "team" else f"e164 = '{ANA_NUMBER}'"
    with meanwhile(change, table, *changes[reason], where):
        opened(rep, person).get_by_text(WORDS[reason]).first.wait_for()


@pytest.mark.parametrize("reason", ["number_not_sms", "local_presence", "retired_number"])
def test_without_a_number_that_texts_the_pane_says_whom_to_ask(rep, own_crm, change, reason):
    person = own_crm.person("Nell Number")
    with meanwhile(change, "number", *OF_NUMBER[reason], f"e164 = '{ANA_NUMBER}'"):
        opened(rep, person).get_by_text(NO_NUMBER).first.wait_for()


@pytest.mark.parametrize("reason", ["user_cap", "team_cap", "budget"])
def test_what_only_a_text_meets_is_said_at_the_text_which_is_kept(rep, own_crm, change, reason):
    person = own_crm.person("Cora Cap")
    pane = opened(rep, person)
    pane.get_by_role("textbox", name="Text to").wait_for()
    with meanwhile(change, "team", *OF_TEAM[reason], "id = 1"):
        rep.send(pane, "One more")
        pane.get_by_text(WORDS[reason]).first.wait_for()
        assert person.phone.received() == []
    pane.get_by_text("One more").first.wait_for()


@pytest.mark.parametrize("reason", BY_COMMAND)
def test_what_an_admin_takes_away_is_said_at_once_and_given_back(rep, own_crm, reason):
    taken, given, words = BY_COMMAND[reason]
    person = own_crm.person("Ada Admin")
    pane = opened(rep, person)
    pane.get_by_role("textbox", name="Text to").wait_for()
    rep.stack.command(*taken)
    try:
        pane.get_by_text(words).first.wait_for()
    finally:
        rep.stack.command(*given)
    pane.get_by_role("textbox", name="Text to").wait_for()


def test_one_of_our_own_numbers_is_not_texted(rep, own_crm):
    person = own_crm.person("Otto Own", mobile=BEN_NUMBER)
    opened(rep, person).locator(".blocked[data-reason=own_number]").wait_for()


def test_somebody_who_is_not_in_the_crm_is_not_texted_where_the_team_wants_it_so(
    rep, own_crm, change
):
    person = own_crm.person("Nina Nobody")
    pane = opened(rep, person)
    pane.get_by_role("textbox", name="Text to").wait_for()
    change("UPDATE person SET crm_ref = NULL WHERE mobile = ?", person.mobile)
    with meanwhile(change, "team", "crm_required = TRUE", "crm_required = FALSE", "id = 1"):
        rep.send(pane, "Hello")
        pane.get_by_text("Add them there").first.wait_for()
        assert person.phone.received() == []
