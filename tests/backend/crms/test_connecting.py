"""Connecting a CRM: state, PKCE, tokens that are encrypted, fields and users that are found."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from backend.connections import connecting
from backend.connections.sealing import Seal, Unsealable
from backend.crm_port import CrmApp, CrmError
from backend.models import Audit, CrmConnection
from backend.store import crm_users
from backend.store.audit import Actor
from backend.team.faults import Invalid, NotThere
from tests.backend.crms.houses import MAYA
from tests.backend.world import SECRET


def test_the_sign_in_carries_a_state_and_a_challenge(unconnected):
    office = unconnected
    url = office.connecting.begin(office.admin, office.house.name, office.address)
    asked = parse_qs(urlsplit(url).query)
    assert len(asked["state"][0]) > 30
    assert asked["code_challenge_method"] == ["S256"]


def test_an_admin_who_comes_back_has_connected_the_crm(office):
    assert office.connection.state == "connected"
    assert office.connection.org
    assert "@" in office.connection.email
    assert Audit.get(Audit.action == "crm.connected").actor == office.admin.name


def test_a_state_is_good_once(unconnected):
    office = unconnected
    state, code = office.consent()
    office.connecting.finish(office.admin, state, code)
    with pytest.raises(NotThere):
        office.connecting.finish(office.admin, state, code)


@pytest.mark.parametrize("who", ["another user", "another team", "nobody's state"])
def test_a_state_is_good_for_whoever_began_alone(unconnected, who):
    office, world = unconnected, unconnected.world
    state, code = office.consent()
    actor = {
        "another user": Actor(world.team.id, world.ana.id, "ana"),
        "another team": Actor(world.others.id, world.admin.id, "eve"),
        "nobody's state": office.admin,
    }[who]
    with pytest.raises(NotThere):
        office.connecting.finish(actor, "made up" if who == "nobody's state" else state, code)
    assert CrmConnection.select().count() == 0


def test_a_state_is_good_for_a_quarter_of_an_hour(unconnected, clock):
    state, code = unconnected.consent()
    clock.shift(16 * 60)
    with pytest.raises(NotThere):
        unconnected.connecting.finish(unconnected.admin, state, code)


def test_a_code_that_the_crm_does_not_know_connects_nothing(unconnected):
    state, _ = unconnected.consent()
    with pytest.raises(CrmError):
        unconnected.connecting.finish(unconnected.admin, state, "made-up")
    assert CrmConnection.select().count() == 0


def test_tokens_are_not_readable_where_they_are_kept(office):
    row = CrmConnection.get()
    with office.crm.store.look() as books:
        secrets = [*books.accesses, *(grant.refresh_token for grant in books.grants)]
    assert all(each not in row.access + row.refresh for each in secrets)
    with pytest.raises(Unsealable):
        Seal("another secret key than the one before").open(row.access)
    assert Seal(SECRET).open(row.access) in secrets


def test_the_fields_that_are_surely_meant_are_chosen(office):
    assert office.connection.fields.mobile
    assert office.connection.fields.key
    assert any(each.use == "do_not_text" for each in office.connection.choices)


def test_a_field_that_the_crm_has_not_told_of_cannot_be_chosen(office):
    with pytest.raises(Invalid) as refused:
        office.world.writer(
            lambda tx: connecting.configure(
                *(tx, office.admin, office.house.name, {"mobile": "Made_Up__c"}),
                digest=False,
                write_opt_outs=True,
            )
        )
    assert "mobile" in refused.value.errors


def test_users_are_mapped_by_their_email(office):
    mapped = {
        each.email: each.user for each in crm_users.of_team(office.world.team.id, office.house.name)
    }
    assert mapped["ana@brightpath.example"] == office.world.ana.id
    assert None in mapped.values()


def test_an_admins_choice_of_user_outlives_the_next_reading(office):
    team, name = office.world.team.id, office.house.name
    other = next(each for each in crm_users.of_team(team, name) if each.user is None)
    office.world.writer(
        lambda tx: connecting.choose_user(
            tx, office.admin, name, office.world.ana.id, other.external_id
        )
    )
    office.connect()
    assert crm_users.external_of(team, name, office.world.ana.id) == other.external_id


def test_disconnecting_forgets_the_tokens_here_and_there(office):
    office.connecting.disconnect(office.admin, office.house.name)
    assert (office.connection.state, office.connection.access) == ("off", "")
    with office.crm.store.look() as books:
        assert {grant.revoked for grant in books.grants} == {office.house.revokes}


def test_an_address_that_only_looks_like_the_crms_is_refused(unconnected):
    real = unconnected.house.edge(CrmApp("repline", "secret"))
    for address in (
        "https://acme.my.salesforce.com.evil.example",
        "https://evil.example/?x=.crm.dynamics.com",
        "http://acme.my.salesforce.com",
        "https://user@evil.example",
    ):
        with pytest.raises(ValueError, match="address"):
            real.checked_address(address)


def test_another_orgs_activities_are_left_alone_where_ids_are_the_same(office):
    maya = office.person(MAYA, "+14045550187")
    former = office.sends(maya, "In the org before")
    office.drain()
    office.world.writer(lambda tx: tx.execute("UPDATE crm_connection SET org = 'before'"))
    office.crm.crm.reset()
    office.connect()
    office.receives(maya, "In this one")
    office.drain()
    office.leaves(former, "undelivered", 30005)
    office.drain()
    assert [each.partition("\n")[0] for each in office.bodies()] == [
        "In this one",
        "In the org before",
    ]
    assert all(each.who == office.id_of(MAYA) for each in office.seen())


def test_the_next_reading_writes_only_who_has_changed(office):
    team, name = office.world.team.id, office.house.name
    held = office.connection
    told = office.calling(held, lambda crm, access: list(crm.users(access)))
    assert crm_users.differing(team, name, told) == ([], [])
    first, *rest = told
    renamed = replace(first, name="Somebody Else")
    changed, gone = crm_users.differing(team, name, [renamed, *rest[1:]])
    assert [each.name for each in changed] == ["Somebody Else"]
    assert gone == [rest[0].id]
