"""``make demo CHECK=1``: texts from a Salesforce page, which become activities there."""

from demo.driver import Driver, Timer
from simulator.crms.salesforce.seed import seeded

INES = "Message Ines Carvalho, (305) 555-0142"
SENT, RECEIVED = "Shall I send the fleet quote again?", "Please do, the first one got lost."


def logged(driver: Driver, timer: Timer) -> None:
    """Ines is the contact of an open opportunity."""
    contact = 104
    page = driver.browser.page(
        f"{driver.stack.connected.url}/lightning/r/Contact/{seeded('Contact', contact)}/view"
    )
    page.bring_to_front()
