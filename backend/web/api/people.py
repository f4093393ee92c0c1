"""A person's rights: all that is known of them, and that it be forgotten."""

from backend.privacy import erasure
from backend.privacy import export as exporting
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, for_admins

ONE = "/people/<id:person>"


@for_admins(
    "GET",
    ONE + "/export",
    answers={200: exporting.Export},
    problems=(404,),
)
def export_person(call: Call, person: int) -> exporting.Export:
    """Everything that the team holds of a person."""
    try:
        return exporting.export(call.services.writer, call.actor, person)
    except erasure.NoSuchPerson:
        raise _nobody() from None


@for_admins("DELETE", ONE, answers={204: None}, problems=(404, 409))
def erase_person(call: Call, person: int) -> None:
    """Erase a person, with texts and media, here and at the carrier. An opt-out stays, as a hash.
    This cannot be undone."""
    try:
        erasure.erase(call.services.writer, call.services.remove_files, call.actor, person)
    except erasure.NoSuchPerson:
        raise _nobody() from None
    except erasure.OnItsWay:
        raise Refusal(
            409, "on_its_way", "A text to them is on its way: try again in a minute."
        ) from None


def _nobody() -> Refusal:
    return Refusal(404, "not_found", "There is no such person.")
