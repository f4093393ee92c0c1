"""Which record of a CRM an address names, told by the table of CRM pages as the extension tells it
(extension/src/lib/records.ts): tests/shared/crm_addresses.json holds for both."""

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, urlsplit

from backend import crm_refs
from backend.crm_pages.check import compiled
from shared.wire import CrmRule, CrmSite, CrmTable, RecordType

LONGEST = 500
"""Nothing longer is looked into: it bounds what a pattern can cost."""
_LOCAL = frozenset({"localhost", "127.0.0.1"})
# Browsers read other characters in their own ways, such as \ as /: no such host is taken.
_HOST = re.compile("[a-z0-9.-]+")


class CrmRecord(NamedTuple):
    """``crm`` such as salesforce; ``id`` in the one form that its CRM's ids have here."""

    crm: str
    type: RecordType
    id: str


class Records:
    def __init__(self, table: CrmTable) -> None:
        self.table = table
        self._sites = {site.id: site for site in table.crms}
        self._patterns: dict[str, re.Pattern[str]] = {}

    def at(self, url: str) -> CrmRecord | None:
        """The record at this address; None for other pages, and for CRMs that only their pages
        tell apart from others on their hosts."""
        try:
            parts = urlsplit(url)
            host, query = parts.hostname or "", dict(reversed(parse_qsl(parts.query)))
        except ValueError:
            return None
        if not _HOST.fullmatch(host) or not (parts.scheme == "https" or host in _LOCAL):
            return None
        for site in self.table.crms:
            if not site.application and any(_is_at(host, each) for each in site.hosts):
                found = (self._found(site, rule, parts, query) for rule in site.rules)
                return next(filter(None, found), None)
        return None

    def typed(self, id: str) -> Iterable[CrmRecord]:
        """What an id alone may name, in CRMs whose ids begin with their type."""
        for site in self.table.crms:
            if type := site.prefixes.get(id[:3]):
                yield CrmRecord(site.id, type, _normal(site.id_form, id))

    def id_of(self, crm: str, id: str) -> str:
        """The one form of an id, however it is written."""
        return _normal(self._sites[crm].id_form, id) if crm in self._sites else id

    def _found(
        self, site: CrmSite, rule: CrmRule, parts: SplitResult, query: dict[str, str]
    ) -> CrmRecord | None:
        path = parts.path or "/"
        if rule.when and not self._match(rule.when, path):
            return None
        hash = f"#{parts.fragment}" if parts.fragment else ""
        texts = {"path": path, "hash": hash, "query": _param(query, rule.id_params)}
        match = self._match(rule.pattern, texts[rule.where])
        groups = match.groupdict() if match else {}
        if not groups.get("id"):
            return None
        word = groups.get("type") or _param(query, rule.type_params)
        told = site.types.get(word) if word else site.prefixes.get(groups["id"][:3])
        type = rule.type or told
        return CrmRecord(site.id, type, _normal(site.id_form, groups["id"])) if type else None

    def _match(self, pattern: str, text: str) -> re.Match[str] | None:
        # Python's $ also stands before a newline at the end, and no address has one.
        if not text or len(text) > LONGEST or "\n" in text:
            return None
        if pattern not in self._patterns:
            self._patterns[pattern] = compiled(pattern)
        return self._patterns[pattern].match(text)


def _is_at(host: str, wanted: str) -> bool:
    """A dot in front is any host below, and only those: never a look-alike."""
    return host.endswith(wanted) if wanted.startswith(".") else host == wanted


def _param(query: dict[str, str], names: list[str]) -> str:
    return next(filter(None, (query.get(name) for name in names)), "")


def _normal(form: str, id: str) -> str:
    if form == "sf18":
        return crm_refs.salesforce_id(id) if len(id) == 15 else id
    return re.sub("[{}]", "", id).lower() if form == "guid" else id
