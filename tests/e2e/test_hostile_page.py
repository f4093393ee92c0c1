"""A CRM page that wants more than it is given: to see texts, to press, to hide, to break."""

import re

import pytest
from playwright.sync_api import Frame, Page

from demo.driver import Driver
from tests.e2e.own_crm import OwnCrm, Person

SECRET = "the price is forty"

# Whatever a page's script can get hold of, as one string: every object reachable from its window
# by properties, the document with what the accessors give of shadow roots, frames and entries.
REACHABLE = """() => {
  const seen = new Set(), said = [];
  const todo = [window, document, ...document.querySelectorAll("*")];
  while (todo.length && seen.size < 60_000) {
    const at = todo.pop();
    if (typeof at === "string") { said.push(at); continue; }
    if ((typeof at !== "object" && typeof at !== "function") || !at || seen.has(at)) continue;
    seen.add(at);
    try { todo.push(...at.childNodes, at.shadowRoot, at.contentWindow, at.nodeValue); } catch {}
    for (let owner = at; owner; owner = Object.getPrototypeOf(owner)) {
      for (const key of Reflect.ownKeys(owner)) {
        if (/^(on|webkitStorageInfo|localStorage$|sessionStorage$)/.test(String(key))) continue;
        try { todo.push(at[key]); } catch {}
      }
    }
  }
  for (const store of [localStorage, sessionStorage]) said.push(JSON.stringify({ ...store }));
  said.push(JSON.stringify(performance.getEntries()), document.documentElement.outerHTML);
  return { text: said.join("\\n"), objects: seen.size, frames: window.length };
}"""

SPIES = """<script>
window.posted = []; addEventListener("message", (e) => posted.push(e.data));
window.internals = [];
customElements.define("repline-root", class extends HTMLElement {
  constructor() { super(); internals.push(this.attachInternals()); }
});
window.roots = [];
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) {
  const root = attach.call(this, { ...init, mode: "open" }); roots.push(root); return root;
};
window.violations = [];
document.addEventListener("securitypolicyviolation", (e) => violations.push(e.blockedURI));
new PerformanceObserver((l) => posted.push(...l.getEntries().map((e) => e.name)))
  .observe({ type: "resource", buffered: true });
</script>"""


@pytest.fixture
def opened(rep: Driver, own_crm: OwnCrm):
    """(person, page, pane) with a text in the open conversation."""

    def opened(name: str, **page_of: object) -> tuple[Person, Page, Frame]:
        person = own_crm.person(name, **page_of)
        page = rep.browser.page(person.url)
        pane = rep.message(page, person.action)
        rep.send(pane, SECRET)
        pane.locator(".said.out", has_text=SECRET).wait_for()
        return person, page, pane

    return opened


# Seeing


def test_no_text_can_be_reached_from_the_page(rep, opened):
    person, page, pane = opened("Spy Sally", head=SPIES)
    person.phone.text("A secret answer")
    pane.locator(".said.in").wait_for()
    reached = page.evaluate(REACHABLE)
    assert reached["objects"] > 5_000
    assert "Spy Sally" in reached["text"], "the search finds what is there"
    for kept in (SECRET, "A secret answer", "chrome-extension://"):
        assert kept not in reached["text"]
    assert reached["frames"] == 0
    seen = "[posted, violations, internals.length, roots.length]"
    assert page.evaluate(seen) == [[], [], 0, 0]


def test_one_node_is_all_that_the_page_gets(rep, own_crm, browser):
    person = own_crm.person("Plain Paul")
    with_us = rep.browser.page(person.url)
    rep.offers(with_us, person.action)
    without = browser.new_page()
    without.goto(person.url)
    added = with_us.content().replace('<div id="repline-root"></div>', "", 1)
    assert added == without.content()
    own = "Object.getOwnPropertyNames(window).sort().join()"
    assert with_us.evaluate(own) == without.evaluate(own)
    without.close()


def test_neither_page_nor_content_script_finds_a_token(rep, opened):
    _, page, _ = opened("Token Tom")
    stored = page.evaluate(
        """async () => [
          Object.keys(localStorage), Object.keys(sessionStorage), document.cookie,
          await indexedDB.databases(), await caches.keys(),
          await navigator.serviceWorker.getRegistrations(), typeof chrome?.storage,
        ]"""
    )
    assert stored == [[], [], "", [], [], [], "undefined"]
    local = rep.browser.control.evaluate("chrome.storage.local.get(null)")
    assert local == {}
    session = rep.browser.content_script(page, "chrome.storage.session.get(null).catch(String)")
    assert "not allowed" in session
    assert rep.browser.content_script(page, "indexedDB.databases()") == []


# Pressing


def test_a_scripts_clicks_keys_and_messages_do_nothing(rep, own_crm):
    person = own_crm.person("Click Clara")
    page = rep.browser.page(person.url)
    rep.offers(page, person.action)
    page.evaluate(
        """() => {
          const host = document.getElementById("repline-root");
          const at = { bubbles: true, composed: true, clientX: 1100, clientY: 110 };
          for (const target of [host, document.elementFromPoint(1100, 110), document, window]) {
            for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"])
              target.dispatchEvent(new PointerEvent(type, at));
            target.dispatchEvent(new KeyboardEvent("keydown", { ...at, key: "Enter" }));
            target.click?.();
          }
          host.focus();
          for (const said of [{ kind: "message" }, { kind: "open_pane", url: "pane.html" }])
            postMessage(said, "*");
        }"""
    )
    # The worker has heard everything that came before this: a pane would be there first.
    rep.browser.click_named(page, rep.launcher(page))
    pane = rep.browser.pane(page)
    pane.get_by_role("heading", name="Inbox").wait_for()
    assert pane.get_by_role("textbox", name="Text to").count() == 0


def test_the_pane_takes_no_messages_from_the_page_it_is_in(rep, opened):
    person, _, pane = opened("Post Petra")
    # As if it had the window: sent with the debugger's help to where no script of a page reaches.
    pane.evaluate(
        """() => {
          for (const kind of ["send", "target", "session", "close", "hello"])
            postMessage({ kind, ref: "forged-0001", conversation: 1, body: "forged" }, "*");
        }"""
    )
    rep.send(pane, "Real")
    rep.until(lambda: len(person.phone.received()) == 2, "the real text")
    assert person.phone.received() == [SECRET, "Real"]


def test_a_page_that_frames_the_pane_itself_gets_a_blank_one(rep, opened, own_crm):
    _, first, real = opened("Frame Fred")
    address, nonce = frame_address(rep, first), real.url.partition("#")[2]
    thief = rep.browser.page(own_crm.person("Thief").url)
    thief.evaluate(
        """(stolen) => {
          for (const src of stolen) {
            const frame = document.createElement("iframe");
            document.body.append(Object.assign(frame, { src }));
          }
        }""",
        [address, f"{address}#{nonce}"],
    )
    rep.until(lambda: len(thief.frames) == 3, "both frames")
    for frame in thief.frames[1:]:
        frame.locator("#pane").wait_for(state="attached")
        # It has tried several times by then.
        rep.until(lambda frame=frame: frame.evaluate("performance.now() > 900"), "its tries")
        assert frame.locator("body").inner_text() == ""
        assert frame.locator("#pane > *").count() == 0


def frame_address(rep: Driver, page: Page) -> str:
    """The pane's address of this session, which no page is told, as our content script has it."""
    url = rep.browser.content_script(page, "chrome.runtime.getURL('pane.html')")
    assert re.fullmatch(r"chrome-extension://[0-9a-f-]{36}/pane\.html", url)
    assert rep.browser.id not in url
    return str(url)


def test_the_extensions_well_known_address_opens_nothing(rep, own_crm):
    page = rep.browser.page(own_crm.person("Guess Gus").url)
    for path in ("pane.html", "options.html", "manifest.json", "dist/worker.js"):
        answered = page.evaluate(
            "(url) => fetch(url).then(() => 'open', () => 'shut')", f"{rep.browser.origin}/{path}"
        )
        assert answered == "shut"


# Hiding and breaking

HIDING = """<style>
#repline-root, body ~ * { display: none; opacity: 0; visibility: hidden !important;
  transform: translateX(-3000px) scale(0); filter: opacity(0); clip-path: inset(50%);
  pointer-events: none !important; --blue: transparent; --blue-ink: transparent; --bg: #000 }
</style>"""


def test_styles_of_the_page_do_not_hide_the_button_from_under_the_pointer(rep, own_crm):
    person = own_crm.person("Overlay Olga", head=HIDING)
    page = rep.browser.page(person.url)
    rep.offers(page, person.action)
    page.evaluate(
        "document.getElementById('repline-root').style.cssText = 'all: unset !important;"
        " opacity: 0 !important; display: none !important; transform: scale(0) !important'"
    )
    style = "getComputedStyle(document.getElementById('repline-root'))"
    assert page.evaluate(f"[{style}.opacity, {style}.transform]") == ["1", "none"]
    rep.message(page, person.action)


def test_a_page_that_throws_us_out_gets_us_back(rep, own_crm):
    person = own_crm.person("Remove Rita")
    page = rep.browser.page(person.url)
    rep.offers(page, person.action)
    for _ in range(3):
        page.evaluate("document.getElementById('repline-root').remove()")
        rep.offers(page, person.action)
    page.evaluate("document.body.replaceWith(document.body.cloneNode(true))")
    rep.message(page, person.action)


def test_a_pane_that_is_thrown_out_comes_back_with_its_conversation_and_draft(rep, own_crm):
    person = own_crm.person("Render Rhea")
    page = rep.browser.page(person.url)
    rep.message(page, person.action).get_by_role("textbox", name="Text to").fill("Half a w")
    page.evaluate("document.getElementById('repline-root').remove()")
    # Not before the old frame is gone.
    rep.until(lambda: len(page.frames) == 2 and page.frames[1].is_visible("h1"), "a new pane")
    pane = rep.composing(page)
    assert pane.get_by_role("textbox", name=f"Text to {person.name}").input_value() == "Half a w"


MEDDLING = """<script>
const wrong = "(900) 555-0199";
for (const name of ["querySelector", "querySelectorAll", "closest", "matches"])
  Element.prototype[name] = Document.prototype[name] = () => { throw new Error("no"); };
Object.defineProperty(Node.prototype, "textContent", { get: () => wrong });
Object.defineProperty(Element.prototype, "nextElementSibling", { get: () => null });
Element.prototype.checkVisibility = () => false;
JSON.stringify = () => wrong;
String.prototype.trim = () => wrong;
Object.defineProperty(Event.prototype, "isTrusted", { get: () => true });
crypto.randomUUID = () => "00000000-0000-4000-8000-000000000000";
</script>"""


def test_what_a_page_does_to_its_own_javascript_changes_nothing_that_we_read(rep, own_crm):
    person = own_crm.person("Proto Prue", head=MEDDLING)
    page = rep.browser.page(person.url)
    pane = rep.message(page, person.action)
    rep.send(pane, "Right number")
    rep.until(lambda: person.phone.received() == ["Right number"], "the text at the phone")


STRICT = {
    "Content-Security-Policy": "default-src 'none'; frame-src 'none'; child-src 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; sandbox "
    "allow-scripts allow-same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "clipboard-write=(), fullscreen=()",
    "X-Frame-Options": "DENY",
}


def test_the_strictest_policies_of_a_page_do_not_concern_us(rep, own_crm):
    person = own_crm.person("Strict Stan", headers=STRICT)
    page = rep.browser.page(person.url)
    pane = rep.message(page, person.action)
    rep.send(pane, "Past the guards")
    rep.until(lambda: person.phone.received() == ["Past the guards"], "the text at the phone")


def test_a_page_that_zooms_itself_has_the_whole_pane_in_view(rep, own_crm):
    person = own_crm.person("Zoom Zed", head="<style>html { zoom: 2 }</style>")
    page = rep.browser.page(person.url)
    pane = rep.message(page, person.action)
    width, height = pane.evaluate("[innerWidth, innerHeight]")
    assert 2 * width <= 1280
    assert 2 * height <= 800
