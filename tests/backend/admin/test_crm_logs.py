"""The CRM log and the drift report on the admin pages."""

import re

import pytest

from backend.messaging import inbound
from backend.messaging.inbound import Inbound
from backend.models import Audit, CrmConnection, CrmLog
from backend.store import crm_connections, crm_log_pages, crm_logs, drifts, heartbeats
from backend.store.rows import now
from backend.web.admin.pages import crm_logs as shown

MAYA = "+14045550187"


@pytest.fixture
def connection(world):
    made = CrmConnection.create(
        team=world.team,
        crm="salesforce",
        org="00D",
        org_name="Acme",
        base_url="https://acme.my.salesforce.com",
        connected_at=now(),
    )
    return crm_connections.by_id(made.id)


@pytest.fixture
def maya(world):
    return world.person(MAYA, "Maya Okonkwo", crm_ref="salesforce:contact:0031")


@pytest.fixture
def arrive(world, connection, maya):
    """A text arrives -> its row in the CRM log."""

    def arrive(body, sender=MAYA):
        sid = f"SM{CrmLog.select().count():032x}"
        text = Inbound(sid, sender, world.number.e164, body, now())
        message = world.writer(lambda tx: inbound.receive(tx, text, {}))
        found = crm_logs.of_message(world.team.id, message)
        assert found is not None
        return found

    return arrive


@pytest.fixture
def fail(world, arrive):
    def fail(body, cause="The record is locked."):
        row = arrive(body)
        world.writer(lambda tx: crm_logs.settle(tx, row, "failed", cause=cause))
        return row

    return fail


def state(row):
    return crm_logs.get(row.team, row.id).state


def test_without_a_crm_the_page_says_where_to_connect_one(pages):
    page = pages.admin().get("/crm-logs").text
    assert "No CRM is connected" in page
    assert 'href="/admin/crms"' in page


def test_what_failed_stands_there_with_person_subject_and_reason_and_not_the_whole_text(
    pages, fail
):
    fail("We are moving to Lisbon in March and would like to talk " + "about it " * 20)
    page = pages.admin().get("/crm-logs").text
    assert "Maya Okonkwo" in page
    assert "(404) 555-0187" in page
    assert "Text received: We are moving to Lisbon" in page
    assert "about it " * 19 not in page
    assert "The record is locked." in page
    assert "Failed (1)" in page


def test_one_is_tried_again(pages, world, fail):
    row, other = fail("Hello"), fail("Hello again")
    browser = pages.admin()
    answer = browser.post(f"/crm-logs/{row.id}/retry", {"crm": "salesforce"})
    assert answer.location == "/admin/crm-logs?crm=salesforce"
    assert (state(row), state(other)) == ("waiting", "failed")
    assert world.just_woken("log_to_crm")
    assert "It is tried again now." in browser.get("/crm-logs").text
    browser.post(f"/crm-logs/{row.id}/retry")
    assert "has not failed any more" in browser.get("/crm-logs").text
    [noted] = Audit.select().where(Audit.action == "crm_log.retried")
    assert (noted.subject, noted.after) == ("Salesforce", '{"activities":1}')


def test_all_are_tried_again_and_reps_see_it_under_their_texts(pages, world, fail):
    rows = [fail(f"Hello {number}") for number in range(3)]
    browser = pages.admin()
    assert "Try again what has failed?" in browser.get("/crm-logs").text
    before = len(world.events(world.ana))
    browser.post("/crm-logs/retry", {"crm": "salesforce"})
    assert {state(row) for row in rows} == {"waiting"}
    told = world.events(world.ana)[before:]
    assert len(told) == 3
    assert "3 are tried again, the oldest first." in browser.get("/crm-logs").text
    browser.post("/crm-logs/retry", {"crm": "salesforce"})
    assert "Nothing has failed any more." in browser.get("/crm-logs").text
    assert browser.post("/crm-logs/retry", {"crm": "hubspot"}).status_code == 404


def test_what_waits_and_who_is_not_linked_say_why(pages, world, arrive):
    row = arrive("Hello")
    unknown = arrive("Who is this?", "+14045550166")
    browser = pages.admin()
    assert "is asked in a moment" in browser.get("/crm-logs?state=waiting").text
    world.writer(lambda tx: crm_logs.put_back(tx, row, 1_800_000, "UNABLE_TO_LOCK_ROW"))
    page = browser.get("/crm-logs?state=waiting").text
    assert "UNABLE_TO_LOCK_ROW" in page
    assert "Tried again" in page
    assert "Who is this?" not in page
    page = browser.get("/crm-logs?state=unlinked").text
    assert "Text received: Who is this?" in page
    assert "once a rep opens their record" in page
    assert state(unknown) == "unlinked"


def test_what_is_logged_leads_to_its_record_and_no_other_address_does(pages, world, arrive):
    good, bad = arrive("Hello"), arrive("Bye")
    there = "https://acme.my.salesforce.com/lightning/r/Task/00T1/view"
    for row, url in ((good, there), (bad, "javascript:alert(1)")):
        world.writer(
            lambda tx, row=row, url=url: crm_logs.settle(
                tx, row, "logged", external_id="00T1", url=url
            )
        )
    page = pages.admin().get("/crm-logs?state=logged").text
    assert re.search(rf'href="{re.escape(there)}" target="_blank" rel="noreferrer"', page)
    assert "javascript:" not in page


def test_why_nothing_is_logged_stands_above_everything(pages, world, connection):
    browser = pages.admin()
    world.writer(lambda tx: crm_connections.park(tx, connection, 600_000, "The budget is used up."))
    assert "The budget is used up." in browser.get("/crm-logs").text
    world.writer(lambda tx: crm_connections.set_broken(tx, connection, "Revoked by an admin."))
    assert "Revoked by an admin." in browser.get("/crm-logs").text
    world.writer(lambda tx: crm_connections.turn_off(tx, connection))
    assert "is disconnected" in browser.get("/crm-logs").text


def test_pages_of_the_log_follow_each_other_without_gap_or_repeat(pages, fail):
    for number in range(130):
        fail(f"Number {number:03}.")
    browser, found, address = pages.admin(), [], "/crm-logs"
    while address:
        page = browser.get(address).text
        found += re.findall(r"<td class=\"what\">Text received: Number (\d+)\.</td>", page)
        following = re.search(r'rel="next" href="/admin([^"]+)"', page)
        address = following[1].replace("&amp;", "&") if following else ""
    assert [int(each) for each in found] == list(reversed(range(130)))


def test_counting_stops_where_nobody_reads_on(pages, fail, monkeypatch):
    for module in (crm_log_pages, shown):
        monkeypatch.setattr(module, "COUNTED", 2)
    for number in range(4):
        fail(f"Hello {number}")
    assert "Failed (more than 2)" in pages.admin().get("/crm-logs").text


def test_every_state_has_its_name():
    assert set(shown.NAMES) == set(crm_log_pages.STATES)


def test_another_team_sees_none_of_it(pages, world, fail):
    row = fail("A secret plan")
    world.writer(lambda tx: drifts.add(tx, row.team, "salesforce", row.person, MAYA, "It differs."))
    eve = pages.admin("eve@rivals.example")
    for address in ("/crms", "/crm-logs", "/crm-logs?crm=salesforce", "/drift", "/queues"):
        page = eve.get(address).text
        assert "Maya" not in page, address
        assert "secret plan" not in page, address
        assert "acme" not in page.lower(), address
    assert eve.post(f"/crm-logs/{row.id}/retry").status_code == 404
    assert eve.post("/crm-logs/retry", {"crm": "salesforce"}).status_code == 404
    assert state(row) == "failed"


def test_the_drift_report_tells_who_differed_and_compares_now(pages, world, connection, maya):
    browser = pages.admin()
    page = browser.get("/drift").text
    assert "They have not been compared yet" in page
    assert "Salesforce is not compared: no field is chosen" in page
    team = world.team.id
    world.writer(
        lambda tx: drifts.add(tx, team, "salesforce", maya.id, MAYA, "Salesforce set do-not-text.")
    )
    world.writer(lambda tx: drifts.add(tx, team, "carrier", None, "+14045550166", "<b>STOP</b>"))
    world.writer(lambda tx: heartbeats.beat(tx, f"drift {team}"))
    page = browser.get("/drift").text
    assert "Maya Okonkwo" in page
    assert "Salesforce set do-not-text." in page
    assert "(404) 555-0166" in page
    assert "&lt;b&gt;STOP&lt;/b&gt;" in page
    assert "Last compared" in page
    browser.post("/drift/compare")
    assert [wake.arguments for wake in world.woken("compare_opt_outs")] == [(team,)]


def test_the_page_of_queues_tells_of_crms_only_where_one_is_connected(
    pages, world, connection, fail, arrive
):
    assert "Activities" not in pages.admin("eve@rivals.example").get("/queues").text
    browser = pages.admin()
    assert "Activities to Salesforce" in browser.get("/queues").text
    fail("Hello")
    page = browser.get("/queues").text
    assert "Activities that Salesforce refused" in page
    assert "The CRM log says why" in page
    row = arrive("Waits")
    CrmLog.update(made_at=now() - 2 * 3600_000).where(CrmLog.id == row.id).execute()
    world.writer(lambda tx: crm_connections.set_broken(tx, connection, "Revoked."))
    page = browser.get("/queues").text
    assert '<span class="badge red">Late</span>' in page
    assert "Connect Salesforce again" in page
