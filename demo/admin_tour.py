"""The part of the tour that goes through texting: numbers, opt-outs, and what is watched."""

from collections.abc import Callable

from playwright.sync_api import FilePayload, Page

Keep = Callable[[Page, str], None]
Go = Callable[[Page, str], None]
LIST = b"mobile,kind,note\n(404) 555-0193,opted_out,By mail\n404-555,do_not_text,\n"


def texting(page: Page, go: Go, keep: Keep) -> None:
    """Read the numbers, take a list in, add by hand, and look at everything that is watched."""
    go(page, "Numbers")
    page.get_by_role("button", name="Read from the carrier now").click()
    page.get_by_role("heading", name="Read from the carrier", level=1).wait_for()
    keep(page, "numbers-read")
    go(page, "Numbers")
    page.get_by_label("Telephone number").fill("555")
    page.get_by_role("button", name="Look up").click()
    page.get_by_text("Write it as (404) 555-0187.").first.wait_for()
    keep(page, "numbers-wrong")
    page.get_by_label("Telephone number").fill("404-555-0187")
    page.get_by_role("button", name="Look up").click()
    page.get_by_text("(404) 555-0187 is a mobile.").first.wait_for()
    page.get_by_role("link", name="(404) 555-0123").click()
    page.get_by_role("heading", name="(404) 555-0123", level=1).wait_for()
    keep(page, "number")
    go(page, "A2P")
    keep(page, "a2p")
    _opt_outs(page, go, keep)
    watched = ("Deliverability", "Usage and cost", "Queues", "In doubt", "Quarantine")
    for title in ("CRMs", "CRM log", "Opt-out drift", *watched):
        go(page, title)
        keep(page, title.lower().replace(" ", "-"))


def _opt_outs(page: Page, go: Go, keep: Keep) -> None:
    go(page, "Opt-outs")
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("File").set_input_files(
        FilePayload(name="list.csv", mimeType="text/csv", buffer=LIST)
    )
    keep(page, "import")
    page.get_by_role("button", name="Import").click()
    page.get_by_role("heading", name="Rows that were not loaded").wait_for()
    keep(page, "imported")
    go(page, "Restrictions")
    keep(page, "restrictions-before")
    page.get_by_role("link", name="Add").click()
    page.get_by_label("Mobile").fill("404")
    page.get_by_label("What holds").select_option("do_not_text")
    page.get_by_label("Note").fill("Asked on the phone")
    page.get_by_role("button", name="Add").click()
    page.get_by_text("One field needs another look").first.wait_for()
    keep(page, "opt-out-wrong")
    page.get_by_label("Mobile").fill("(404) 555-0194")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("heading", name="Restrictions", level=1).wait_for()
    page.get_by_text("(404) 555-0194").first.wait_for()
    keep(page, "restrictions")
    page.get_by_role("link", name="(404) 555-0194").click()
    page.get_by_role("heading", name="(404) 555-0194", level=1).wait_for()
    keep(page, "mobile")
    go(page, "Opt-outs")
    keep(page, "opt-outs")
    page.get_by_role("link", name="End the opt-out of (404) 555-0193").click()
    page.get_by_role("button", name="End the opt-out").click()
    page.get_by_text("Say how they consented anew").first.wait_for()
    keep(page, "opt-out-end-wrong")
    page.get_by_label("How they consented anew").fill("They called")
    page.get_by_role("button", name="End the opt-out").click()
    page.get_by_text("(404) 555-0193 may be texted again.").first.wait_for()


def programs(page: Page, go: Go, keep: Keep) -> None:
    """Make a key and a hook, see what is wrong with them at first, and look at both."""
    go(page, "API keys")
    keep(page, "api-keys-before")
    page.get_by_role("link", name="Make").first.click()
    page.get_by_label("read: ").uncheck()
    page.get_by_role("button", name="Make the key").click()
    page.get_by_text("2 fields need another look").first.wait_for()
    keep(page, "api-key-wrong")
    page.get_by_label("Name").fill("Nightly report")
    page.get_by_label("Acts for").select_option(label="Ana Ruiz (ana@brightpath.example)")
    page.get_by_label("read: ").check()
    page.get_by_role("button", name="Make the key").click()
    page.get_by_label("Key").wait_for()
    keep(page, "api-key")
    page.get_by_role("link", name="Done").click()
    page.get_by_role("button", name="Revoke Nightly report").first.wait_for()
    keep(page, "api-keys")
    go(page, "Hooks")
    keep(page, "hooks-before")
    page.get_by_role("link", name="Add").first.click()
    page.get_by_label("Address").fill("ftp://reports.brightpath.example")
    page.get_by_role("button", name="Add").click()
    page.get_by_text("This is no address that we can call").first.wait_for()
    keep(page, "hook-wrong")
    page.get_by_label("Address").fill("https://reports.brightpath.example/texts")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("heading", name="Hook", level=1).wait_for()
    keep(page, "hook")
    go(page, "Hooks")
    keep(page, "hooks")
