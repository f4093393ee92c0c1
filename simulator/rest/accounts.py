"""The account itself."""

from typing import Any

from flask import Blueprint

from simulator import resources
from simulator.rest import carrier, protect

blueprint = Blueprint("accounts", __name__, url_prefix="/2010-04-01/Accounts")
protect(blueprint)


@blueprint.get("/<account_sid>.json")
def fetch(account_sid: str) -> dict[str, Any]:
    with carrier().state.look() as books:
        return resources.account(books.accounts[account_sid])
