"""The real library pointed at the stand-in, and the people that it is seeded with."""

import json
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from simple_salesforce import Salesforce

from simulator.crms.salesforce.seed import seeded
from simulator.crms.serving import StandIn

_ROOT = Path(__file__).parents[4]
PEOPLE = json.loads((_ROOT / "demo" / "crm" / "people.json").read_text("utf-8"))
MAYA, EVE = seeded("Contact", 101), seeded("Contact", 104)
KEISHA = seeded("Lead", 101)
NORTHWIND = seeded("Account", 101)
DEAL = seeded("Opportunity", 101)
ANA = seeded("User", 2)
REDIRECT = "http://127.0.0.1:9/back"
KEY = "Repline_Key__c"


class PlainHttp(HTTPAdapter):
    """The library always says https, and a stand-in on this machine has no certificate."""

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> Any:
        request.url = (request.url or "").replace("https://", "http://", 1)
        return super().send(request, *args, **options)


def connect(org: StandIn, access_token: str = "", version: str = "59.0") -> Salesforce:
    session = requests.Session()
    session.mount("https://127.0.0.1", PlainHttp())
    return Salesforce(
        instance_url=org.url,
        session_id=access_token or org.access_token(),
        session=session,
        version=version,
    )
