"""What HubSpot's scopes and limits make of a call."""

from dataclasses import replace

import pytest

from backend.crm.hubspot import HubSpot
from backend.crm.hubspot.sign_in import SCOPES
from backend.crm_port import Access, Busy, CrmApp, Expired, Logged, Misconfigured, SignInNeeded
from simulator.crms.crm import open_crm
from simulator.crms.hubspot import dialect
from simulator.crms.serving import StandIn
from simulator.crms.settings import Settings


@pytest.mark.parametrize(
    ("settings", "least", "most"),
    [
        (Settings(burst=1), 10_000, 10_000),
        (Settings(budget=1), 15 * 60_000, 60 * 60_000),
    ],
)
def test_each_limit_says_how_long_to_wait(settings, least, most):
    with StandIn(open_crm(dialect.HubSpot(), settings)) as crm:
        access = Access(crm.url, crm.access_token(), "1")
        edge = HubSpot(CrmApp("repline", "repline-secret", crm.url))
        with pytest.raises(Busy) as busy:
            edge.prepare(access)
        assert least <= busy.value.wait <= most


def test_without_the_scope_for_properties_there_is_no_key_and_texts_are_logged(
    edge, access_for, entry, fields, crm
):
    crm.crm.reset()
    access = access_for(*(each for each in SCOPES if "schemas" not in each))
    assert "key" not in {each.use for each in edge.prepare(access)}
    (outcome,) = edge.log(access, replace(fields, key=""), [entry()])
    assert isinstance(outcome, Logged)


def test_rights_that_were_narrowed_need_a_new_sign_in(edge, access_for, entry, fields):
    with pytest.raises(SignInNeeded, match="connect HubSpot again"):
        edge.log(access_for("oauth"), fields, [entry()])


def test_a_token_that_has_ended_is_said_to_be(edge, access, crm):
    crm.crm.clock.advance(3600)
    with pytest.raises(Expired):
        list(edge.users(access))


def test_an_app_that_hubspot_does_not_know_is_said_to_be(crm):
    unknown = HubSpot(CrmApp("somebody", "else", crm.url))
    with pytest.raises(Misconfigured, match="app"):
        unknown.refresh(crm.url, "token")


def test_a_refresh_token_that_hubspot_does_not_know_needs_a_sign_in(edge, crm):
    with pytest.raises(SignInNeeded):
        edge.refresh(crm.url, "made up")
    edge.revoke(crm.url, "made up")


def test_every_account_signs_in_at_the_same_address():
    real = HubSpot(CrmApp("repline", "secret"))
    assert real.checked_address("") == "https://app.hubspot.com"
    with pytest.raises(ValueError, match="leave this empty"):
        real.checked_address("https://app.hubspot.com.evil.example")
