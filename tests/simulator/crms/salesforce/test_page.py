"""A record's page: what a receipt links to."""

import pytest
import requests

from tests.simulator.crms.salesforce.elsewhere import DEAL, KEISHA, MAYA


@pytest.fixture
def page(org):
    return lambda object, id: requests.get(f"{org.url}/lightning/r/{object}/{id}/view", timeout=5)


def test_a_text_is_on_the_pages_of_the_person_the_deal_and_itself(sf, page):
    task = {"Subject": "Text to Maya", "Description": "Thursday at 2?"}
    made = sf.Task.create({**task, "WhoId": MAYA, "WhatId": DEAL})["id"]
    of_maya, of_deal, of_task = page("Contact", MAYA), page("Opportunity", DEAL), page("Task", made)
    for each in (of_maya, of_deal, of_task):
        assert "Text to Maya" in each.text
        assert "Thursday at 2?" in each.text
    assert "Northwind, 40 seats" in of_maya.text
    assert f'href="/lightning/r/Task/{made}/view"' in of_deal.text
    assert f'href="/lightning/r/Contact/{MAYA}/view"' in of_task.text
    assert "Nothing is logged yet." in page("Account", sf.Account.create({"Name": "N"})["id"]).text


def test_what_a_record_says_is_text_and_nothing_else(sf, page):
    hostile = "<img src=x onerror=alert(1)>"
    sf.Contact.update(MAYA, {"LastName": hostile, "Title": hostile})
    sf.Task.create({"Subject": hostile, "Description": hostile, "WhoId": MAYA})
    answer = page("Contact", MAYA)
    assert "<img" not in answer.text
    assert answer.text.count("&lt;img src=x onerror=alert(1)&gt;") == 7
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_page_of_a_record_that_is_not_there_is_not_found(page, sf):
    sf.Lead.delete(KEISHA)
    for object, id in (("Lead", KEISHA), ("Contact", "x"), ("Shoe", MAYA), ("Lead", MAYA)):
        assert page(object, id).status_code == 404


def test_a_short_id_leads_to_the_same_page(page):
    assert page("contact", MAYA[:15]).text == page("Contact", MAYA).text
