"""What people wrote is never more than text, and never breaks what shows it."""

from playwright.sync_api import Frame, Page, expect

BOMB = (
    '<img src=x onerror="globalThis.pwned=1"><script>globalThis.pwned=1</script>'
    "<svg onload=globalThis.pwned=1>{{7*7}}${alert(1)}javascript:alert(1)"
)
RTL = "תודה \u202egnp.exe \u2066abc"


def unharmed(*places: Page | Frame) -> None:
    for place in places:
        assert place.evaluate("[globalThis.pwned, document.images.length]") == [None, 0]


def test_markup_in_texts_and_names_is_shown_as_it_was_written(rep, own_crm):
    dialogs: list[str] = []
    name = '<img src=x onerror=pwned=1> O\'Bomb & "Sons"'
    person = own_crm.person(name)
    page = rep.browser.page(person.url)
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    pane = rep.message(page, person.action)
    expect(pane.get_by_role("heading", level=2, name=name)).to_be_visible()
    rep.send(pane, BOMB)
    rep.until(lambda: person.phone.received() == [BOMB], "the text at the phone")
    person.phone.text(BOMB)
    expect(pane.locator(".said.in p")).to_have_text(BOMB)
    expect(pane.locator(".said.out p")).to_have_text(BOMB)
    expect(pane.locator(".row[aria-current] .name")).to_have_text(name)
    unharmed(page, pane)
    assert dialogs == []


def test_a_notification_says_it_as_text(rep, own_crm):
    person = own_crm.person("Nora Notified")
    person.phone.text(BOMB)
    shown = rep.notified("onerror")
    assert shown.body.startswith('<img src=x onerror="globalThis.pwned=1"><script>')


def test_words_from_right_to_left_turn_nothing_around_them(rep, own_crm):
    person = own_crm.person("נועה \u202e כהן")
    page = rep.browser.page(person.url)
    rep.offers(page, person.action)
    page.evaluate("document.documentElement.dir = 'rtl'")
    rep.browser.click_named(page, person.action)
    pane = rep.composing(page)
    rep.send(pane, RTL)
    rep.until(lambda: person.phone.received() == [RTL], "the text at the phone")
    times = pane.locator(".said.out .meta time")
    expect(times).to_be_visible()
    box = pane.locator(".list").bounding_box()
    talk = pane.locator(".talk").bounding_box()
    assert box
    assert talk
    assert box["x"] < talk["x"], "the list is still on the left"


def test_1600_characters_go_out_and_10000_are_kept_and_counted(rep, own_crm):
    person = own_crm.person("Longa Lotta")
    page = rep.browser.page(person.url)
    pane = rep.message(page, person.action)
    box = pane.get_by_role("textbox", name="Text to")
    most = "".join(f"{n:04} characters in a row. " for n in range(70))[:1600]
    box.fill(most)
    expect(pane.locator("#count")).to_contain_text("0 left · 11 messages")
    box.press("Enter")
    rep.until(lambda: person.phone.received() == [most], "all of it at the phone")

    box.focus()
    page.keyboard.insert_text("x" * 10_000)  # as a paste does
    expect(box).to_have_attribute("aria-invalid", "true")
    box.press("Enter")
    pane.get_by_role("button", name="Send", exact=True).click(force=True)
    assert len(box.input_value()) == 10_000
    box.fill("Short again")
    box.press("Enter")
    rep.until(lambda: person.phone.received() == [most, "Short again"], "the short one alone")


def test_one_word_without_an_end_does_not_widen_the_pane(rep, own_crm):
    person = own_crm.person("Donau" * 30)
    page = rep.browser.page(person.url)
    page.set_viewport_size({"width": 320, "height": 480})
    pane = rep.message(page, person.action)
    rep.send(pane, "dampfschifffahrt" * 40)
    pane.locator(".said.out").wait_for()
    assert pane.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    expect(pane.get_by_role("textbox", name="Text to")).to_be_in_viewport()
    expect(pane.get_by_role("button", name="Send", exact=True)).to_be_in_viewport()
    expect(pane.get_by_role("button", name="Close").last).to_be_in_viewport()


def test_opening_and_closing_in_a_hurry_ends_as_the_last_press_says(rep, own_crm):
    person = own_crm.person("Hasty Hal")
    page = rep.browser.page(person.url)
    pane = rep.message(page, person.action)
    for _ in range(6):
        page.keyboard.press("Escape")
        rep.browser.click_named(page, person.action)
    box = rep.composing(page).get_by_role("textbox", name="Text to Hasty Hal")
    expect(box).to_be_focused()
    page.keyboard.type("Still here")
    page.keyboard.press("Enter")
    rep.until(lambda: person.phone.received() == ["Still here"], "the text at the phone")
    assert len([f for f in page.frames if "pane.html" in f.url]) == 1
    expect(pane.locator(".said.out")).to_have_count(1)
