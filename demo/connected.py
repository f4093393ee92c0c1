"""A team whose CRM is connected: the sign-in that an admin makes, made by a program."""

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import requests

from backend.config import Config
from backend.connections.calling import Calling
from backend.connections.connecting import Connecting
from backend.connections.knowing import Knowing
from backend.connections.sealing import Seal
from backend.core import open_store
from backend.crm import edges
from backend.crm_pages.table import BUILT_IN
from backend.store import users
from backend.store.audit import Actor
from backend.store.writer import InlineWriter


def connect(config: Config, crm: str, admin: str) -> None:
    """Connect the team of ``admin`` (an e-mail) to the CRM, a stand-in, which is asked for consent
    as its page's button does."""
    opened = open_store(config)
    writer = InlineWriter(lambda transaction: None)
    crms, seal = edges(config.crms), Seal(config.secret_key)
    connecting = Connecting(writer, crms, seal, config.crm_redirect)
    found = users.secret_of(admin)
    assert found is not None, "the demo's admin is in the database"
    actor = Actor(found.team, found.id, admin)
    url = connecting.begin(actor, crm, "")
    allowed = requests.post(url, data={"decision": "allow"}, allow_redirects=False, timeout=10)
    back = parse_qs(urlsplit(allowed.headers["Location"]).query)
    made = connecting.finish(actor, back["state"][0], back["code"][0])
    Knowing(writer, Calling(writer, crms, seal))(made.id)
    opened.close()


def pages_of_stand_in(crm: str, folder: Path) -> Path:
    """A newer table of CRM pages, in which the stand-in's on this machine are the CRM's too."""
    table = json.loads(BUILT_IN.read_text("utf-8"))
    own = next(each for each in table["crms"] if each["id"] == crm)
    local = {**own, "hosts": ["127.0.0.1"], "application": f"{own['label']} stand-in"}
    table |= {"version": table["version"] + 1, "crms": [local, *table["crms"]]}
    written = folder / "crm_pages.json"
    written.write_text(json.dumps(table), "utf-8")
    return written
