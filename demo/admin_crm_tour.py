"""The part of the tour that goes through CRMs: with a team that has connected the stand-in."""

from collections.abc import Callable

from playwright.sync_api import Page

from backend.config import Config
from backend.core import open_store
from backend.models import Person
from backend.store import activities, crm_connections, crm_logs, drifts
from backend.store.crm_connections import Connection
from backend.store.writer import InlineWriter, Transaction
from demo import admin_reconciliation_tour
from simulator.crms.salesforce.seed import seeded

Keep = Callable[[Page, str], None]
Go = Callable[[Page, str], None]
CAUSES = (
    "Salesforce refused it: FIELD_CUSTOM_VALIDATION_EXCEPTION: A closed account takes no tasks.",
    "The person's record is deleted in Salesforce. Link them to another record, then try again.",
)

NOTES = (
    "Wants the renewal as one invoice for all three offices, not one each, and a call before May.",
    "Back from leave on Monday.",
)


def furnish(config: Config) -> None:
    """Give the team something to look after: activities that Salesforce refused, texts of somebody
    whom nobody has linked, drift, and what did not go as it should."""
    opened = open_store(config)
    writer = InlineWriter(lambda transaction: None)
    writer(lambda tx: _furnish(tx, crm_connections.connected()[0]))
    opened.close()


def _furnish(tx: Transaction, connection: Connection) -> None:
    team = connection.team
    for number, person in enumerate(Person.select().where(Person.team == team).limit(6)):
        ref = f"salesforce:contact:{seeded('Contact', person.id)}" if number < 4 else None
        values = (ref, team, person.id)
        tx.execute("UPDATE person SET crm_ref = ? WHERE team_id = ? AND id = ?", values)
        for text in NOTES:
            activity = activities.add(tx, team, person.id, "note", text=text)
            if ref:
                made = crm_logs.of_activities(team, [activity])[activity]
                crm_logs.settle(tx, made, "failed", cause=CAUSES[number % len(CAUSES)])
    drifts.add(tx, team, "carrier", None, person.mobile, "The carrier knew of an opt-out.")
    said = "Salesforce set do-not-text, and we did not know."
    drifts.add(tx, team, "salesforce", person.id, person.mobile, said)
    admin_reconciliation_tour.furnish(tx, team)


def crms(page: Page, go: Go, keep: Keep) -> None:
    """Look at every page of the connection, try again what failed, and sign in at it anew."""
    go(page, "CRMs")
    keep(page, "crms")
    page.get_by_role("link", name="Fields of Salesforce").click()
    page.get_by_label("Mobile").wait_for()
    keep(page, "crm-fields")
    page.get_by_label("Repline’s key").select_option("")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("looks for an activity before it tries again").first.wait_for()
    keep(page, "crm-fields-warned")
    go(page, "CRMs")
    page.get_by_role("link", name="Users of Salesforce").click()
    page.get_by_role("heading", name="Users in Salesforce", level=1).wait_for()
    keep(page, "crm-users")
    page.get_by_role("link", name="Change who").first.click()
    page.get_by_role("button", name="Ada Lindgren").first.wait_for()
    keep(page, "crm-user")
    go(page, "CRM log")
    page.get_by_text("takes no tasks").first.wait_for()
    keep(page, "crm-log")
    page.get_by_role("button", name="Try all again").click()
    page.get_by_role("dialog").wait_for()
    keep(page, "crm-log-retry")
    page.get_by_role("button", name="Cancel").click()
    page.get_by_label("State").select_option("unlinked")
    page.get_by_text("once a rep opens their record").first.wait_for()
    keep(page, "crm-log-unlinked")
    go(page, "Opt-out drift")
    keep(page, "crm-drift")
    _again(page, go, keep)


def _again(page: Page, go: Go, keep: Keep) -> None:
    go(page, "CRMs")
    page.get_by_role("button", name="Disconnect Salesforce").click()
    page.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    page.get_by_text("Salesforce is disconnected.").first.wait_for()
    keep(page, "crms-disconnected")
    page.get_by_role("button", name="Connect Salesforce").click()
    page.get_by_role("button", name="Allow").click()
    page.get_by_text("Salesforce is connected:").first.wait_for()
    keep(page, "crms-connected")
