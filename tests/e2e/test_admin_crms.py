"""The pages of a connected CRM in a real browser, and its sign-in from another site."""

from urllib.parse import urlsplit

import pytest

from demo.admin_crm_tour import furnish
from demo.admin_pictures import SCHEMES, crm_tour, go, sign_in
from demo.browser import axe
from demo.browser.patience import PATIENCE_MS
from demo.stack import Stack
from tests.databases import change


@pytest.fixture(scope="module")
def connected(databases, tmp_path_factory):
    url = databases.blank(tmp_path_factory.mktemp("connected"))
    with Stack(crm="salesforce", database_url=url, pace=0.1) as stack:
        furnish(stack.config)
        yield stack
    databases.drop(url)


def open_admin(browser, stack, **options):
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{stack.backend.url}/admin/")
    sign_in(page)
    return page


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_has_nothing_to_say_and_no_script_fails(browser, connected, scheme):
    found = {}

    def look(page, name):
        page.on("pageerror", lambda error: found.setdefault(name, []).append(str(error)))
        found.setdefault(name, []).extend(axe.in_frame(page, None))

    crm_tour(browser, connected.backend.url, scheme, look)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert len(found) >= 11


def test_the_way_back_from_another_site_needs_no_weaker_cookie(browser, connected):
    """The CRM stands at ``localhost``, which to a browser is another site than ``127.0.0.1``: its
    redirect comes without the cookie, and the admin ends connected all the same."""
    page = open_admin(browser, connected)
    sent = {}

    def note(request):
        path = urlsplit(request.url).path
        if request.is_navigation_request() and path.endswith("/signed-in"):
            headers = request.all_headers()
            sent[path] = ("cookie" in headers, headers.get("referer", ""))

    page.context.on("requestfinished", note)
    go(page, "CRMs")
    page.get_by_role("button", name="Disconnect Salesforce").click()
    page.get_by_role("dialog").get_by_role("button", name="Disconnect").click()
    page.get_by_role("button", name="Connect Salesforce").click()
    page.get_by_role("button", name="Allow").wait_for()
    page.goto(page.url.replace("127.0.0.1", "localhost", 1))
    _is_another_site(page, connected.backend.url)
    page.get_by_role("button", name="Allow").click()
    page.get_by_text("Salesforce is connected:").first.wait_for()
    page.wait_for_url("**/admin/crms")
    assert sent["/crm/signed-in"][0] is False
    assert sent["/admin/crms/signed-in"] == (True, "")
    page.go_back()
    assert "code=" not in page.url, "the history keeps no page with the code"
    page.context.close()


def _is_another_site(page, url):
    """Or the test would prove nothing: whoever goes from there to the admin pages is a stranger."""
    other = page.context.new_page()
    other.goto(page.url)
    other.evaluate("there => { location.href = there }", f"{url}/admin/crms")
    other.wait_for_url("**/admin/sign-in?**")
    other.close()


def test_a_crm_is_looked_after_with_keys_and_without_script(browser, connected):
    page = open_admin(browser, connected, java_script_enabled=False)
    page.get_by_role("link", name="CRM log", exact=True).click()
    page.get_by_role("button", name="Try again: ").first.focus()
    page.keyboard.press("Enter")
    page.get_by_text("It is tried again now.").wait_for()
    page.get_by_label("State").select_option("unlinked")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("once a rep opens their record").first.wait_for()
    go(page, "CRMs")
    page.get_by_role("link", name="Users of Salesforce").click()
    page.get_by_role("link", name="Change who Ben Okafor is").click()
    page.get_by_role("searchbox").fill("ana")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("button", name="Ben Okafor is").first.focus()
    page.keyboard.press("Enter")
    page.get_by_text("Saved.").wait_for()
    page.get_by_text("Chosen").wait_for()
    page.context.close()


def test_the_page_shows_by_itself_when_the_crm_has_told_its_fields(browser, connected):
    change(connected.config.database_url, "UPDATE crm_connection SET choices = '[]'")
    page = open_admin(browser, connected)
    go(page, "CRMs")
    asked = page.get_by_text("is being asked which fields and users it has")
    asked.wait_for()
    other = page.context.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="Check Salesforce again").click()
    asked.wait_for(state="hidden")
    page.get_by_role("link", name="Fields of Salesforce").wait_for()
    page.context.close()
