"""The table of CRM pages: which address shows which record, and where on it fields stand.

It is data, so that a CRM that moves its pages is followed without a new extension. The extension
has ``shared/crm_pages.json`` built in and asks the backend for a newer one; it checks what it gets
against these bounds and a few more (extension/src/lib/crm_table.ts). docs/crm-pages.md explains it.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

RecordType = Literal["contact", "lead", "account", "opportunity", "task", "case"]
IdForm = Literal["", "sf18", "guid"]
"""How an id is written so that one record has one: ``sf18`` makes Salesforce's 15 characters 18,
``guid`` takes braces off and writes small letters."""

Host = Annotated[str, Meta(max_length=100, pattern=r"^\.?[a-z0-9-]+(\.[a-z0-9-]+)*$(?!\n)")]
"""``app.close.com`` is that host alone; ``.hubspot.com`` is all hosts below it, and no other."""
Pattern = Annotated[str, Meta(max_length=200, pattern=r"^\^[^*+]*$(?!\n)")]
"""A regular expression that begins with ``^`` and whose repetitions say their most ({1,20})."""
Selector = Annotated[str, Meta(max_length=200)]
"""CSS without pseudo-classes; ``{type}`` stands for the word of the address, such as Contact."""
Word = Annotated[str, Meta(min_length=1, max_length=80)]
Words = Annotated[list[Word], Meta(max_length=5)]


class CrmRule(Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where an address names its record. Named groups: ``id``, ``type``, ``org``."""

    where: Literal["path", "hash", "query"]
    pattern: Pattern
    """Of the path, the hash (with its #), or the value of the first of ``id_params``."""
    when: Annotated[str, Meta(max_length=200, pattern=r"^(\^[^*+]*)?$(?!\n)")] = ""
    """A pattern that the path must match too."""
    id_params: Words = []
    type_params: Words = []
    type: Literal["", "contact", "lead", "account", "opportunity", "task", "case"] = ""
    """For addresses that do not say the type."""


class CrmFields(Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where a field stands on a record page, for CRMs that mark fields by their API names."""

    name: Selector = ""
    title: Selector = ""
    account: Selector = ""
    email: Selector = ""
    mobile: Selector = ""
    phone: Selector = ""


class CrmSite(Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One CRM. ``types`` maps its words for types to ours, ``prefixes`` the beginnings of ids."""

    id: Annotated[str, Meta(max_length=20, pattern=r"^[a-z][a-z0-9-]*$(?!\n)")]
    label: Annotated[str, Meta(min_length=1, max_length=40)]
    hosts: Annotated[list[Host], Meta(min_length=1, max_length=40)]
    rules: Annotated[list[CrmRule], Meta(min_length=1, max_length=10)]
    application: Annotated[str, Meta(max_length=80)] = ""
    """The page's application-name, for a CRM that shares its hosts with others."""
    id_form: IdForm = ""
    types: Annotated[dict[Word, RecordType], Meta(max_length=40)] = {}
    prefixes: Annotated[dict[Word, RecordType], Meta(max_length=40)] = {}
    fields: CrmFields | None = None


class CrmTable(Struct, kw_only=True, forbid_unknown_fields=True):
    """A newer table has a higher version. The first CRM that has the host is the page's."""

    version: Annotated[int, Meta(ge=1, le=2**31 - 1)]
    crms: Annotated[list[CrmSite], Meta(min_length=1, max_length=50)]
