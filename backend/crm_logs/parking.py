"""For how long nothing is logged when a CRM cannot be had, and what reps are told meanwhile."""

from backend.crm_port import CRMS, Busy, CrmError, Declined, Misconfigured, SignInNeeded

WAITS_MS = tuple(s * 1000 for s in (5, 15, 60, 300, 900))
"""Before a CRM that could not be had is tried again; the last one over and over."""
FOR_AN_ADMIN_MS = 60 * 60_000
"""What only a person can mend is mended sooner: then the queue goes on at once."""


def parked(crm: str, error: CrmError, failures: int) -> tuple[int, str]:
    """(ms, why in words for a rep) after ``failures`` calls in a row that came to nothing."""
    name = CRMS[crm]
    if isinstance(error, SignInNeeded):
        return FOR_AN_ADMIN_MS, f"An admin has to connect {name} again."
    if isinstance(error, Busy):
        return error.wait, f"{name} asks us to wait."
    if isinstance(error, (Misconfigured, Declined)):
        return FOR_AN_ADMIN_MS, f"An admin has to look after the connection to {name}."
    return WAITS_MS[min(failures, len(WAITS_MS) - 1)], f"{name} can't be reached."
