"""CRMs: one file each, the same names in each. :mod:`backend.crm_port` says what they do."""

from collections.abc import Mapping

from backend.crm_port import Crm, CrmApp


def edges(apps: Mapping[str, CrmApp]) -> dict[str, Crm]:
    """The CRMs that we have an app at, by name."""
    made: dict[str, Crm] = {}
    return made
