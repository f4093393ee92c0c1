"""The users of every stand-in: the team of the demo, and one who has no seat in Repline."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Member:
    """``local`` is what stands before the @ of the address."""

    first: str
    last: str
    local: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def email(self) -> str:
        return f"{self.local}@brightpath.example"


STAFF = (
    Member("Ada", "Lindgren", "admin"),
    Member("Ana", "Ruiz", "ana"),
    Member("Ben", "Okafor", "ben"),
    Member("Marcus", "Bell", "marcus"),
)
"""The admin, who connects the CRM, is first."""
