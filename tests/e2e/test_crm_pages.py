"""Pages in the shape of Salesforce, HubSpot and Dynamics 365, under their own host names: the right
person, the right number, and nothing where there is none."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright

from demo.browser import Desktop
from demo.driver import Phone
from demo.stack import Stack
from tests.e2e.conftest import close_all
from tests.e2e.shaped import Rep, shaped_browser
from tests.pages.people import CRMS, Crm
from tests.pages.serving import LOOK_ALIKE

SECRET = "the price is forty"


@pytest.fixture(scope="module")
def signed_in_on_crms(
    playwright: Playwright,
    stack: Stack,
    desktop: Desktop,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Rep]:
    heads: dict[str, str] = {}
    folder = tmp_path_factory.mktemp("pages")
    with shaped_browser(playwright, desktop, folder, heads) as browser:
        rep = Rep(browser, stack, desktop, heads)
        rep.sign_in().close()
        yield rep


@pytest.fixture
def rep(signed_in_on_crms: Rep) -> Iterator[Rep]:
    yield signed_in_on_crms
    signed_in_on_crms.heads.clear()
    close_all(signed_in_on_crms)


@pytest.fixture(params=CRMS.values(), ids=lambda crm: crm.name)
def crm(request: pytest.FixtureRequest) -> Crm:
    return request.param


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def known_as(rep: Rep, name: str) -> list[tuple[str, str, str]]:
    """(crm_ref, mobile, account) of the team's people of this name."""
    return rep.browser.control.evaluate(
        """async (name) => {
          const { conversations } = await chrome.storage.session.get("conversations");
          return conversations.map(({ person }) => person).filter((one) => one.name === name)
            .map(({ crm_ref, mobile, account }) => [crm_ref, mobile, account]);
        }""",
        name,
    )


def test_a_record_offers_a_text_to_its_own_mobile_and_it_arrives(rep, crm):
    person = crm.people[0]
    page = rep.open(crm.url(person.path))
    pane = rep.message(page, person.action)
    rep.send(pane, f"Hello {person.name}")
    digits = "+1" + "".join(filter(str.isdigit, person.mobile))
    phone = Phone(rep.stack, digits)
    rep.until(lambda: phone.received() == [f"Hello {person.name}"], "the text at the phone")
    rep.until(lambda: known_as(rep, person.name), "the conversation")
    assert known_as(rep, person.name) == [[person.ref, digits, crm.account_name]]


def test_a_record_without_a_mobile_asks_and_never_guesses(rep, crm):
    person = crm.people[1]
    page = rep.open(crm.url(person.path))
    if crm.name == "dynamics":
        why = "No mobile number on this page"  # its only number has an extension
        rep.until(lambda: rep.offers(page, person.action).description == why, why)
        return
    rep.until(lambda: not rep.offers(page, person.action).disabled, person.action)
    rep.browser.click_named(page, person.action)
    choice = f"{person.phone} Phone"
    if crm.name == "hubspot":
        choice = f"{person.phone} Phone number"
    rep.until(lambda: rep.browser.named(page, choice, "menuitem"), choice)


def test_the_action_follows_the_page_and_never_shows_the_record_before(rep, crm):
    """From a mobile to none to another one, back and on, while old numbers are still there."""
    with_mobile, without, lead = crm.people
    page = rep.open(crm.url(with_mobile.path))
    rep.offers(page, with_mobile.action)
    follow(page, "Contacts")
    follow(page, without.name)
    rep.offers(page, without.action)
    assert rep.offered(page) == without.action
    page.go_back()
    follow(page, lead.name)
    rep.offers(page, lead.action)
    page.go_back()
    page.go_back()
    rep.offers(page, with_mobile.action)
    if crm.name == "salesforce":
        assert page.locator("section.tab").count() == 4, "the trap is set: all are still there"


def test_quick_moves_end_at_the_last_record(rep, crm):
    first, without, lead = crm.people
    page = rep.open(crm.url(first.path))
    rep.offers(page, first.action)
    seen: set[str] = set()
    for person in (without, lead, without, first, lead):
        page.evaluate(
            "(path) => { history.pushState(null, '', path); dispatchEvent(new Event('popstate')) }",
            person.path,
        )
        for _ in range(4):
            seen.add(rep.offered(page))
    rep.until(lambda: seen.add(rep.offered(page)) or lead.action in seen, "the last record")
    wrong = {f"Message {a.name}, {b.mobile}" for a in crm.people for b in crm.people if a is not b}
    assert not seen & wrong


def test_a_list_offers_nothing_until_the_rep_asks_about_a_chosen_row(rep, crm):
    person = crm.people[2]
    page = rep.open(crm.url(crm.list))
    page.get_by_role("table", name="Contacts").wait_for()
    launcher = rep.launcher(page)
    assert rep.offered(page) == ""
    rep.browser.click_named(page, launcher)
    rep.browser.pane(page).get_by_role("heading", name="Inbox").wait_for()
    assert rep.offered(page) == "", "asked about nobody"
    page.get_by_role("checkbox", name=f"Select {person.name}").check()
    rep.browser.trigger_action(page)
    rep.offers(page, person.action)
    page.get_by_role("checkbox", name=f"Select {person.name}").uncheck()
    follow(page, crm.people[1].name)
    rep.offers(page, crm.people[1].action)


def test_records_that_are_no_people_offer_those_of_their_account(rep, crm):
    first = crm.people[0]
    page = rep.open(crm.url(first.path))
    rep.message(page, first.action)  # who is in Repline is offered
    for path, name in (
        (crm.account, crm.account_name),
        (crm.opportunity, "Twelve vans"),
        (crm.task, "Send the sheet"),
    ):
        page.goto(crm.url(path))
        action = f"Message people of {name}"
        rep.offers(page, action)
        rep.browser.click_named(page, action)
        choice = f"{first.name} {first.mobile}"
        rep.until(lambda choice=choice: rep.browser.named(page, choice, "menuitem"), choice)


def test_a_page_that_throws_us_out_gets_us_back(rep, crm):
    person = crm.people[0]
    page = rep.open(crm.url(person.path))
    for _ in range(2):
        rep.offers(page, person.action)
        page.evaluate("document.getElementById('repline-root').remove()")
    rep.offers(page, person.action)


# Promise 11: nothing of a CRM's page executes, and nothing of a text gets into it


HTML_NAME = "<img src=x onerror='window.owned=1'><b>Ada</b>"

MEDDLING = """<script>
const wrong = "(900) 555-0199";
window.roots = [];
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) {
  const root = attach.call(this, init);
  roots.push(this.id || this.localName);
  return root;
};
addEventListener("load", () => {
  for (const name of ["querySelector", "querySelectorAll", "closest", "matches"])
    Element.prototype[name] = () => { throw new Error("no"); };
  for (const name of ["querySelectorAll", "getElementById"])
    Document.prototype[name] = () => { throw new Error("no"); };
  Object.defineProperty(HTMLInputElement.prototype, "value", { get: () => wrong });
  Element.prototype.checkVisibility = () => true;
  JSON.parse = JSON.stringify = () => wrong;
  URL.parse = () => new URL("https://evil.example");
  String.prototype.replace = String.prototype.trim = () => wrong;
});
</script>"""


def test_a_name_that_is_html_is_shown_as_it_is_written(rep, crm):
    rep.heads["name"] = HTML_NAME
    person = crm.people[0]
    page = rep.open(crm.url(person.path))
    action = f"Message {HTML_NAME}, {person.mobile}"
    rep.offers(page, action)
    pane = rep.message(page, action)
    pane.get_by_role("heading", name=HTML_NAME).wait_for()
    assert pane.locator("b:text('Ada'), img[src=x]").count() == 0
    assert page.evaluate("window.owned") is None


def test_what_a_page_does_to_its_own_javascript_changes_nothing_that_we_read(rep, crm):
    rep.heads[crm.host] = MEDDLING
    person = crm.people[0]
    page = rep.open(crm.url(person.path))
    pane = rep.message(page, person.action)
    rep.send(pane, SECRET)
    pane.locator(".said.out", has_text=SECRET).first.wait_for()
    assert SECRET not in page.evaluate("document.documentElement.outerHTML")
    assert "repline-root" not in page.evaluate("roots"), "our root is not the page's"


def test_a_look_alike_host_is_no_crm(rep):
    crm = CRMS["salesforce"]
    page = rep.open(f"https://{LOOK_ALIKE}{crm.people[0].path}")
    page.locator("records-highlights2").wait_for()
    real = rep.open(crm.url(crm.people[0].path))
    rep.offers(real, crm.people[0].action)
    page.bring_to_front()
    with pytest.raises(LookupError):
        rep.browser.content_script(page, "1")
    assert page.evaluate("document.getElementById('repline-root')") is None
