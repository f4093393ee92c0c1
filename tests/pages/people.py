"""Who is on the pages: in each CRM a contact with a mobile, one without, and a lead; their account,
an opportunity of it and a task. Every CRM has numbers of its own."""

from dataclasses import dataclass
from urllib.parse import quote

GUID = "0f3c1b7e-5d2a-4c3b-9a41-0000000000{:02x}"


@dataclass(frozen=True)
class Person:
    """``path`` is the record's address in its CRM, ``ref`` what Repline calls it."""

    name: str
    path: str
    ref: str
    phone: str
    email: str
    mobile: str = ""
    type: str = "contact"

    @property
    def action(self) -> str:
        """What screen readers call its button."""
        return f"Message {self.name}" + (f", {self.mobile}" if self.mobile else "")


@dataclass(frozen=True)
class Crm:
    """``people``: the one with a mobile, the one without, the lead."""

    name: str
    host: str
    people: list[Person]
    account: str
    opportunity: str
    task: str
    list: str
    account_name: str

    def url(self, path: str) -> str:
        return f"https://{self.host}{path}"


def _people(area: int, names: str, paths: list[tuple[str, str]]) -> list[Person]:
    return [
        Person(
            name=name,
            path=path,
            ref=ref,
            mobile=f"({area}) 555-01{80 + place}" if place != 1 else "",
            phone=f"({area}) 555-01{90 + place}",
            email=f"{name.split()[0].lower()}@{name.split()[1].lower()}.example",
            type="lead" if place == 2 else "contact",
        )
        for place, (name, (path, ref)) in enumerate(zip(names.split(", "), paths, strict=True))
    ]


def _salesforce(kind: str, id: str) -> str:
    return f"/lightning/r/{kind}/{id}/view"


def _dynamics(kind: str, id: str) -> str:
    return f"/main.aspx?appid=1&pagetype=entityrecord&etn={kind}&id={quote(id)}"


SALESFORCE = Crm(
    "salesforce",
    "acme.lightning.force.com",
    _people(
        470,
        "Ada Palmer, Bert Quist, Cleo Rand",
        [
            (_salesforce("Contact", "0035g00000AaBbC"), "salesforce:contact:0035g00000AaBbCAAV"),
            (_salesforce("Contact", "0035g00000aaaabAAA"), "salesforce:contact:0035g00000aaaabAAA"),
            (_salesforce("Lead", "00Q5g00000aaaacEAA"), "salesforce:lead:00Q5g00000aaaacEAA"),
        ],
    ),
    _salesforce("Account", "0015g00000aaaadAAA"),
    _salesforce("Opportunity", "0065g00000aaaaeAAA"),
    _salesforce("Task", "00T5g00000aaaafEAA"),
    "/lightning/o/Contact/list?filterName=Recent",
    "Harbor Freightways",
)
HUBSPOT = Crm(
    "hubspot",
    "app.hubspot.com",
    _people(
        629,
        "Dora Stein, Emil Torres, Fay Ueda",
        [
            ("/contacts/4711/record/0-1/501", "hubspot:contact:501"),
            ("/contacts/4711/record/0-1/502", "hubspot:contact:502"),
            ("/contacts/4711/record/0-1/503", "hubspot:contact:503"),
        ],
    ),
    "/contacts/4711/record/0-2/601",
    "/contacts/4711/record/0-3/701",
    "/contacts/4711/record/0-27/801",
    "/contacts/4711/objects/0-1/views/all/list",
    "Pine Textiles",
)
DYNAMICS = Crm(
    "dynamics",
    "acme.crm.dynamics.com",
    _people(
        726,
        "Gil Varga, Hope Winter, Ivan Xu",
        [
            (
                _dynamics("contact", "{" + GUID.format(1).upper() + "}"),
                f"dynamics:contact:{GUID.format(1)}",
            ),
            (_dynamics("contact", GUID.format(2)), f"dynamics:contact:{GUID.format(2)}"),
            (_dynamics("lead", GUID.format(3)), f"dynamics:lead:{GUID.format(3)}"),
        ],
    ),
    _dynamics("account", GUID.format(4)),
    _dynamics("opportunity", GUID.format(5)),
    _dynamics("task", GUID.format(6)),
    "/main.aspx?appid=1&pagetype=entitylist&etn=contact&viewid=" + GUID.format(9),
    "Cobalt Foods",
)
CRMS = {crm.name: crm for crm in (SALESFORCE, HUBSPOT, DYNAMICS)}
