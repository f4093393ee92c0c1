"""The CRMs that a team has connected, and activities on their way there."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from backend.models.base import LastingId, Table, index_references, instant
from backend.models.messenger import Person
from backend.models.record import Activity
from backend.models.team import Team, User


class CrmConnection(Table):
    """A team's connection to a CRM. ``access`` and ``refresh`` are tokens, encrypted.

    ``state``: connected, broken (the sign-in is no good any more), off (an admin disconnected it:
    what was logged keeps its links).
    """

    id = LastingId()
    team = ForeignKeyField(Team, index=False)
    crm = CharField(max_length=16)
    state = CharField(max_length=16, default="connected")
    cause = CharField(max_length=300, default="")
    """Why it is broken, or why its queue is parked, in words for an admin."""
    org = CharField(max_length=64)
    org_name = CharField(max_length=200, default="")
    base_url = CharField(max_length=300)
    access = TextField(default="")
    refresh = TextField(default="")
    expires_at = instant(default=0)
    scopes = CharField(max_length=1000, default="")
    email = CharField(max_length=254, default="")
    """Who signed in at the CRM."""
    fields = TextField(default="{}")
    """JSON: which of the org's fields mean what."""
    choices = TextField(default="[]")
    """JSON: the fields that may be chosen, as the CRM last told."""
    digest = BooleanField(default=False)
    """One activity for each person and day instead of one for each text."""
    write_opt_outs = BooleanField(default=True)
    connected_by = ForeignKeyField(User, null=True, index=False)
    connected_at = instant()
    parked_until = instant(default=0)
    """The CRM wants to be left alone, or could not be had: nothing is logged before."""
    failures = IntegerField(default=0)
    """Calls that came to nothing in a row."""
    claimed_until = instant(default=0)
    """One worker at a time logs to a connection: until then it is at it."""

    class Meta:
        indexes = ((("team", "crm"), True),)


class CrmSignIn(Table):
    """An admin who has gone to the CRM to sign in, and is to come back with ``state``."""

    state_hash = CharField(max_length=64, unique=True)
    team = ForeignKeyField(Team, index=False)
    user = ForeignKeyField(User, index=False)
    crm = CharField(max_length=16)
    address = CharField(max_length=300, default="")
    verifier = CharField(max_length=300)
    """PKCE's, encrypted."""
    expires_at = instant()


class CrmUser(Table):
    """Who of our users is who in the CRM: by e-mail unless an admin says otherwise."""

    team = ForeignKeyField(Team, index=False)
    crm = CharField(max_length=16)
    external_id = CharField(max_length=64)
    email = CharField(max_length=254, default="")
    name = CharField(max_length=200, default="")
    user = ForeignKeyField(User, null=True, index=False)
    by_hand = BooleanField(default=False)

    class Meta:
        indexes = ((("team", "crm", "external_id"), True), (("team", "crm", "user"), False))


class CrmLog(Table):
    """An activity on its way to a CRM, and its receipt.

    ``state``: unlinked (the person is not known to be in the CRM), held (the text has not left
    yet), waiting, logged, failed, skipped (nothing happened that belongs there).
    """

    id = LastingId()
    team = ForeignKeyField(Team, index=False)
    activity = ForeignKeyField(Activity, unique=True, on_delete="CASCADE")
    person = ForeignKeyField(Person, index=False)
    crm = CharField(max_length=16)
    state = CharField(max_length=16)
    not_before = instant(default=0)
    attempts = IntegerField(default=0)
    """Tries that the CRM stumbled over."""
    tried = BooleanField(default=False)
    """A try may have been carried out though its answer was lost."""
    external_id = CharField(max_length=64, default="")
    url = CharField(max_length=500, default="")
    entry_key = CharField(max_length=36, default="")
    """The key under which it is there: of the activity, or of the person's day."""
    cause = CharField(max_length=300, default="")
    """Why it failed or is tried again, or what had to be left out, in words."""
    opportunity = CharField(max_length=64, default="")
    """The CRM's id of the one that it is filed under."""
    stale_id = CharField(max_length=64, default="")
    """An activity of an earlier filing, which has to go once this one is there."""
    revision = IntegerField(default=0)
    """Grows when what is to be logged changes: an answer about an older one settles nothing."""
    made_at = instant()

    class Meta:
        indexes = (
            (("team", "crm", "state", "id"), False),
            (("team", "person", "crm", "state"), False),
        )


index_references(CrmLog, CrmLog.person)


class CrmPerson(Table):
    """What the CRM's record of a person last said, beside what is kept with the person."""

    team = ForeignKeyField(Team, index=False)
    person = ForeignKeyField(Person, unique=True, on_delete="CASCADE")
    read_at = instant(default=0)
    owner_email = CharField(max_length=254, default="")
    do_not_text = BooleanField(null=True)
    opportunities = TextField(default="[]")
    """JSON: [{id, name, primary}] of the open ones."""
    chosen = CharField(max_length=64, default="")
    """The opportunity that a rep chose for this person's texts; ``none`` for none of them."""
    gone = BooleanField(default=False)
    """The record is deleted in the CRM."""


class CrmDrift(Table):
    """Where the carrier, we and a CRM disagreed about who may be texted, and what was done."""

    team = ForeignKeyField(Team, index=False)
    at = instant()
    source = CharField(max_length=16)
    """carrier, or the CRM's name."""
    person = ForeignKeyField(Person, null=True, index=False, on_delete="CASCADE")
    mobile = CharField(max_length=64)
    text = CharField(max_length=300)

    class Meta:
        indexes = ((("team", "at"), False),)


index_references(CrmDrift, CrmDrift.person)
