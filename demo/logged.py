"""``make demo CHECK=1``: texts from a page of the connected Salesforce become activities there."""

from typing import Any

from playwright.sync_api import Page

from demo.driver import Driver, Phone, Timer
from simulator.crms.salesforce.seed import seeded

EVE = "Message Eve Sandoval, (512) 555-0118"
CONTACT, OPPORTUNITY = 104, 102
EVES_PAGE = f"/lightning/r/Contact/{seeded('Contact', CONTACT)}/view"
SENT, RECEIVED = "Shall I send the fleet quote again?", "Please do, the first one got lost."


def logged(driver: Driver, timer: Timer) -> None:
    """Eve Sandoval is the contact of an open opportunity."""
    page = _record(driver)
    driver.offers(page, EVE)
    timer.done("a Salesforce page, told by the table that the backend gave")
    pane = driver.message(page, EVE)
    phone = Phone(driver.stack, "+15125550118")
    driver.send(pane, SENT)
    driver.until(lambda: SENT in phone.received(), "the text on the phone")
    phone.text(RECEIVED)
    pane.get_by_text(RECEIVED).last.wait_for()
    driver.until(lambda: len(_activities(driver)) == 2, "two activities in Salesforce")
    sent, received = _activities(driver)
    assert (sent["Description"], received["Description"]) == (SENT, RECEIVED), "other words"
    for each in (sent, received):
        assert each["WhoId"] == seeded("Contact", CONTACT), "another person's"
        assert each["WhatId"] == seeded("Opportunity", OPPORTUNITY), "not with the opportunity"
    timer.done("both texts are activities in Salesforce, with the opportunity")
    pane.get_by_role("link", name="Logged to Salesforce under Casa Verde").last.wait_for()
    timer.done("the bubble says so")
    page.close()
    page = _record(driver)
    page.get_by_text(RECEIVED).first.wait_for()
    timer.done("and they are on Salesforce's page of the person")
    page.close()


def _record(driver: Driver) -> Page:
    page = driver.browser.page(f"{driver.stack.connected.url}{EVES_PAGE}")
    page.bring_to_front()
    return page


def _activities(driver: Driver) -> list[dict[str, Any]]:
    """What was logged through the API, in its order."""
    return [each["fields"] for each in driver.stack.logged() if each["by"] == "api"]
