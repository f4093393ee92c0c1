"""Where a number stands with the registration that US carriers ask for.

Long codes of the US need a brand and a campaign (A2P 10DLC), toll-free numbers a verification.
Short codes are approved as a whole before they are rented, and Canadian long codes are not part of
10DLC (Twilio, docs/messaging/compliance/a2p-10dlc).
"""

import msgspec
from msgspec import Struct

from backend.phone import kind, parse
from backend.ports import HeldNumber, Registrations, Review
from shared.wire import A2p

_GOOD = {"APPROVED", "VERIFIED", "TWILIO_APPROVED", "TWILIO-APPROVED"}
_BAD = {"FAILED", "SUSPENDED", "TWILIO_REJECTED", "TWILIO-REJECTED", "DELETION_PENDING", "EXPIRED"}


class Step(Struct, kw_only=True, frozen=True):
    """One thing that was sent in: ``status`` in Twilio's words, empty when there is none."""

    status: str = ""
    errors: list[str] = []

    @property
    def state(self) -> A2p:
        status = self.status.upper()
        if not status:
            return "missing"
        if status in _GOOD:
            return "approved"
        return "failed" if status in _BAD else "pending"


class Detail(Struct, kw_only=True, frozen=True):
    """What is kept in ``number.a2p_detail``."""

    profile: Step = Step()
    product: Step = Step()
    brand: Step = Step()
    service: str = ""
    campaign: Step = Step()
    verification: Step = Step()


def read(text: str) -> Detail:
    """The detail as it was kept; an empty one when there is none."""
    try:
        return msgspec.json.decode(text, type=Detail) if text else Detail()
    except msgspec.MsgspecError:
        return Detail()


def detail_of(number: HeldNumber, registrations: Registrations) -> Detail:
    """What of the account's registrations speaks of this number."""
    campaign = registrations.campaigns.get(number.service)
    brands = registrations.brands
    brand = brands.get(campaign.of) if campaign else _best(tuple(brands.values()))
    return Detail(
        profile=_step(_best(registrations.profiles)),
        product=_step(_best(registrations.products)),
        brand=_step(brand),
        service=number.service,
        campaign=_step(campaign),
        verification=_step(registrations.verifications.get(number.sid)),
    )


def status(e164: str, detail: Detail) -> A2p:
    """The number's standing as a whole: as good as its worst step."""
    its_kind = kind(e164)
    if its_kind == "short_code" or (its_kind == "long_code" and parse(e164).country != "US"):
        return "not_needed"
    if its_kind == "toll_free":
        return detail.verification.state
    if not detail.service:
        return "failed" if detail.brand.state == "failed" else "missing"
    steps = (detail.brand.state, detail.campaign.state)
    return next(each for each in ("failed", "missing", "pending", "approved") if each in steps)


def _step(review: Review | None) -> Step:
    return Step(status=review.status, errors=list(review.errors)) if review else Step()


def _best(reviews: tuple[Review, ...]) -> Review | None:
    """Where several were tried, the one that got furthest."""
    order: dict[A2p, int] = {"approved": 0, "pending": 1, "failed": 2}
    return min(reviews, key=lambda each: order.get(Step(status=each.status).state, 3), default=None)
