"""The pane in each of its states: reachable by everyone, in light and dark, wide and narrow."""

import pytest
from playwright.sync_api import Page, expect

from demo.browser import axe
from tests.e2e.gallery import COMPOSER, ORIGIN, heard, open_gallery, shown, until

# What each scenario must show before it is looked at.
SHOWS = {
    "normal": "Of course, sending it over now.",
    "curly": "Curly quotes make this 2 messages, not 1.",
    "list": "No conversation open",
    "empty": "Open a person in your CRM and click Message.",
    "search_empty": "Inbox",
    "list_failed": "The inbox did not load",
    "open_failed": "This conversation did not open",
    "loading": "Loading texts",
    "signed_out": "You are signed out",
    "offline": "Waiting for connection",
    "connecting": "Connecting…",
    "reconnecting": "Reconnecting…",
    "stale": "Reload this page to go on.",
    "long_names": "10:44 AM for them (EST)",
    "rtl": "תודה רבה, נדבר ביום שני ב-10:00.",
    "emoji": "👨‍👩‍👧‍👦🏳️‍🌈",
    "unread_200": "99+",
    "blocked": "Maya opted out on 3 Nov. You can't text this number until she replies START.",
    "no_license": "You have no Messenger license. Ask Sam Lee for a seat.",
    "failed": "The number is a landline and can't receive texts.",
    "unknown": "May not have been sent",
    "doubt": "Was not sent",
    "doubt_of_ours": "Was not sent",
    "pending": "It is 9:12 PM for Maya. Texts go out from 8:00 AM.",
    "over": "80 too many",
    "colleague": "1 attachment, not loaded",
    "why": "Also on this number: Jonas Berg and Priya Nair.",
    "unnamed": "Name this person",
    "history": "Text 170.",
    "later": "$0.01",
    "scheduled": "Maya answered since. Send it anyway?",
    "quiet_hours": "Schedule for 8:00 AM their time",
    "no_files": "From",
    "accents": "Use plain letters",
    "costly_emoji": "🙌 makes this 2 messages, not 1.",
    "nearly_full": "40 left",
    "no_replies": "From",
    "opted_out": "You can text again when they reply START.",
    "do_not_text": "Allow texting",
    "do_not_contact": "Open profile",
    "suspected": "Did they opt out?",
    "suspected_above": "Did they opt out?",
    "quiet": "Probably",
    "landline": "This is a landline",
    "capped": "You have sent 500 texts today",
    "unregistered": "is not registered for business texting yet",
    "choice": "Mobile",
    "pictures": "An HTML file is not taken in: it could carry a script.",
    "links": "xn--pple-43d.com",
    "activity": "Would a short call this week help?",
    "no_activity": "Would a short call this week help?",
    "activity_failed": "Would a short call this week help?",
    "logged": "Will be logged",
    "not_logged": "The contact is locked by an approval in Salesforce.",
    "opportunity": "Which opportunity does this belong to?",
    "opportunities": "Northwind, plan 29",
    "shared_mobile": "Will be logged",
    "shared_history": "Text 30.",
    "logged_activity": "Will be logged",
}

gallery = pytest.fixture(scope="module")(open_gallery)


def overflows(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


# Every state


def test_every_scenario_is_looked_at(gallery):
    with gallery.show("normal") as page:
        assert set(page.evaluate("Object.keys(SCENARIOS)")) == set(SHOWS)


@pytest.mark.parametrize("scenario", SHOWS)
def test_axe_finds_nothing_in_light_and_dark(gallery, scenario):
    with gallery.show(scenario, "light") as page:
        shown(page, SHOWS[scenario])
        assert axe.in_frame(page, None) == []
        page.emulate_media(color_scheme="dark")
        assert axe.in_frame(page, None, colours=True) == []
        assert not overflows(page)


@pytest.mark.parametrize("scenario", ["normal", "long_names", "emoji", "unnamed", "offline"])
def test_a_narrow_pane_shows_one_side_and_a_way_back(gallery, scenario):
    with gallery.show(scenario, width=400) as page:
        shown(page, SHOWS[scenario])
        expect(page.locator(".list")).to_be_hidden()
        assert not overflows(page)
        assert axe.in_frame(page, None) == []
        page.get_by_role("button", name="Back to the list").click()
        expect(page.locator(".talk")).to_be_hidden()
        expect(page.locator(".row[aria-current]")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator(COMPOSER)).to_be_focused()


def test_the_narrowest_pane_says_in_full_who_it_is_and_what_their_clock_says(gallery):
    with gallery.show("normal", width=360, ready=COMPOSER) as page:
        facts = page.locator(".facts > *")
        expect(facts).to_have_text(
            ["VP Operations", "Northwind Logistics", "10:44 AM for Maya (EST)"]
        )
        for fact in facts.all():
            assert fact.evaluate("(fact) => fact.scrollWidth <= fact.clientWidth")


def test_nothing_is_shown_before_the_worker_has_accepted_the_pane(gallery):
    with gallery.show("normal", ready="#pane", query="&mute") as page:
        until(page, "window.worker")
        assert page.inner_text("body") == ""
        assert page.evaluate("worker.heard") == []


# The rest of the header and the frame


def test_links_are_opened_by_the_worker_and_the_frame_stays(gallery):
    with gallery.show("normal", ready=COMPOSER) as page:
        page.get_by_role("link", name="Maya Okonkwo").click()
        page.get_by_role("link", name="Northwind Logistics").click()
        assert [m["url"] for m in heard(page, "follow")] == [
            "https://crm.example/contacts/87",
            "https://crm.example/accounts/3",
        ]
        assert page.url.startswith(ORIGIN)


def test_the_reason_for_this_person_can_be_put_away(gallery):
    with gallery.show("why", ready=".why") as page:
        page.get_by_role("button", name="Hide this line").click()
        expect(page.locator(".why")).to_have_count(0)
        expect(page.locator(COMPOSER)).to_be_focused()


def test_the_pane_is_resized_by_mouse_and_by_keyboard(gallery):
    with gallery.show("normal", ready=".grip", query="&framed") as page:
        page.locator(".grip").focus()
        page.keyboard.press("ArrowLeft")
        page.keyboard.press("ArrowUp")
        sizes = [(m["width"], m["height"]) for m in heard(page, "size")]
        assert sizes == [(800, 600), (760, 640)]
        page.mouse.move(6, 6)
        page.mouse.down()
        page.mouse.move(106, 56)
        page.mouse.up()
        page.mouse.move(300, 300)
        last = heard(page, "size")[-1]
        assert (last["width"], last["height"]) == (660, 550)


def test_while_offline_one_can_try_now(gallery):
    with gallery.show("offline", ready=".bar.offline") as page:
        page.get_by_role("button", name="Try now").click()
        assert len(heard(page, "reconnect")) == 1


def test_what_failed_to_load_can_be_tried_again(gallery):
    with gallery.show("open_failed", ready=".talk .quiet") as page:
        page.evaluate("worker.known.refuses = {}")
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_text("Of course, sending it over now.").last).to_be_visible()
        expect(page.locator(COMPOSER)).to_be_visible()
