"""Which open opportunity a person's texts belong to; :mod:`backend.store.crm_receipts` says when a
rep is asked."""

from backend.store.crm_people import NONE, Read


def belongs_to(read: Read) -> str:
    """The CRM's id of the opportunity: the one that a rep chose while it is open, else the only
    one, else the one in which the person's role is primary. Empty: none, or a rep is asked."""
    ids = [each.id for each in read.opportunities]
    if read.chosen == NONE:
        return ""
    if read.chosen in ids:
        return read.chosen
    if len(ids) == 1:
        return ids[0]
    primary = [each.id for each in read.opportunities if each.primary]
    return primary[0] if len(primary) == 1 else ""
