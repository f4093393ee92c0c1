"""The tables that there are, as the reference of Dataverse has them.

https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/phonecall and its
neighbours.
"""

from simulator.crms.dynamics.schema import Column, Lookup, Options, State, Table


def _texts(most: int, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, most=most) for name in names)


def _flags(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "bool") for name in names)


_OWNER = Lookup("ownerid", {"ownerid": "systemuser", "owninguser": "systemuser"})
_ACTIVE = {0: State("Active", {1: "Active"}), 1: State("Inactive", {2: "Inactive"})}
_REGARDING = ("account", "contact", "lead", "opportunity")
_MARKETING = _flags("donotphone", "donotemail", "donotbulkemail", "donotpostalmail")
# What the admins of this org added: Dynamics has no column of its own for texts.
_NO_TEXTS = Column("new_donottext", "bool")

TABLES = (
    Table(
        "contact",
        "contacts",
        "contactid",
        "fullname",
        2,
        (
            *_texts(50, "firstname", "lastname", "mobilephone", "telephone1", "telephone2"),
            *_texts(100, "jobtitle", "emailaddress1"),
            *_texts(80, "address1_city", "address1_stateorprovince"),
            *_texts(10, "new_extension"),
            Column("fullname", most=160, read_only=True),
            Column("description", "memo", 2000),
            *_MARKETING,
            _NO_TEXTS,
        ),
        (
            Lookup(
                "parentcustomerid",
                {"parentcustomerid_account": "account", "parentcustomerid_contact": "contact"},
            ),
            # Where a contact was merged into another.
            Lookup("masterid", {"masterid": "contact"}),
            _OWNER,
        ),
        _ACTIVE,
        "Contact",
    ),
    Table(
        "lead",
        "leads",
        "leadid",
        "fullname",
        4,
        (
            *_texts(50, "firstname", "lastname", "mobilephone", "telephone1", "telephone2"),
            *_texts(100, "jobtitle", "emailaddress1", "companyname"),
            *_texts(300, "subject"),
            Column("fullname", most=160, read_only=True),
            Column("description", "memo", 2000),
            *_MARKETING,
            _NO_TEXTS,
        ),
        (Lookup("masterid", {"masterid": "lead"}), _OWNER),
        {
            0: State("Open", {1: "New", 2: "Contacted"}),
            1: State("Qualified", {3: "Qualified"}),
            2: State("Disqualified", {4: "Lost", 5: "Cannot Contact", 6: "No Longer Interested"}),
        },
        "Lead",
    ),
    Table(
        "account",
        "accounts",
        "accountid",
        "name",
        1,
        (
            *_texts(160, "name"),
            *_texts(50, "telephone1"),
            *_texts(200, "websiteurl"),
            *_texts(80, "address1_city", "address1_stateorprovince"),
            Column("description", "memo", 2000),
        ),
        (Lookup("primarycontactid", {"primarycontactid": "contact"}), _OWNER),
        _ACTIVE,
        "Account",
    ),
    Table(
        "opportunity",
        "opportunities",
        "opportunityid",
        "name",
        3,
        (
            *_texts(300, "name"),
            Column("estimatedvalue", "decimal"),
            Column("estimatedclosedate", "datetime"),
            Column("description", "memo", 2000),
        ),
        (
            Lookup("parentcontactid", {"parentcontactid": "contact"}),
            Lookup("parentaccountid", {"parentaccountid": "account"}),
            Lookup(
                "customerid", {"customerid_account": "account", "customerid_contact": "contact"}
            ),
            _OWNER,
        ),
        {
            0: State("Open", {1: "In Progress", 2: "On Hold"}),
            1: State("Won", {3: "Won"}),
            2: State("Lost", {4: "Canceled", 5: "Out-Sold"}),
        },
        "Opportunity",
    ),
    Table(
        "systemuser",
        "systemusers",
        "systemuserid",
        "fullname",
        8,
        (
            *_texts(256, "firstname", "lastname", "fullname"),
            *_texts(100, "internalemailaddress", "domainname"),
            Column("azureactivedirectoryobjectid", "guid"),
            *_flags("isdisabled"),
        ),
        privilege="User",
    ),
    Table(
        "phonecall",
        "phonecalls",
        "activityid",
        "subject",
        4210,
        (
            *_texts(200, "subject", "phonenumber"),
            *_texts(250, "category", "subcategory"),
            Column("description", "memo", 2000),
            *_flags("directioncode", "leftvoicemail"),
            Column("actualdurationminutes", "int"),
            *(
                Column(name, "datetime")
                for name in ("actualstart", "actualend", "scheduledstart", "scheduledend")
            ),
            Column("activitytypecode", read_only=True),
        ),
        (
            Lookup(
                "regardingobjectid",
                {
                    f"regardingobjectid_{target}{suffix}": target
                    for target in _REGARDING
                    for suffix in ("", "_phonecall")
                },
            ),
            _OWNER,
        ),
        {
            0: State("Open", {1: "Open"}),
            1: State("Completed", {2: "Made", 4: "Received"}),
            2: State("Canceled", {3: "Canceled"}),
        },
        "Activity",
        parties="phonecall_activity_parties",
    ),
    Table(
        "annotation",
        "annotations",
        "annotationid",
        "subject",
        5,
        (
            *_texts(500, "subject"),
            Column("notetext", "memo", 100_000),
            Column("isdocument", "bool"),
        ),
        (Lookup("objectid", {f"objectid_{target}": target for target in _REGARDING}), _OWNER),
        privilege="Note",
    ),
)
BY_NAME = {table.name: table for table in TABLES}
BY_SET = {table.set: table for table in TABLES}

PARTY_WAYS = {
    f"partyid_{name}": name for name in ("contact", "lead", "account", "opportunity", "systemuser")
}
ROLES: Options = {1: "Sender", 2: "To Recipient"}
"""A party's part in a phone call, its participationtypemask."""
