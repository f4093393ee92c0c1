"""The objects that a product which logs texts and calls meets, with the fields that it reads.

After Salesforce's object reference. ``Repline_Key__c`` and ``HasOptedOutOfSms__c`` are custom
fields that an admin made.
"""

from collections.abc import Collection

from simulator.crms.salesforce.schema import Field, Object, as_set

_PHONE = 40
_NAME = 255
_LONG = 32_000
STAGES = (
    "Prospecting",
    "Qualification",
    "Proposal/Price Quote",
    "Negotiation/Review",
    "Closed Won",
    "Closed Lost",
)
CLOSED = frozenset({"Closed Won", "Closed Lost"})

_SYSTEM = (
    Field("Id", "id", 18, computed=True),
    Field("IsDeleted", "boolean", computed=True),
    Field("CreatedDate", "datetime", computed=True),
    Field("LastModifiedDate", "datetime", computed=True),
    Field("SystemModstamp", "datetime", computed=True),
)


def _reference(name: str, *to: str, label: str = "", required: bool = False) -> Field:
    relationship = name.removesuffix("Id")
    return Field(name, "reference", 18, label, required, refers_to=to, relationship=relationship)


_OWNER = Field(
    "OwnerId", "reference", 18, refers_to=("User",), relationship="Owner", default="user"
)
_PERSON = (
    Field("FirstName", length=40),
    Field("LastName", length=80, required=True),
    Field("Name", length=121, computed=True),
    Field("Title", length=128),
    Field("Email", "email", 80),
    Field("Phone", "phone", _PHONE),
    Field("MobilePhone", "phone", _PHONE, label="Mobile"),
    Field("DoNotCall", "boolean", default=False),
    Field("HasOptedOutOfEmail", "boolean", default=False),
    Field("HasOptedOutOfFax", "boolean", default=False),
    Field("HasOptedOutOfSms__c", "boolean", label="SMS Opt Out", default=False),
    Field("Description", "textarea", _LONG),
    Field("LeadSource", "picklist", _NAME, values=("Web", "Phone Inquiry", "Trade Show", "Other")),
    _OWNER,
)
_ALL = (
    Object(
        "User",
        "005",
        (
            *_SYSTEM,
            Field("Username", length=80, required=True),
            Field("FirstName", length=40),
            Field("LastName", length=80, required=True),
            Field("Name", length=121, computed=True),
            Field("Email", "email", 128, required=True),
            Field("IsActive", "boolean", default=True),
            Field("TimeZoneSidKey", "picklist", 40),
        ),
    ),
    Object(
        "Account",
        "001",
        (
            *_SYSTEM,
            Field("Name", length=_NAME, required=True),
            Field("Phone", "phone", _PHONE),
            Field("Website", "url", _NAME),
            Field("Industry", "picklist", _NAME),
            Field("BillingCity", length=40),
            Field("BillingState", length=80),
            Field("Description", "textarea", _LONG),
            _OWNER,
        ),
    ),
    Object(
        "Contact",
        "003",
        (
            *_SYSTEM,
            *_PERSON,
            _reference("AccountId", "Account"),
            Field("HomePhone", "phone", _PHONE),
            Field("OtherPhone", "phone", _PHONE),
        ),
    ),
    Object(
        "Lead",
        "00Q",
        (
            *_SYSTEM,
            *_PERSON,
            Field("Company", length=_NAME, required=True),
            Field(
                "Status",
                "picklist",
                _NAME,
                values=("Open - Not Contacted", "Working - Contacted", "Closed - Not Converted"),
                default="Open - Not Contacted",
            ),
            Field("IsConverted", "boolean", computed=True, default=False),
        ),
    ),
    Object(
        "Opportunity",
        "006",
        (
            *_SYSTEM,
            Field("Name", length=120, required=True),
            _reference("AccountId", "Account"),
            Field("StageName", "picklist", _NAME, required=True, values=STAGES),
            Field("CloseDate", "date", required=True),
            Field("Amount", "currency"),
            Field("IsClosed", "boolean", computed=True),
            Field("IsWon", "boolean", computed=True),
            _OWNER,
        ),
    ),
    Object(
        "OpportunityContactRole",
        "00K",
        (
            *_SYSTEM,
            _reference("OpportunityId", "Opportunity", required=True),
            _reference("ContactId", "Contact", required=True),
            Field("Role", "picklist", _NAME),
            Field("IsPrimary", "boolean", default=False),
        ),
    ),
    Object(
        "Task",
        "00T",
        (
            *_SYSTEM,
            Field("Subject", length=255),
            Field(
                "Status",
                "picklist",
                _NAME,
                values=("Not Started", "In Progress", "Completed", "Deferred"),
                default="Not Started",
            ),
            Field(
                "Priority", "picklist", _NAME, values=("High", "Normal", "Low"), default="Normal"
            ),
            Field(
                "TaskSubtype",
                "picklist",
                40,
                values=("Task", "Email", "ListEmail", "Cadence", "Call", "LinkedIn"),
                restricted=True,
                create_only=True,
                default="Task",
            ),
            Field("Type", "picklist", _NAME, values=("Call", "Email", "Meeting", "Other", "SMS")),
            Field(
                "CallType",
                "picklist",
                40,
                values=("Internal", "Inbound", "Outbound"),
                restricted=True,
            ),
            Field("CallDurationInSeconds", "int"),
            Field("CallDisposition", length=255),
            Field("CallObject", length=255),
            Field("ActivityDate", "date"),
            Field("Description", "textarea", _LONG),
            _reference("WhoId", "Contact", "Lead", label="Name"),
            _reference("WhatId", "Account", "Opportunity", label="Related To"),
            Field("IsClosed", "boolean", computed=True),
            Field("Repline_Key__c", length=255, external_id=True, unique=True),
            _OWNER,
        ),
    ),
)
OBJECTS = {object.name: object for object in _ALL}
_BY_LOWER = {object.name.lower(): object for object in _ALL}
BY_PREFIX = {object.prefix: object for object in _ALL}


def find(name: str, switches: Collection[str]) -> Object | None:
    """The object by its name in any case, as the org is set to have it."""
    object = _BY_LOWER.get(name.lower())
    return as_set(object, switches) if object else None
