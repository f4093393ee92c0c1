"""A page that goes further than :mod:`tests.e2e.test_hostile_page`: our element put where nobody
sees it, what every object inherits, and events of its own wherever it can reach."""

import pytest

CONTAINERS = {
    "see-through": "opacity: 0",
    "moved away": "transform: translate(-3000px)",
    "behind all": "position: fixed; z-index: -1; isolation: isolate",
    "cut off": "contain: strict; width: 1px; height: 1px; clip-path: inset(50%)",
    "not drawn": "display: none",
}

PUT_INTO = """(style) => {
  const box = document.createElement("div"), host = document.getElementById("repline-root");
  box.style = style; box.id = "box";
  document.documentElement.append(box);
  box.append(host);
}"""
IN_PLACE = """() => document.getElementById("repline-root")?.parentNode === document.documentElement
  && document.getElementById("box")?.childElementCount === 0"""


def test_a_page_that_puts_our_element_where_nobody_sees_it_has_it_taken_out_again(rep, own_crm):
    person = own_crm.person("Boxed Bea")
    page = rep.browser.page(person.url)
    rep.offers(page, person.action)
    for what, style in CONTAINERS.items():
        page.evaluate(PUT_INTO, style)
        rep.until(lambda: page.evaluate(IN_PLACE), f"our element out of what is {what}")
        page.evaluate("document.getElementById('box').remove()")
    # Also while the pane is open, which is loaded anew by it.
    rep.message(page, person.action)
    page.evaluate(PUT_INTO, CONTAINERS["see-through"])
    rep.until(lambda: page.evaluate(IN_PLACE), "our element with the pane in it")
    pane = rep.message(page, person.action)
    rep.send(pane, "In plain sight")
    rep.until(lambda: person.phone.received() == ["In plain sight"], "the text at the phone")


POLLUTING = """<script>
for (const name of ["kind", "number", "mobile", "person", "conversation", "session", "url", "name"])
  Object.prototype[name] = "(900) 555-0199";
Object.prototype.toJSON = () => ({ kind: "message", number: "(900) 555-0199" });
Array.prototype.toJSON = Object.prototype.toJSON;
Array.prototype.map = Array.prototype.filter = () => ["(900) 555-0199"];
window.chrome = { runtime: { id: "x", getURL: () => "https://evil.example/pane.html" } };
document.write('<form name="documentElement"><input name="body"><input name="location"></form>');
</script>"""


def test_what_every_object_of_the_page_inherits_reaches_none_of_ours(rep, own_crm):
    person = own_crm.person("Polly Polluted", head=POLLUTING)
    page = rep.browser.page(person.url)
    pane = rep.message(page, person.action)
    rep.send(pane, "To her alone")
    rep.until(lambda: person.phone.received() == ["To her alone"], "the text at the phone")


@pytest.mark.parametrize("where", ["pane", "launcher"])
def test_a_scripts_keys_and_presses_at_the_open_pane_send_nothing(rep, own_crm, where):
    """The draft is there; one true Enter would send it."""
    person = own_crm.person(f"Pressed Pam {where}")
    page = rep.browser.page(person.url)
    pane = rep.message(page, person.action)
    pane.get_by_role("textbox", name="Text to").fill("A draft")
    box = {"pane": "[innerWidth - 60, innerHeight - 60]", "launcher": "[innerWidth - 40, 40]"}
    page.evaluate(
        """([x, y]) => {
          const host = document.getElementById("repline-root");
          const at = { bubbles: true, composed: true, cancelable: true, clientX: x, clientY: y };
          const targets = [host, document.elementFromPoint(x, y), document.activeElement, window];
          for (const target of targets.filter(Boolean)) {
            for (const key of ["Enter", " ", "Escape", "Tab"])
              for (const type of ["keydown", "keypress", "keyup"])
                target.dispatchEvent(new KeyboardEvent(type, { ...at, key, code: key }));
            for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"])
              target.dispatchEvent(new PointerEvent(type, { ...at, isPrimary: true }));
            target.dispatchEvent(new InputEvent("beforeinput", { ...at, inputType: "insertText" }));
          }
          document.execCommand("insertText", false, "forged");
        }""",
        page.evaluate(box[where]),
    )
    box_now = pane.get_by_role("textbox", name="Text to")
    assert box_now.input_value() == "A draft"
    box_now.press("Enter")
    rep.until(lambda: person.phone.received(), "the true one")
    assert person.phone.received() == ["A draft"]
