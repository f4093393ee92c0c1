"""Numbers, people, conversations and the texts between them. The team comes first in every key."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField

from backend.models.base import LastingId, Table, index_references, instant
from backend.models.team import Team, User


class Number(Table):
    """A number that the team rents; ``carrier_sid`` is the carrier's name for it."""

    team = ForeignKeyField(Team, index=True)
    e164 = CharField(max_length=16, unique=True)
    kind = CharField(max_length=16, default="long_code")
    carrier_sid = CharField(max_length=40, default="")
    sms = BooleanField(default=True)
    mms = BooleanField(default=True)
    voice = BooleanField(default=True)
    local_presence = BooleanField(default=False)
    created_at = instant()
    label = CharField(max_length=64, default="")
    messaging_service_sid = CharField(max_length=40, default="")
    a2p = CharField(max_length=16, default="")
    a2p_detail = TextField(default="")
    """JSON: what the carrier says of brand and campaign, for the checklist."""
    synced_at = instant(null=True)
    retired_at = instant(null=True)
    """The carrier account does not hold it any more: nothing is sent from it."""


class NumberUser(Table):
    """Who texts from a number and is told what arrives on it."""

    team = ForeignKeyField(Team, index=False)
    number = ForeignKeyField(Number, index=False)
    user = ForeignKeyField(User, index=False)

    class Meta:
        indexes = ((("team", "number", "user"), True), (("team", "user"), False))


class Person(Table):
    id = LastingId()

    team = ForeignKeyField(Team, index=False)
    mobile = CharField(max_length=16)
    name = CharField(max_length=200, default="")
    title = CharField(max_length=200, default="")
    account = CharField(max_length=200, default="")
    profile_url = CharField(max_length=2000, default="")
    account_url = CharField(max_length=2000, default="")
    crm = CharField(max_length=40, default="")
    crm_ref = CharField(max_length=200, null=True)
    time_zone = CharField(max_length=64, default="")
    region = CharField(max_length=40, default="")
    email = CharField(max_length=254, default="")
    contacted_at = instant(null=True)
    created_at = instant()

    class Meta:
        indexes = (
            (("team", "mobile"), False),
            (("team", "crm_ref"), True),
            (("team", "account"), False),
            (("team", "account_url"), False),
        )


class PersonNumber(Table):
    """One of a person's numbers, as their CRM page labels it."""

    team = ForeignKeyField(Team, index=False)
    person = ForeignKeyField(Person, index=False)
    e164 = CharField(max_length=16)
    label = CharField(max_length=80, default="")
    former = BooleanField(default=False)
    """The page does not show it any more. It is shown and texted no more, and is kept so that an
    erasure finds what else is held of it."""

    class Meta:
        indexes = ((("team", "person", "e164"), True), (("team", "e164"), False))


index_references(PersonNumber, PersonNumber.person)


class Conversation(Table):
    """One person on one number. What the list shows is kept here, so that the inbox is one page."""

    id = LastingId()
    team = ForeignKeyField(Team, index=False)
    number = ForeignKeyField(Number, index=False)
    person = ForeignKeyField(Person, index=False)
    unread = IntegerField(default=0)
    preview = CharField(max_length=200, default="")
    preview_direction = CharField(max_length=8, default="outbound")
    last_at = instant()
    last_message = IntegerField(null=True)
    read_message = IntegerField(default=0)
    match = CharField(max_length=16, default="opened")
    revision = IntegerField(default=0)

    class Meta:
        indexes = (
            (("team", "number", "person"), True),
            (("team", "number", "last_at"), False),
            (("team", "person"), False),
        )


index_references(Conversation, Conversation.person)


class Message(Table):
    id = LastingId()
    team = ForeignKeyField(Team, index=False)
    conversation = ForeignKeyField(Conversation, index=False)
    direction = CharField(max_length=8)
    status = CharField(max_length=16)
    body = TextField()
    mobile = CharField(max_length=16)
    """The other side's number as it was then: a later edit in the CRM redirects nothing."""
    ref = CharField(max_length=64, null=True)
    author = ForeignKeyField(User, null=True, index=False)
    carrier_sid = CharField(max_length=40, null=True, unique=True)
    error_code = IntegerField(null=True)
    segments = IntegerField(default=1)
    media_count = IntegerField(default=0)
    at = instant()
    revision = IntegerField(default=0)
    scheduled_for = instant(null=True)
    hold = CharField(max_length=16, default="")
    cost = IntegerField(null=True)
    """Millionths of a US dollar once the carrier has billed: its own price where it tells one, else
    the team's price list of when the text was handed over."""
    cause = CharField(max_length=300, default="")
    """Why we ourselves failed or canceled it, in words for the rep."""
    content_hash = CharField(max_length=64, default="")
    """Keyed, of what was first sent under ``ref``: a repeat is told from another text by it, though
    the text has been edited since."""
    counted_at = instant(null=True)
    """When it was handed over, so on which day usage counts it; null while it is not counted."""
    counted_cost = IntegerField(default=0)
    """What usage counts of it, in millionths of a US dollar: expected, then what was billed."""

    class Meta:
        indexes = (
            (("team", "ref"), True),
            (("team", "conversation", "id"), False),
            (("status", "at"), False),
            (("team", "at"), False),
        )


# What still waits is a few of many, and is counted for each conversation that is shown.
Message.add_index(
    Message.index(Message.team, Message.conversation, name="message_scheduled").where(
        Message.status == "scheduled"
    )
)
index_references(Message, Message.conversation)


class Outbox(Table):
    """A text that waits to be handed to the carrier. ``state``: scheduled, held, queued, sending,
    uncertain.

    The row goes away when the carrier has answered for certain.
    """

    team = ForeignKeyField(Team, index=False)
    message = ForeignKeyField(Message, unique=True)
    state = CharField(max_length=16, default="queued")
    not_before = instant()
    attempts = IntegerField(default=0)
    claimed_at = instant(null=True)
    request_id = CharField(max_length=32, default="")
    """Of what wrote the text, for the log of whoever hands it over."""

    class Meta:
        indexes = ((("state", "not_before"), False),)


class Media(Table):
    """A picture or file of a text: its bytes are in the media folder under ``sha256``.

    An upload waits without a message until its text is sent; ``position`` orders those of a text.
    """

    id = LastingId()
    team = ForeignKeyField(Team, index=False)
    message = ForeignKeyField(Message, null=True, index=False)
    user = ForeignKeyField(User, null=True, index=False)
    position = IntegerField(default=0)
    content_type = CharField(max_length=100, default="")
    name = CharField(max_length=200, default="")
    size = IntegerField(default=0)
    width = IntegerField(default=0)
    height = IntegerField(default=0)
    sha256 = CharField(max_length=64, default="")
    carrier_sid = CharField(max_length=40, default="")
    state = CharField(max_length=16, default="ready")
    error = CharField(max_length=200, default="")
    attempts = IntegerField(default=0)
    not_before = instant(default=0)
    created_at = instant()

    class Meta:
        indexes = (
            (("team", "message", "position"), False),
            (("state", "not_before"), False),
            (("sha256",), False),
        )


index_references(Media, Media.message)


class QuickReply(Table):
    """A text kept for reuse; without a user it is the team's."""

    id = LastingId()
    team = ForeignKeyField(Team, index=False)
    user = ForeignKeyField(User, null=True, index=False)
    name = CharField(max_length=100)
    body = TextField()
    created_at = instant()

    class Meta:
        indexes = ((("team", "user"), False),)
