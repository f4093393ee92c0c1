"""A team with two reps and an admin, their numbers, and a second team that must see nothing."""

from dataclasses import dataclass, field

from backend.crm_pages.records import Records
from backend.crm_pages.table import load
from backend.models import License, Number, NumberUser, Person, Team, User
from backend.store import conversations, feed
from backend.store.rows import now
from backend.store.writer import InlineWriter, Transaction, Wake

SECRET = "a secret for tests that is long enough to pass"  # not a real one
ANA_NUMBER = "+14045550123"
BEN_NUMBER = "+14045550124"
THEIR_NUMBER = "+12125550150"
RECORDS = Records(load(""))
"""How records of CRMs are known by their addresses: the built-in table."""


@dataclass
class World:
    """Handles to what the fixture made; ``committed`` collects what transactions told."""

    writer: InlineWriter = field(init=False)
    committed: list[Transaction] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.writer = InlineWriter(self.committed.append)
        self.team = Team.create(name="Brightpath", created_at=now())
        self.ana = self.user(self.team, "ana@brightpath.example", "Ana Ruiz")
        self.ben = self.user(self.team, "ben@brightpath.example", "Ben Okafor")
        self.admin = self.user(self.team, "admin@brightpath.example", "Ada Admin", role="admin")
        self.number = self.rent(self.team, ANA_NUMBER, self.ana)
        self.ben_number = self.rent(self.team, BEN_NUMBER, self.ben)
        self.others = Team.create(name="Rivals", created_at=now())
        self.stranger = self.user(self.others, "eve@rivals.example", "Eve")
        self.their_number = self.rent(self.others, THEIR_NUMBER, self.stranger)

    def user(self, team: Team, email: str, name: str, role: str = "rep") -> User:
        user = User.create(
            team=team, email=email, name=name, role=role, password_hash="", created_at=now()
        )
        License.create(team=team, user=user, kind="messenger", granted_at=now())
        return user

    def rent(self, team: Team, e164: str, user: User) -> Number:
        number = Number.create(team=team, e164=e164, created_at=now())
        NumberUser.create(team=team, number=number, user=user)
        return number

    def person(self, mobile: str, name: str = "", team: Team | None = None, **more) -> Person:
        return Person.create(
            team=team or self.team, mobile=mobile, name=name, **{"created_at": now(), **more}
        )

    def conversation(self, person: Person) -> int:
        """Ana's with this person, opened by her."""
        return self.writer(
            lambda tx: conversations.open_for(tx, self.team.id, self.number.id, person.id, "opened")
        )

    def events(self, user: User) -> list:
        """The user's whole feed."""
        return feed.after(user.id, 0) or []

    def woken(self, task: str) -> list[Wake]:
        """Each time that the task was given something to do."""
        return [each for tx in self.committed for each in tx.wakes if each.task == task]

    def just_woken(self, task: str) -> list[Wake]:
        """As :meth:`woken`, by the last transaction."""
        return [each for each in self.committed[-1].wakes if each.task == task]
