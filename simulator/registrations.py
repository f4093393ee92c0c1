"""Messaging Services and registrations: adding them to the books, and what they lead to."""

from datetime import datetime

from simulator import sids
from simulator.phones import short_code, toll_free
from simulator.records import Books, Registration, Service
from simulator.state import owned, service_of

PREFIX = {"profile": "BU", "product": "BU", "brand": "BN", "campaign": "QE", "verification": "HH"}
"""How the SID of each kind begins."""
FIRST = {
    "profile": "draft",
    "product": "draft",
    "brand": "PENDING",
    "campaign": "IN_PROGRESS",
    "verification": "PENDING_REVIEW",
}
APPROVED = {
    "profile": "twilio-approved",
    "product": "twilio-approved",
    "brand": "APPROVED",
    "campaign": "VERIFIED",
    "verification": "TWILIO_APPROVED",
}


def add_service(
    books: Books, account_sid: str, name: str, now: datetime, sid: str | None = None
) -> Service:
    """A Messaging Service with an empty pool."""
    service = Service(sid or sids.new("MG"), account_sid, name, now, now)
    books.services[service.sid] = []
    books.service_settings[service.sid] = service
    return service


def add(
    books: Books,
    kind: str,
    account_sid: str,
    now: datetime,
    *,
    name: str = "",
    of: str = "",
    brand: str = "",
) -> Registration:
    """A registration that nobody has looked at yet."""
    sid = sids.new(PREFIX[kind])
    made = Registration(sid, kind, account_sid, FIRST[kind], now, now, name, of, brand)
    books.registrations[made.sid] = made
    return made


def register_all(books: Books, account_sid: str, numbers: tuple[str, ...], now: datetime) -> None:
    """Bring everything into the state in which nothing is missing; what is there stays."""
    if any(each.kind == "brand" for each in books.registrations.values()):
        return
    profile = add(books, "profile", account_sid, now, name="Simulated company")
    add(books, "product", account_sid, now, name="Simulated A2P profile")
    brand = add(books, "brand", account_sid, now, of=profile.sid)
    service = add_service(books, account_sid, "Sales texts", now)
    service.webhook_on_number = True
    add(books, "campaign", account_sid, now, of=service.sid, brand=brand.sid)
    for each in numbers:
        number = owned(books, each, account_sid)
        if number and toll_free(each):
            add(books, "verification", account_sid, now, of=number.sid)
        elif number and not short_code(each) and not service_of(books, each):
            books.services[service.sid].append(each)
    for record in books.registrations.values():
        record.status = APPROVED[record.kind]
