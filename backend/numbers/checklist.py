"""What is missing before carriers deliver a number's texts, in words for an admin.

The order is Twilio's own for A2P 10DLC: profile, A2P profile, brand, Messaging Service, campaign,
the number in the service.
"""

from dataclasses import dataclass
from typing import Literal

from backend.numbers.a2p import Detail, Step
from shared.wire import A2p, Number

State = Literal["done", "waiting", "todo", "failed"]


@dataclass(frozen=True)
class Item:
    """One line: how it stands, a sentence, and what to do about it (empty when nothing)."""

    state: State
    text: str
    todo: str = ""
    errors: tuple[str, ...] = ()


_STATE: dict[A2p, State] = {
    "approved": "done",
    "pending": "waiting",
    "failed": "failed",
    "missing": "todo",
}


def checklist(number: Number, detail: Detail) -> list[Item]:
    """The steps of this number in the order in which they are taken; none when none is needed."""
    if number.a2p == "not_needed":
        return []
    if number.kind == "toll_free":
        return [_verification(detail.verification)]
    return [
        _item(
            _past(detail.profile, detail.brand),
            "business profile",
            "In the Twilio console, Trust Hub, fill in the primary customer profile and send it"
            " for review.",
        ),
        _item(
            _past(detail.product, detail.brand),
            "A2P messaging profile",
            "In the Twilio console, Messaging, Regulatory compliance, begin the A2P registration:"
            " it asks for the company's type and, if it is traded, its exchange.",
        ),
        _item(
            detail.brand,
            "brand",
            "Register the brand with the company's legal name and EIN exactly as the IRS has them.",
        ),
        _service(detail),
        _item(
            detail.campaign,
            "campaign",
            "Describe what your reps text (40 characters or more), how people agree to it, and give"
            " two to five samples. The samples should name your company and say how to stop.",
        ),
        _member(detail),
    ]


def _past(step: Step, after: Step) -> Step:
    """A step counts as done once a later one stands on it: a subaccount cannot always read it."""
    return Step(status="APPROVED") if after.state in ("approved", "pending") else step


def _item(step: Step, name: str, todo: str) -> Item:
    state = _STATE[step.state]
    if state == "done":
        return Item("done", f"The {name} is approved.")
    if state == "waiting":
        if step.status == "draft":
            return Item("todo", f"The {name} is a draft that was not sent in yet.", todo)
        text = f"The {name} is being looked through."
        return Item("waiting", text, "Nothing to do: it takes a few days.")
    if state == "failed":
        word = "suspended" if step.status.upper() == "SUSPENDED" else "refused"
        mend = "Mend what was found, then send it in again in the Twilio console."
        return Item("failed", f"The {name} was {word}.", mend, tuple(step.errors))
    return Item("todo", f"There is no {name} yet.", todo)


def _service(detail: Detail) -> Item:
    if detail.service:
        return Item("done", "The number is in a Messaging Service.")
    return Item(
        "todo",
        "The number is in no Messaging Service.",
        "In the Twilio console, Messaging, Services, make one for your reps, or open the one that"
        " you have, and add the number to its sender pool.",
    )


def _member(detail: Detail) -> Item:
    if detail.service and detail.campaign.state == "approved":
        return Item("done", "The number is registered with the campaign.")
    return Item(
        "todo",
        "The number is not registered with a campaign.",
        "Once the campaign is approved, numbers in its Messaging Service are registered with it"
        " within a day.",
    )


def _verification(step: Step) -> Item:
    return _item(
        step,
        "toll-free verification",
        "In the Twilio console, Phone numbers, open the number and send in its toll-free"
        " verification: until then carriers block its texts.",
    )
