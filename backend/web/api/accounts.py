"""The people of an account."""

from msgspec import Struct

from backend.inbox import people
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, route
from shared import wire


class PeopleQuery(Struct, kw_only=True, forbid_unknown_fields=True):
    """The account's name, its address in the CRM, or both: who fits one of them."""

    account: wire.Name = ""
    account_url: wire.Url = ""


@route("GET", "/people", query=PeopleQuery, answers={200: wire.PersonResults}, scope="read")
def list_people(call: Call, query: PeopleQuery) -> wire.PersonResults:
    """The people of an account that the team knows, by name, 50 at most."""
    if not (query.account.strip() or query.account_url.strip()):
        raise Refusal(400, "malformed", "Name the account, or give its address.", field="account")
    found = people.of_account(call.identity.team, query.account, query.account_url)
    return wire.PersonResults(people=found)
