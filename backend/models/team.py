"""Teams, their users, the seats that users hold and their sign-ins."""

from peewee import BooleanField, CharField, ForeignKeyField

from backend.models.base import Table, instant


class Team(Table):
    name = CharField()
    messenger_enabled = BooleanField(default=True)
    created_at = instant()


class User(Table):
    team = ForeignKeyField(Team, index=False)
    email = CharField(unique=True)
    """Lower case: two people cannot differ by capitals."""
    name = CharField()
    role = CharField(default="rep")
    password_hash = CharField(max_length=300)
    disabled_at = instant(null=True)
    created_at = instant()

    class Meta:
        indexes = ((("team", "email"), False),)


class License(Table):
    team = ForeignKeyField(Team, index=False)
    user = ForeignKeyField(User, index=False)
    kind = CharField(max_length=16)
    granted_at = instant()

    class Meta:
        indexes = ((("team", "user", "kind"), True),)


class Session(Table):
    """One sign-in of one browser: a chain of refresh tokens, of which the latest is good."""

    team = ForeignKeyField(Team, index=False)
    user = ForeignKeyField(User, index=False)
    token_hash = CharField(max_length=64, unique=True)
    previous_hash = CharField(max_length=64, null=True, unique=True)
    rotated_at = instant()
    client = CharField(max_length=100, default="")
    created_at = instant()
    expires_at = instant()
    ended_at = instant(null=True)

    class Meta:
        indexes = ((("team", "user"), False),)


class PushSubscription(Table):
    team = ForeignKeyField(Team, index=False)
    user = ForeignKeyField(User, index=False)
    session = ForeignKeyField(Session, index=True)
    endpoint = CharField(max_length=2000, unique=True)
    p256dh = CharField(max_length=200)
    auth = CharField(max_length=100)
    created_at = instant()

    class Meta:
        indexes = ((("team", "user"), False),)
