"""The people of an account: whom a rep can text from the account's page or a task of it."""

from backend.store import people
from shared.wire import Person

MOST = 50


def of_account(team: int, account: str, account_url: str) -> list[Person]:
    """The team's people of this account, by its name or its address in the CRM; by name, at most
    ``MOST``. Every rep of a team may see whom the team knows, as in the CRM that they come from."""
    return people.of_account(team, " ".join(account.split()), account_url.strip(), MOST)
