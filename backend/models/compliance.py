"""Who may not be texted, since when and why; and what is known of mobiles."""

from peewee import CharField, ForeignKeyField, Function, fn

from backend.models.base import LastingId, Table, index_references, instant
from backend.models.messenger import Message
from backend.models.team import Team, User


def _ending(mobile: CharField) -> Function:
    """Its last four characters, in words that every database has, for a search by them."""
    return fn.substr(mobile, fn.length(mobile) - 3)


class OptOut(Table):
    """(team, mobile) after a STOP, until a START. After an erasure ``mobile`` is a keyed hash."""

    id = LastingId()
    team = ForeignKeyField(Team, index=False)
    mobile = CharField(max_length=64)
    cause = CharField(max_length=40)
    at = instant()

    class Meta:
        indexes = ((("team", "mobile"), True), (("team", "at"), False))


OptOut.add_index(OptOut.index(OptOut.team, _ending(OptOut.mobile), name="opt_out_ending"))


class Restriction(Table):
    """A mobile that may not be texted although nobody sent STOP. ``kind``: do_not_text,
    do_not_contact, suspected; ``cause``: rep, admin, crm, import, text."""

    id = LastingId()
    team = ForeignKeyField(Team, index=False)
    mobile = CharField(max_length=64)
    kind = CharField(max_length=16)
    cause = CharField(max_length=16)
    user = ForeignKeyField(User, null=True, index=False)
    message = ForeignKeyField(Message, null=True, index=False)
    note = CharField(max_length=500, default="")
    at = instant()

    class Meta:
        indexes = ((("team", "mobile", "kind"), True), (("team", "at"), False))


Restriction.add_index(
    Restriction.index(Restriction.team, _ending(Restriction.mobile), name="restriction_ending")
)
index_references(Restriction, Restriction.message)


class ConsentEvent(Table):
    """The history of opt-outs and restrictions: who, when, by what. Rows are only added; after an
    erasure ``mobile`` is a keyed hash and ``note`` is empty."""

    team = ForeignKeyField(Team, index=False)
    mobile = CharField(max_length=64)
    kind = CharField(max_length=24)
    """opted_out, opted_in, suspected, cleared, restricted, unrestricted."""
    restriction = CharField(max_length=16, default="")
    """Which kind of restriction, where it is about one."""
    cause = CharField(max_length=40)
    user = ForeignKeyField(User, null=True, index=False)
    message = ForeignKeyField(Message, null=True, index=False)
    note = CharField(max_length=500, default="")
    at = instant()

    class Meta:
        indexes = ((("team", "mobile", "at"), False), (("team", "at"), False))


index_references(ConsentEvent, ConsentEvent.message)


class Lookup(Table):
    """What the carrier says a number is, kept so that each is asked for once in a while."""

    team = ForeignKeyField(Team, index=False)
    mobile = CharField(max_length=16)
    line_type = CharField(max_length=20)
    """Twilio's words: landline, mobile, fixedVoip, nonFixedVoip, …, unknown."""
    at = instant()

    class Meta:
        indexes = ((("team", "mobile"), True),)
