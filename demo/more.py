"""``make demo CHECK=1``, after the main job: pictures, schedules, licenses, STOP, the CRM, quiet
hours."""

import io
import struct
import zlib

import requests
from playwright.sync_api import FilePayload, Frame, Page

from demo.driver import Driver, Phone, Timer
from demo.logged import logged
from demo.seed import ANA, PASSWORD

LEILANI = "Message Leilani Kahale, (808) 555-0119"


def everything(driver: Driver, page: Page, pane: Frame, phone: Phone, timer: Timer) -> None:
    """``pane`` shows the conversation with ``phone``'s owner on ``page``."""
    _pictures(driver, pane, phone, timer)
    _schedule(driver, pane, phone, timer)
    _license(driver, pane, phone, timer)
    _opt_out(driver, pane, phone, timer)
    page.close()
    logged(driver, timer)
    _quiet_hours(driver, timer)


def picture(colour: tuple[int, int, int], width: int = 96, height: int = 64) -> bytes:
    """A PNG of one colour."""
    row = b"\x00" + bytes(colour) * width
    out = io.BytesIO(b"")
    out.write(b"\x89PNG\r\n\x1a\n")
    for kind, data in (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(row * height)),
        (b"IEND", b""),
    ):
        out.write(struct.pack(">I", len(data)) + kind + data)
        out.write(struct.pack(">I", zlib.crc32(kind + data)))
    return out.getvalue()


def _pictures(driver: Driver, pane: Frame, phone: Phone, timer: Timer) -> None:
    phone.text("This is the dock.", media=[("image/png", picture((214, 120, 60)))])
    pane.get_by_role("button", name="Picture").first.wait_for()
    timer.done("the prospect's picture is in the pane")
    pane.locator("input[type=file]").set_input_files(
        FilePayload(name="sheet.png", mimeType="image/png", buffer=picture((60, 120, 214)))
    )
    driver.send(pane, "And this is the sheet.")
    driver.until(lambda: phone.pictures() == 1, "the picture on the phone")
    timer.done("the rep's picture is on the prospect's phone")


def _schedule(driver: Driver, pane: Frame, phone: Phone, timer: Timer) -> None:
    """Sent two seconds from now by a program of the team, shown in the rep's pane until then."""
    api = f"{driver.stack.backend.url}/api/v1"
    signed_in = requests.post(
        f"{api}/session", json={"email": ANA, "password": PASSWORD}, timeout=10
    ).json()
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {signed_in['access_token']}"
    listed = session.get(f"{api}/conversations", timeout=10).json()["conversations"]
    conversation = next(each for each in listed if each["person"]["mobile"] == phone.number)
    body = "A reminder: Thursday at 2."
    text = {"ref": "demo-scheduled-0001", "body": body, "at": driver.now() + 2500}
    answer = session.post(
        f"{api}/conversations/{conversation['id']}/messages", json=text, timeout=10
    )
    answer.raise_for_status()
    pane.get_by_role("region", name="Scheduled texts").get_by_text(body).wait_for()
    timer.done("a scheduled text waits in the pane")
    driver.until(lambda: body in phone.received(), "the scheduled text")
    timer.done("it went out at its time")


def _license(driver: Driver, pane: Frame, phone: Phone, timer: Timer) -> None:
    box = pane.get_by_role("textbox", name="Text to")
    box.fill("Half a thought")
    driver.stack.command("license", "revoke", ANA, "messenger")
    pane.get_by_text("no messenger license").wait_for()
    pane.get_by_text("Your draft is kept").wait_for()
    timer.done("license revoked while typing: said so, draft kept")
    driver.stack.command("license", "grant", ANA, "messenger")
    box.wait_for()
    assert box.input_value() == "Half a thought", "the draft was lost"
    box.fill("")
    timer.done("granted again: the draft is back")


def _opt_out(driver: Driver, pane: Frame, phone: Phone, timer: Timer) -> None:
    phone.text("STOP")
    pane.get_by_text("You can text again when they reply START").wait_for()
    assert not pane.get_by_role("textbox", name="Text to").count(), "texting is still offered"
    timer.done("STOP: the pane no longer offers to text")
    phone.text("START")
    pane.get_by_role("textbox", name="Text to").wait_for()
    driver.send(pane, "Welcome back.")
    driver.until(lambda: "Welcome back." in phone.received(), "the text after START")
    timer.done("START: texting again")


def _quiet_hours(driver: Driver, timer: Timer) -> None:
    """It is before eight in Honolulu."""
    page = driver.open_record("/contacts/115")
    driver.offers(page, LEILANI)
    pane = driver.message(page, LEILANI)
    phone = Phone(driver.stack, "+18085550119")
    pane.get_by_role("textbox", name="Text to").fill("Good morning from Brightpath")
    pane.get_by_role("button", name="Schedule for").click()
    waiting = pane.get_by_role("region", name="Scheduled texts")
    waiting.get_by_text("Good morning from Brightpath").wait_for()
    assert not phone.received(), "a text went out in quiet hours"
    timer.done("quiet hours: scheduled for the recipient's morning with one click")
    waiting.get_by_role("button", name="Cancel").click()
    driver.until(
        lambda: not waiting.get_by_text("Good morning from Brightpath").count(), "the cancel"
    )
    timer.done("and taken back")
    page.close()
