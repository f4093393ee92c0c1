"""Who gets the text: the person whom Message was pressed for, whatever the page does since."""

from playwright.sync_api import Frame, expect

from demo.driver import Driver
from tests.e2e.own_crm import Person


def box(pane: Frame, person: Person):
    return pane.get_by_role("textbox", name=f"Text to {person.name}")


def move(page, to: Person) -> None:
    """Within the page, as single-page CRMs do: another address, heading and number."""
    page.evaluate(
        """([url, name, mobile]) => {
          history.pushState(null, "", url);
          document.querySelector("h1").textContent = name;
          document.querySelector("dd").textContent = mobile;
        }""",
        [to.url, to.name, to.mobile],
    )


def got(rep: Driver, person: Person, *texts: str) -> None:
    rep.until(lambda: person.phone.received() == list(texts), f"{texts} at {person.name}'s phone")


def test_a_page_that_moves_on_while_one_writes_changes_nothing_about_the_text(rep, own_crm):
    maya, jonas = own_crm.person("Maya Kept"), own_crm.person("Jonas Passing")
    page = rep.browser.page(maya.url)
    pane = rep.message(page, maya.action)
    box(pane, maya).fill("For Maya alone")
    move(page, jonas)
    rep.offers(page, jonas.action)
    box(pane, maya).press("Enter")
    got(rep, maya, "For Maya alone")

    rep.browser.click_named(page, jonas.action)
    box(pane, jonas).fill("For Jonas")
    box(pane, jonas).press("Enter")
    got(rep, jonas, "For Jonas")
    assert maya.phone.received() == ["For Maya alone"]


def test_a_page_that_moves_on_while_the_pane_opens_is_too_late(rep, own_crm):
    nora, omar = own_crm.person("Nora Early"), own_crm.person("Omar Late")
    page = rep.browser.page(nora.url)
    rep.offers(page, nora.action)
    rep.browser.click_named(page, nora.action)
    move(page, omar)
    pane = rep.composing(page)
    expect(box(pane, nora)).to_be_visible()
    box(pane, nora).fill("For Nora")
    box(pane, nora).press("Enter")
    got(rep, nora, "For Nora")
    assert omar.phone.received() == []


def test_what_was_being_written_to_one_person_is_not_in_the_next_ones_box(rep, own_crm):
    one, two = own_crm.person("Una First"), own_crm.person("Dua Second")
    page = rep.browser.page(one.url)
    pane = rep.message(page, one.action)
    box(pane, one).fill("Only for Una")
    move(page, two)
    rep.offers(page, two.action)
    rep.browser.click_named(page, two.action)
    expect(box(pane, two)).to_have_value("")
    box(pane, two).press("Enter")
    pane.get_by_role("button", name=one.name).click()
    expect(box(pane, one)).to_have_value("Only for Una")
    assert one.phone.received() == two.phone.received() == []


def test_two_tabs_write_to_two_people(rep, own_crm):
    left, right = own_crm.person("Lea Left"), own_crm.person("Rui Right")
    first, second = rep.browser.page(left.url), rep.browser.page(right.url)
    first.bring_to_front()
    to_left = rep.message(first, left.action)
    second.bring_to_front()
    to_right = rep.message(second, right.action)
    box(to_left, left).fill("Left")
    box(to_right, right).fill("Right")
    box(to_left, left).press("Enter")
    box(to_right, right).press("Enter")
    got(rep, left, "Left")
    got(rep, right, "Right")
