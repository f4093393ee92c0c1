from typing import Any

import pytest

from backend.crm_port import Fields
from simulator.crms.salesforce.seed import seeded
from tests.backend.crms.houses import HOUSES, MAYA, House

WHO, LEAD = seeded("Contact", MAYA), seeded("Lead", 101)
KEY = "7e57ab1e-0000-5000-8000-000000000001"


@pytest.fixture(scope="module")
def at() -> House:
    return HOUSES["salesforce"]


@pytest.fixture
def fields() -> Fields:
    return Fields(mobile="MobilePhone", do_not_text="HasOptedOutOfSms__c", key="Repline_Key__c")


@pytest.fixture
def usual() -> dict[str, Any]:
    return {"key": KEY, "who_id": WHO}
