"""axe finds nothing, in what is really on the screen, light and dark."""

import pytest

from demo.browser import Browser
from demo.check import EXTENSION, MESSAGE_MAYA
from demo.driver import Driver
from tests.e2e.conftest import close_all


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_say(playwright, stack, desktop, scheme):
    with Browser(playwright, EXTENSION, desktop=desktop, colour_scheme=scheme) as browser:
        rep = Driver(browser, stack, desktop)
        options = browser.extension_page("options.html")
        options.get_by_label("Password").wait_for()
        assert browser.axe(options) == []
        options.get_by_role("button", name="Sign in").click()
        options.get_by_text("Enter the address of your Repline server.").wait_for()
        assert browser.axe(options) == []
        options.close()
        page = rep.open_record("/contacts/101")
        rep.offers(page, "Message Maya Okonkwo")
        assert browser.axe(page) == []
        options = rep.sign_in()
        assert browser.axe(options) == []

        page.bring_to_front()
        rep.offers(page, MESSAGE_MAYA)
        assert browser.axe(page) == []
        inactive = rep.open_record("/contacts/109")
        rep.offers(inactive, "Message Priya Ashworth")
        browser.hover_named(inactive, "Message Priya Ashworth")
        reason = "Texting works with US and Canadian mobiles; this one is in the United Kingdom"
        rep.until(lambda: browser.named(inactive, reason, "tooltip"), "its reason")
        assert browser.axe(inactive) == []
        asking = rep.open_record("/contacts/110")
        rep.offers(asking, "Message Tom Whitaker")
        browser.click_named(asking, "Message Tom Whitaker")
        rep.until(lambda: browser.named(asking, "(206) 555-0150 Office", "menuitem"), "its menu")
        assert browser.axe(asking) == []

        page.bring_to_front()
        pane = rep.message(page, MESSAGE_MAYA)
        rep.send(pane, "Said")
        pane.locator(".said.out", has_text="Delivered").first.wait_for()
        assert browser.axe(page) == []
        assert browser.axe(pane) == []
        close_all(rep)
