"""What a column of a file can be, what it is by its name, and whether a choice makes sense."""

import re
from collections.abc import Mapping, Sequence

from backend.team.faults import Invalid

MOST_NUMBERS = 10
"""Of a person besides their mobile, as a CRM page may show."""
FIELDS = {
    "": "Leave out",
    "first_name": "First name",
    "last_name": "Last name",
    "name": "Whole name",
    "title": "Title",
    "account": "Account",
    "mobile": "Mobile",
    "number": "Other number",
    "extension": "Extension of number before",
    "email": "E-mail",
    "crm_ref": "CRM reference",
    "hubspot_id": "HubSpot record ID",
    "profile_url": "Profile in the CRM (address)",
    "account_url": "Account in the CRM (address)",
    "time_zone": "Time zone",
    "region": "State or province",
}
"""Each field with its name for people, in the order in which it is offered."""
_SEVERAL = frozenset({"", "number", "extension"})
# By the words of a header; the first that a file has is taken where a field may be there once.
_NAMES: dict[str, tuple[str, ...]] = {
    "first_name": ("first name", "firstname", "given name", "first"),
    "last_name": ("last name", "lastname", "surname", "family name", "last"),
    "name": ("name", "full name", "contact name", "lead name", "person"),
    "title": ("title", "job title", "position", "role"),
    "account": ("account", "account name", "company", "company name", "organization"),
    "mobile": (
        *("mobile", "mobile phone", "mobile phone number", "mobile number", "mobilephone"),
        *("cell", "cell phone", "cell phone number", "cell number"),
    ),
    "number": (
        *("phone", "phone number", "telephone", "number", "work phone", "business phone"),
        *("office phone", "home phone", "other phone", "direct phone", "main phone"),
        *("assistant phone", "company phone", "phone 1", "phone 2", "phone 3"),
    ),
    "extension": ("extension", "ext", "phone extension", "phone ext", "work phone extension"),
    "email": ("email", "e mail", "email address", "e mail address", "work email"),
    "crm_ref": (
        *("crm ref", "crm reference", "crm id", "salesforce id", "contact id", "lead id"),
        *("contact id 18", "lead id 18", "record key"),
    ),
    "hubspot_id": ("record id", "record id contact", "hubspot id", "hubspot contact id"),
    "profile_url": ("profile url", "profile", "record url", "contact url", "crm url", "link"),
    "account_url": ("account url", "company url"),
    "time_zone": ("time zone", "timezone", "time zone sid key"),
    "region": ("state", "region", "state province", "mailing state", "state region", "province"),
}
_WORDS = re.compile(r"[^a-z0-9]+")
_REPEATED = re.compile(r" \d+$")


def guess(columns: Sequence[str]) -> list[str]:
    """The field of each column by its name, empty where it says nothing that we know. A number is
    a mobile only where it is called one."""
    plain = [_WORDS.sub(" ", name.casefold()).strip() for name in columns]
    found = [""] * len(columns)
    for field, names in _NAMES.items():
        if field in _SEVERAL:
            # Also the second of two columns with one name.
            wanted = [n for n, each in enumerate(plain) if _REPEATED.sub("", each) in names]
            for at in wanted[:MOST_NUMBERS]:
                found[at] = field
        else:
            first = next((plain.index(name) for name in names if name in plain), None)
            if first is not None:
                found[first] = field
    if "first_name" in found and "last_name" in found and "name" in found:
        found[found.index("name")] = ""
    return found


def check(columns: Sequence[str], mapping: Sequence[str]) -> None:
    """Raise :class:`Invalid` unless people can be made of these columns; the error of a column goes
    by :func:`entry`."""
    errors: dict[str, str] = {}
    seen: set[str] = set()
    for at, field in enumerate(mapping):
        if field not in FIELDS:
            errors[entry(at)] = "Choose one of these."
        elif field in seen and field not in _SEVERAL:
            text = f"There is another column for “{FIELDS[field]}”. Leave one of them out."
            errors[entry(at)] = text
        elif field == "name" and {"first_name", "last_name"} & set(mapping):
            errors[entry(at)] = "Take either the whole name, or first and last name."
        seen.add(field)
    if mapping.count("number") > MOST_NUMBERS:
        errors[""] = f"At most {MOST_NUMBERS} columns can be other numbers. Leave some out."
    elif "mobile" not in mapping:
        errors[""] = "Say which column is the mobile: people are texted on it."
    elif not {"name", "first_name", "last_name"} & set(mapping):
        errors[""] = "Say which columns are the name."
    if errors:
        raise Invalid(errors)


def from_names(columns: Sequence[str], given: Mapping[str, str]) -> list[str]:
    """The field of each column, of which ``given`` names some by the column's name; the others are
    left out. Raises :class:`Invalid`."""
    for name in given:
        if name not in columns:
            known = ", ".join(columns)
            raise Invalid({"": f"There is no column “{name[:60]}”. The file has: {known}."})
    return [given.get(name, "") for name in columns]


def said(columns: Sequence[str], error: Invalid) -> str:
    """What is wrong with a choice, with the names of the columns."""
    named = {entry(at): f"Column “{name}”: " for at, name in enumerate(columns)}
    return " ".join(f"{named.get(where, '')}{text}" for where, text in error.errors.items())


def entry(at: int) -> str:
    """The name of a column's choice in a form, by its place from 0."""
    return f"column-{at}"
