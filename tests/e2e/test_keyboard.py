"""Everything without a mouse."""

from playwright.sync_api import Page, expect

from demo.driver import Driver


def tab_to(rep: Driver, page: Page, name: str) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        found = rep.browser.named(page, name)
        if found and found.properties.get("focused"):
            return
    raise AssertionError(f"Tab does not reach {name!r}")


def test_message_is_reached_pressed_answered_and_left_by_keys_alone(rep, own_crm):
    person = own_crm.person("Kay Keys")
    page = rep.browser.page(person.url)
    rep.offers(page, person.action)
    tab_to(rep, page, person.action)
    page.keyboard.press("Enter")
    pane = rep.composing(page)
    box = pane.get_by_role("textbox", name="Text to Kay Keys")
    expect(box).to_be_focused()
    page.keyboard.type("By keys")
    page.keyboard.press("Enter")
    rep.until(lambda: person.phone.received() == ["By keys"], "the text at the phone")
    expect(box).to_be_focused()

    pane.locator(".row[aria-current]").focus()
    page.keyboard.press("ArrowDown")
    expect(pane.locator(".row[aria-current]")).not_to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(pane.locator(".row[aria-current]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(box).to_be_focused()

    page.keyboard.press("Escape")
    rep.until(
        lambda: (
            (button := rep.browser.named(page, person.action)) and button.properties.get("focused")
        ),
        "the focus back on Message",
    )
    assert not pane.is_visible("body")
    page.keyboard.press("Space")
    expect(box).to_be_focused()


def test_the_launcher_opens_the_list_and_gets_the_focus_back(rep, own_crm):
    page = rep.browser.page(own_crm.person("Lana Launch").url)
    name = rep.launcher(page)
    tab_to(rep, page, name)
    page.keyboard.press("Enter")
    pane = rep.browser.pane(page)
    expect(pane.locator(".row:focus")).to_have_count(1)
    page.keyboard.press("Escape")
    rep.until(
        lambda: (button := rep.browser.named(page, name)) and button.properties.get("focused"),
        "the focus back on the launcher",
    )


def test_the_pane_is_resized_by_arrows_and_the_size_is_kept(rep, own_crm):
    person = own_crm.person("Rex Wider")
    page = rep.browser.page(person.url)
    pane = rep.message(page, person.action)
    before = pane.evaluate("innerWidth")
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        found = pane.evaluate("document.activeElement.getAttribute('aria-label') ?? ''")
        if "esize" in found:
            break
    page.keyboard.press("ArrowRight")
    rep.until(lambda: pane.evaluate("innerWidth") < before, "a narrower pane")
    narrower = pane.evaluate("innerWidth")
    other = rep.message(rep.browser.page(person.url), person.action)
    assert other.evaluate("innerWidth") == narrower
    page.bring_to_front()
    page.keyboard.press("ArrowLeft")
    rep.until(lambda: pane.evaluate("innerWidth") == before, "its width again")
