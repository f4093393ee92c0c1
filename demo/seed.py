"""What the demo begins with: a team, its users and numbers, and a few days of texts."""

import json
from pathlib import Path

from backend.compliance import ledger
from backend.config import Config
from backend.core import open_store
from backend.messaging import keywords, segments
from backend.models.connection import migrate
from backend.passwords import Passwords
from backend.phone import parse
from backend.store import (
    conversations,
    licenses,
    messages,
    numbers,
    people,
    teams,
    users,
)
from backend.store.rows import now
from backend.store.writer import InlineWriter, Transaction
from demo import weeks
from demo.crm import records
from shared import wire

ANA = "ana@brightpath.example"
BEN = "ben@brightpath.example"
ADMIN = "admin@brightpath.example"
PASSWORD = "text-from-the-page"  # noqa: S105 (the demo's, printed on the screen)
ANA_NUMBER = "+14045550123"
BEN_NUMBER = "+14045550124"


def seed(config: Config, crm_url: str) -> None:
    """Fill an empty database. ``crm_url`` is where the people's profiles are."""
    opened = open_store(config)
    migrate(opened)
    InlineWriter(lambda transaction: None)(lambda tx: _fill(tx, crm_url))
    opened.close()


def _fill(tx: Transaction, crm_url: str) -> None:
    team = teams.add(tx, "Brightpath")
    secret = Passwords().hash(PASSWORD)
    reps: dict[str, int] = {}
    roles: list[tuple[str, str, wire.Role]] = [
        (ANA, "Ana Ruiz", "rep"),
        (BEN, "Ben Okafor", "rep"),
        (ADMIN, "Ada Lindgren", "admin"),
    ]
    for email, name, role in roles:
        added = users.add(tx, team, email=email, name=name, role=role, password_hash=secret)
        reps[email] = _new(added)
        licenses.grant(tx, team, reps[email], "messenger")
    rented: dict[str, int] = {}
    for e164, email in ((ANA_NUMBER, ANA), (BEN_NUMBER, BEN)):
        rented[email] = _new(numbers.add(tx, team, e164))
        numbers.assign(tx, team, rented[email], reps[email])
    contacts = {each["id"]: each for each in records.load()["contacts"]}
    accounts = {each["id"]: each for each in records.load()["accounts"]}
    history = json.loads(Path(__file__).with_name("history.json").read_text("utf-8"))
    mobiles: list[str] = []
    for talk in history:
        if "contact" in talk:
            contact = contacts[talk["contact"]]
            page = _page(contact, accounts[contact["account"]], crm_url)
            mobile = parse(page.mobile).e164
            person, _ = people.from_page(tx, team, page, mobile)
        else:
            mobile = talk["mobile"]
            person = people.match_inbound(tx, team, mobile).id
        match: wire.Match = "only" if "contact" in talk else "new"
        conversation = conversations.open_for(tx, team, rented[ANA], person, match)
        _texts(tx, team, conversation, mobile, reps[ANA], talk)
        mobiles.append(mobile)
    weeks.fill(tx, team, [reps[ANA], reps[BEN]], mobiles)


def _new(row: int | None) -> int:
    assert row is not None, "the demo's database is not empty"
    return row


def _page(contact: records.Record, account: records.Record, crm_url: str) -> wire.PersonOnPage:
    mobile = next(each["number"] for each in contact["phones"] if each["label"] == "Mobile")
    return wire.PersonOnPage(
        mobile=mobile,
        name=contact["name"],
        title=contact["title"],
        account=account["name"],
        profile_url=f"{crm_url}/contacts/{contact['id']}",
        account_url=f"{crm_url}/accounts/{account['id']}",
        crm="Acme CRM",
        crm_ref=f"demo:contact:{contact['id']}",
        time_zone=contact["time_zone"],
    )


def _texts(
    tx: Transaction, team: int, conversation: int, mobile: str, author: int, talk: dict
) -> None:
    texts = talk["texts"]
    inbound_since = 0
    message = 0
    for index, (direction, body) in enumerate(texts):
        at = now() - talk["minutes_ago"] * 60_000 - (len(texts) - 1 - index) * 90_000
        inbound = direction == "in"
        key = f"demo-{conversation}-{index}"
        if inbound:
            message = messages.add_inbound(
                tx,
                team,
                conversation,
                sid=key,
                mobile=mobile,
                body=body,
                segments=1,
                media_count=0,
                at=at,
            )
            if keywords.keyword(body) == "stop":
                heard = ledger.Heard(message, at)
                ledger.opt_out(tx, ledger.by_text(team), mobile, "stop", heard=heard)
        else:
            message = messages.add_outbound(
                tx,
                team,
                conversation,
                author=author,
                ref=key,
                body=body,
                mobile=mobile,
                segments=segments.measure(body).count,
            )
            messages.set_status(tx, team, message, "delivered")
            tx.execute("UPDATE message SET at = ? WHERE id = ?", (at, message))
            inbound_since = message
        conversations.add_to(tx, team, conversation, message, body, inbound=inbound, at=at)
        tx.execute("UPDATE conversation SET last_at = ? WHERE id = ?", (at, conversation))
    seen = message if talk.get("read") or texts[-1][1] == "STOP" else inbound_since
    if seen:
        conversations.mark_read(tx, team, conversation, seen)
