"""Teams, their users, the seats that users hold and their sign-ins."""

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from backend.models.base import Table, instant


class Team(Table):
    """A team and its settings. Minutes count from midnight in the recipient's zone; prices and
    budgets are millionths of a US dollar; a null limit is none."""

    name = CharField()
    messenger_enabled = BooleanField(default=True)
    created_at = instant()
    time_zone = CharField(max_length=64, default="America/New_York")
    """Days of caps, budgets and charts begin at its midnight."""
    hours_from = IntegerField(default=9 * 60)
    hours_until = IntegerField(default=20 * 60)
    sunday_from = IntegerField(default=12 * 60)
    """A first text on a Sunday waits until then."""
    sunday_until = IntegerField(default=20 * 60)
    landlines = CharField(max_length=8, default="warn")
    """``warn`` or ``refuse``."""
    crm_required = BooleanField(default=False)
    """Only people with a reference in the CRM may be texted."""
    user_daily_cap = IntegerField(default=500)
    team_daily_cap = IntegerField(default=5000)
    monthly_budget = BigIntegerField(null=True)
    segment_price = IntegerField(default=8300)
    media_price = IntegerField(default=20000)
    retention_days = IntegerField(null=True)
    messenger_seats = IntegerField(null=True)
    dialer_seats = IntegerField(null=True)
    paused_at = instant(null=True)
    """Set when carriers filter so much that sending on would make it worse."""
    paused_cause = CharField(max_length=200, default="")


class User(Table):
    team = ForeignKeyField(Team, index=False)
    email = CharField(unique=True)
    """Lower case: two people cannot differ by capitals."""
    name = CharField()
    role = CharField(default="rep")
    password_hash = CharField(max_length=300)
    disabled_at = instant(null=True)
    created_at = instant()
    welcome_hash = CharField(max_length=64, null=True, unique=True)
    """Of the one link, not used yet, by which the user may set a password."""
    welcome_until = instant(null=True)

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


class SignInTry(Table):
    """Tries to sign in with one e-mail or from one address; ``key`` is a keyed hash of it."""

    key = CharField(max_length=64, primary_key=True)
    tries = IntegerField()
    last_at = instant(index=True)
    wait_until = instant()


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


class ApiKey(Table):
    """A program's key to the API. Only its hash is kept; ``prefix`` tells people which it is."""

    team = ForeignKeyField(Team, index=True)
    user = ForeignKeyField(User, index=False)
    """On whose behalf it acts: their role, license and numbers are its own."""
    name = CharField(max_length=100)
    prefix = CharField(max_length=16)
    token_hash = CharField(max_length=64, unique=True)
    scopes = CharField(max_length=200)
    created_at = instant()
    used_at = instant(null=True)
    revoked_at = instant(null=True)


class Audit(Table):
    """What a user, a program or a command did that matters, with what it was before and after."""

    team = ForeignKeyField(Team, index=False)
    user = ForeignKeyField(User, null=True, index=False)
    actor = CharField(max_length=254)
    """The user's e-mail, the key's name or ``command``, as it was then."""
    address = CharField(max_length=64, default="")
    action = CharField(max_length=40)
    """``noun.verb``, such as ``license.granted``."""
    subject = CharField(max_length=254, default="")
    before = TextField(default="")
    """JSON, or empty."""
    after = TextField(default="")
    at = instant()

    class Meta:
        indexes = (
            (("team", "at"), False),
            (("team", "action", "at"), False),
            (("team", "user", "action", "at"), False),
            (("team", "subject"), False),
        )
