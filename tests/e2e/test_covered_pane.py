"""A page that puts something over the pane which lets clicks through, so that a rep presses what
they do not see; and what pages, browsers and reps do that must never be taken for it."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Frame, Page

OVER = """(style) => {
  const over = document.createElement("div");
  over.id = "over"; over.popover = "manual"; over.style = style;
  document.body.append(over); over.showPopover();
}"""
LOOKED = """() => new Promise((done) => {
  const over = new IntersectionObserver(() => { over.disconnect(); done() },
    { trackVisibility: true, delay: 100 });
  over.observe(document.querySelector("dialog[open]") ?? document.documentElement);
})"""
"""Once Chrome has looked whether anything lies over the pane, or over its dialog."""
AWAY = "() => document.getElementById('over').remove()"
STYLED = """(css) => {
  const style = document.createElement("style");
  style.id = "style"; style.textContent = css; document.head.append(style);
}"""
UNSTYLED = "() => document.getElementById('style').remove()"
NONE = "pointer-events: none; border: 0; padding: 0; "

# In the top layer, where the pane is too: nothing below it is drawn over the pane.
COVERS = {
    "a picture": NONE + "width: 100%; height: 100%; background: red",
    "a hardly seen one": NONE + "width: 100%; height: 100%; background: red; opacity: 0.5",
    "a shadow from afar": NONE + "width: 9px; height: 9px; margin: 0; box-shadow: 0 0 0 3000px red",
    "an outline": NONE + "width: 9px; height: 9px; margin: 0; outline: 3000px solid red",
    "only Send": NONE + "width: 90px; height: 60px; inset: auto 24px 24px auto; margin: 0",
    "blurring glass": NONE + "width: 100%; height: 100%; backdrop-filter: blur(30px)",
}
BACKDROP = "#over::backdrop { background: red; pointer-events: none }"
TRANSITION = """::view-transition { pointer-events: none; background: red }
::view-transition-group(*), ::view-transition-new(*), ::view-transition-old(*)
{ animation-duration: 1000s; opacity: 0.01 }"""

# Below the top layer, or on elements around ours.
HARMLESS = {
    "a banner above all": "body::after { content: 'Cookies?'; position: fixed; inset: 0;"
    " z-index: 2147483647; background: red; pointer-events: none }",
    "a see-through page": ":root { opacity: 0.01 }",
    "a blurred page": ":root { filter: blur(9px) }",
    "a cut page": ":root { clip-path: inset(0 0 90% 0) }",
    "a masked page": ":root { mask: linear-gradient(#0000, #0000) }",
    "a moved page": ":root { transform: translate(40px, -700px) }",
    "a shrunken page": ":root { transform: scale(0.2) }",
    "a turned page": ":root { transform: rotate(20deg); perspective: 90px }",
    "a blended page": ":root { mix-blend-mode: multiply }",
    "a page that is about to change": ":root, body { will-change: transform, opacity, filter }",
    "styles for everything": "* { opacity: 0.1 !important; transform: scale(0.5) !important;"
    " filter: invert(1) !important; clip-path: inset(45%) !important }",
}


@pytest.fixture
def written(rep, own_crm, request):
    """A page and its pane with a draft, and whom it is to."""
    person = own_crm.person(f"Covered {request.node.name}")
    page = rep.browser.page(person.url)
    pane = rep.message(page, person.action)
    pane.get_by_role("textbox", name="Text to").fill("A draft")
    return person, page, pane


def press_send(page: Page, pane: Frame) -> None:
    """With the mouse, wherever it lands: a page that covers Send lets presses through."""
    box = pane.get_by_role("button", name="Send", exact=True).bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def covered(pane: Frame) -> None:
    pane.locator("html:not([data-clear])").wait_for()


def refused(pane: Frame) -> None:
    pane.get_by_role("alert").get_by_text("nothing was done").wait_for()
    assert pane.get_by_role("textbox", name="Text to").input_value() == "A draft"


def in_sight(pane: Frame) -> None:
    """Still, after Chrome has looked twice: it says what it has seen a tenth of a second later."""
    for _ in range(2):
        pane.evaluate(LOOKED)
    assert pane.evaluate("document.documentElement.hasAttribute('data-clear')")


def looks(page: Page) -> Image.Image:
    """The pane as it is on the screen."""
    clip = {"x": 500, "y": 180, "width": 750, "height": 590}
    return Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("RGB")


def test_presses_on_a_covered_pane_send_nothing(rep, written):
    person, page, pane = written
    for what, style in COVERS.items():
        page.evaluate(OVER, style)
        covered(pane)
        press_send(page, pane)
        refused(pane)
        page.evaluate(AWAY)
        rep.seen(pane)
        assert person.phone.received() == [], what
    # Drawn over the top layer without an element of its own there.
    page.evaluate(STYLED, BACKDROP)
    page.evaluate(OVER, "width: 0; height: 0; border: 0; padding: 0; margin: 0")
    covered(pane)
    pane.get_by_role("textbox", name="Text to").press("Enter")
    refused(pane)
    page.evaluate(AWAY)
    page.evaluate(UNSTYLED)
    page.evaluate(STYLED, TRANSITION)
    page.evaluate("() => { window.changing = document.startViewTransition(() => {}) }")
    covered(pane)
    pane.get_by_role("textbox", name="Text to").press("Enter")
    refused(pane)
    page.evaluate("changing.skipTransition()")
    # In plain sight the same key sends, once.
    rep.seen(pane)
    pane.get_by_role("textbox", name="Text to").press("Enter")
    rep.until(person.phone.received, "the one text")
    assert person.phone.received() == ["A draft"]
    assert pane.get_by_role("alert").get_by_text("nothing was done").count() == 0


def test_a_cover_that_goes_away_the_moment_before_the_press_has_covered_it(rep, written):
    person, page, pane = written
    page.evaluate(OVER, COVERS["a picture"])
    covered(pane)
    page.evaluate(AWAY)
    press_send(page, pane)
    refused(pane)
    rep.seen(pane)
    press_send(page, pane)
    rep.until(person.phone.received, "the text")
    assert person.phone.received() == ["A draft"]


def test_a_refused_press_puts_the_pane_over_what_the_page_has_on_top(rep, written):
    """For Chrome a menu in the other corner covers it too, by its see-through backdrop."""
    person, page, pane = written
    draft = pane.get_by_role("textbox", name="Text to")
    page.evaluate(OVER, "inset: 10px auto auto 10px; margin: 0; width: 90px; height: 40px")
    covered(pane)
    draft.press("Enter")
    refused(pane)
    rep.seen(pane)
    page.keyboard.press("Enter")  # in the draft still
    rep.until(person.phone.received, "the text")
    assert person.phone.received() == ["A draft"]
    # The page's dialog lets nothing else be used, so the pane stays below it.
    page.evaluate("""() => {
      const dialog = document.createElement("dialog");
      dialog.style = "width: 100%; height: 100%; max-width: none; background: red";
      document.body.append(dialog); dialog.showModal();
    }""")
    covered(pane)
    draft.fill("A draft")
    draft.press("Enter")
    refused(pane)
    # What is said after it by the same road has come: so had the word to put the pane on top.
    width = pane.evaluate("innerWidth")
    grip = pane.get_by_role("button", name="Resize: arrow keys or drag")
    grip.press("ArrowRight")
    rep.until(lambda: pane.evaluate("innerWidth") < width, "a narrower pane")
    grip.press("ArrowLeft")
    rep.until(lambda: pane.evaluate("innerWidth") == width, "the pane as it was")
    assert looks(page).getcolors() == [(750 * 590, (255, 0, 0))], "the page's dialog alone"


def test_enter_as_soon_as_the_pane_opens_is_too_early_and_nothing_else(rep, written):
    person, page, _ = written
    page.keyboard.press("Escape")
    rep.launcher(page)
    rep.browser.click_named(page, person.action)
    pane = rep.browser.pane(page)
    said = pane.get_by_role("alert").get_by_text("nothing was done")
    rep.until(lambda: page.keyboard.press("Enter") or said.count(), "a word on it")
    assert "less than half a second" in said.inner_text()


def test_in_a_window_the_draft_is_there_and_goes_out(rep, written):
    """The way out where something that means no harm lies over the pane."""
    person, page, pane = written
    page.evaluate(OVER, COVERS["only Send"])
    covered(pane)
    press_send(page, pane)
    refused(pane)
    with page.context.expect_page() as opened:
        pane.get_by_role("button", name="Open in a window").click()
    window = opened.value.main_frame
    draft = window.get_by_role("textbox", name="Text to")
    draft.wait_for()
    assert draft.input_value() == "A draft"
    rep.seen(window)
    draft.press("Enter")
    rep.until(person.phone.received, "the text from the window")


def test_what_pages_do_to_themselves_neither_hides_the_pane_nor_stops_it(rep, written):
    person, page, pane = written
    before = looks(page)
    pane.evaluate("""() => {
      window.lost = 0;
      new MutationObserver(() => { window.lost += 1 })
        .observe(document.documentElement, { attributeFilter: ["data-clear"] });
    }""")
    for what, css in HARMLESS.items():
        page.evaluate(STYLED, css)
        difference = ImageStat.Stat(ImageChops.difference(before, looks(page))).mean
        assert max(difference) < 3, f"{what}: the pane looks otherwise, {difference}"
        page.evaluate(UNSTYLED)
    assert pane.evaluate("lost") == 0
    pane.get_by_role("textbox", name="Text to").press("Enter")
    rep.until(person.phone.received, "the text")


@pytest.mark.parametrize("zoom", ["0.7", "1.5"])
def test_a_zoomed_page_stops_nothing(rep, written, zoom):
    person, page, pane = written
    page.evaluate(STYLED, f":root {{ zoom: {zoom} }}")
    rep.seen(pane)
    pane.get_by_role("textbox", name="Text to").press("Enter")
    rep.until(person.phone.received, "the text")


def test_our_own_menus_and_dialogs_cover_nothing(rep, written):
    person, page, pane = written
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    log = pane.get_by_role("region", name="Texts")
    log.press("?")
    pane.get_by_role("dialog").wait_for()
    in_sight(pane)
    pane.get_by_role("dialog").press("Escape")
    pane.get_by_role("dialog").wait_for(state="detached")
    # A time is chosen in a menu that lies over the log.
    pane.get_by_role("button", name="Send later").click()
    menu = pane.get_by_role("dialog", name="Send later")
    menu.get_by_role("button").first.wait_for()
    in_sight(pane)
    menu.press("Escape")
    menu.wait_for(state="detached")
    press_send(page, pane)
    rep.until(person.phone.received, "the text")


def test_a_text_is_filed_under_another_person_in_a_dialog_of_the_pane(rep, own_crm):
    eve, luis = (own_crm.person(name, mobile="+14705559901") for name in ("Eve Two", "Luis Two"))
    for person in (eve, luis):  # who is in Repline is offered
        pane = rep.message(rep.browser.page(person.url), person.action)
    rep.send(pane, "Hi Luis")
    rep.until(luis.phone.received, "the text at the phone")
    luis.phone.text("No, Eve speaking")
    said = pane.locator(".said.in", has_text="No, Eve speaking")
    said.hover()
    said.get_by_role("button", name="More about this text").click()
    pane.get_by_role("menuitem", name="File under another person…").click()
    box = pane.get_by_role("dialog", name="File under another person")
    box.get_by_role("button", name="Eve Two").wait_for()
    in_sight(pane)
    box.get_by_role("button", name="Eve Two").click()
    pane.get_by_text("Filed under Eve Two").wait_for()
    said.wait_for(state="detached")
