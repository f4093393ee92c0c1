"""The command line: what an admin types, and what they are told when it cannot be done."""

import json

import click
import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner

from backend.cli import main
from backend.models import database
from backend.models.connection import MIGRATIONS, connect
from backend.passwords import Passwords
from backend.store import numbers, sessions, teams, users
from backend.store.rows import now
from backend.store.writer import InlineWriter
from simulator.server import Simulator
from simulator.settings import Settings

PASSWORD = "correct horse battery"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
COMPLETE = {
    "SECRET_KEY": "a secret for tests that is long enough to pass",
    "PUBLIC_URL": "https://repline.example.com",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "token",
}


@pytest.fixture
def run(databases, tmp_path, monkeypatch):
    """Run one command line, with a database in which there is no table yet; the result has
    exit_code and output."""
    for name in (*COMPLETE, "TWILIO_API_BASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    url = databases.blank(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("MEDIA_DIR", f"{tmp_path}/media")

    def run_command(line: str, text: str = ""):
        return CliRunner().invoke(main, line.split(), input=text, obj=CHEAP)

    yield run_command
    if database.obj is not None:
        database.close()
    databases.drop(url)


@pytest.fixture(scope="session")
def furnished(databases, tmp_path_factory):
    """A database with a team, a user and a number, made by the commands."""
    url = databases.blank(tmp_path_factory.mktemp("office"))
    for line, text in (
        ("migrate", ""),
        ("team add Brightpath", ""),
        ("user add Ana@Brightpath.example --name Ana --password-stdin", PASSWORD + "\n"),
        ("number add (404)555-0123", ""),
    ):
        environment = {"DATABASE_URL": url}
        made = CliRunner().invoke(main, line.split(), input=text, obj=CHEAP, env=environment)
        assert made.exit_code == 0, made.output
        database.close()
    return url


@pytest.fixture
def office(run, databases, furnished, tmp_path, monkeypatch):
    url = databases.copied(furnished, tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    connect(url)
    yield run
    database.close()
    databases.drop(url)


def test_a_database_is_made_once_and_then_up_to_date(run):
    names = sorted(path.stem for path in MIGRATIONS.glob("0*.py"))
    assert run("migrate").output == "".join(f"{name}\n" for name in names)
    assert "up to date" in run("migrate").output


def test_a_command_before_the_database_says_what_to_run(run):
    answer = run("team list")
    assert answer.exit_code == 1
    assert "repline migrate" in answer.output


def test_a_user_who_was_added_has_the_password_that_was_given(office):
    known = users.secret_of("ana@brightpath.example")
    assert Passwords(CHEAP).verify(known.password_hash, PASSWORD)
    assert office("user list").output == "1\tana@brightpath.example\tAna\trep\t-\tactive\n"


def test_a_password_is_never_an_argument_nor_shown(office):
    def options(command: click.Command) -> list[str]:
        found = [name for param in command.params for name in param.opts]
        if isinstance(command, click.Group):
            for each in command.commands.values():
                found += options(each)
        return found

    assert [name for name in options(main) if "password" in name] == ["--password-stdin"] * 2
    answer = office("user password ana@brightpath.example", f"{PASSWORD}!\n{PASSWORD}!\n")
    assert answer.exit_code == 0
    assert PASSWORD not in answer.output


@pytest.mark.parametrize(
    ("line", "text", "said"),
    [
        ("user add nobody --name N --password-stdin", PASSWORD, "no e-mail address"),
        ("user add a@@b.example --name N --password-stdin", PASSWORD, "no e-mail address"),
        ("user add <a@b.example> --name N --password-stdin", PASSWORD, "no e-mail address"),
        ("user add a@.example --name N --password-stdin", PASSWORD, "no e-mail address"),
        ("user add a@example --name N --password-stdin", PASSWORD, "no e-mail address"),
        ("team add brightPATH", "", "already: see `repline team list`"),
        ("user add a@b.example --name N --password-stdin", "short\n", "at least 10"),
        ("user add a@b.example --name N --password-stdin", "", "at least 10"),
        ("user add ANA@brightpath.example --name N --password-stdin", PASSWORD, "already"),
        ("user add a@b.example --name N --team 7 --password-stdin", PASSWORD, "no team 7"),
        ("user disable b@b.example", "", "no user"),
        ("license grant b@b.example dialer", "", "no user"),
        ("license grant ana@brightpath.example pilot", "", "pilot"),
        ("number add 404", "", "not a complete"),
        ("number add +447700900123", "", "US or Canada"),
        ("number add 404-555-0123", "", "already"),
        ("number assign 404-555-0199 ana@brightpath.example", "", "not one of our numbers"),
        ("serve", "", "SECRET_KEY is not set"),
        ("work", "", "SECRET_KEY is not set"),
        ("nonsense", "", "No such command"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(office, line, text, said):
    answer = office(line, text)
    assert answer.exit_code in (1, 2)
    assert said in answer.output
    assert isinstance(answer.exception, SystemExit)
    assert len(users.of_team(1)) == 1
    assert len(numbers.of_team(1)) == 1
    assert len(teams.all_teams()) == 1


@pytest.mark.parametrize("name", ["o'brien+crm", "müller", "a.b_c-d"])
def test_unusual_names_before_the_at_are_mail_addresses(office, name):
    line = f"user add {name}@mail.brightpath.example --name N --password-stdin"
    assert office(line, PASSWORD).exit_code == 0


def test_with_two_teams_one_has_to_be_named(office):
    office("team add Rivals")
    assert "--team ID" in office("user list").output
    assert office("user list --team 2").output == ""


def test_a_number_stays_within_its_team(office):
    office("team add Rivals")
    office("user add eve@rivals.example --name Eve --team 2 --password-stdin", PASSWORD)
    answer = office("number assign 4045550123 eve@rivals.example")
    assert answer.exit_code == 1
    assert "different teams" in answer.output


def test_numbers_are_given_and_taken(office):
    give, take = "number assign 4045550123 ", "number unassign 4045550123 "
    ana = "ana@brightpath.example"
    assert [office(give + ana).output for _ in "12"] == ["assigned\n", "was assigned already\n"]
    listed = "1\t+14045550123\t(404) 555-0123\tlong_code\tsms,mms,voice\tnot read yet\t"
    assert office("number list").output == f"{listed}{ana}\n"
    assert [office(take + ana).output for _ in "12"] == ["unassigned\n", "was not assigned\n"]


def test_licenses_are_given_and_taken(office):
    grant, revoke = "license grant {} messenger", "license revoke {} messenger"
    ana = "ana@brightpath.example"
    assert office(grant.format(ana)).output == "granted\n"
    assert office(grant.format(ana)).output == "was granted already\n"
    assert "\tmessenger\t" in office("user list").output
    assert office(revoke.format(ana)).output == "revoked\n"
    assert office(revoke.format(ana)).output == "was not granted\n"


@pytest.mark.parametrize("line", ["user disable {}", "user password {} --password-stdin"])
def test_disabling_and_a_new_password_end_every_session(office, line):
    writer = InlineWriter(lambda tx: None)
    held = writer(lambda tx: sessions.start(tx, 1, 1, client="", expires_at=now() + 10_000))
    assert sessions.ended([held]) == []
    assert office(line.format("ana@brightpath.example"), PASSWORD).exit_code == 0
    assert sessions.ended([held]) == [held]


def test_a_disabled_user_can_come_back(office):
    office("user disable ana@brightpath.example")
    assert office("user list").output.endswith("disabled\n")
    assert office("user enable ana@brightpath.example").output == "enabled\n"
    assert office("user list").output.endswith("active\n")


def test_quick_replies_are_added_listed_and_removed(office):
    words = ["quick-reply", "add", "Hours", "We open\nat nine."]
    assert CliRunner().invoke(main, words).output == "1\n"
    again = CliRunner().invoke(main, words)
    assert (again.exit_code, "already" in again.output) == (1, True)
    assert office("quick-reply list").output == "1\tHours\tWe open\\nat nine.\n"
    assert office("quick-reply remove 1").output == "removed\n"
    gone = office("quick-reply remove 1")
    assert (gone.exit_code, "`repline quick-reply list`" in gone.output) == (1, True)
    assert office("quick-reply list").output == ""


def test_hooks_are_made_switched_told_again_and_removed(office, monkeypatch):
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)
    made = office("hook make https://crm.example/hook --event message.sent").output
    assert made.startswith("1\twhsec_")
    assert office("hook switch 1 off").output == "off\n"
    assert office("hook list").output == "1\thttps://crm.example/hook\tmessage.sent\toff\n"
    assert office("hook retry 1").output == "0 to be told again\n"
    assert office("hook remove 1").output == "removed\n"
    for line in ("hook switch 1 on", "hook retry 1", "hook remove 1", "hook deliveries 1"):
        assert "no hook 1: see `repline hook list`" in office(line).output
    wrong = office("hook make http://10.0.0.1 --event message.sent")
    assert (wrong.exit_code, "https://" in wrong.output) == (1, True)


def test_no_seats_stay_no_seats_when_another_kind_is_set(office):
    office("license seats dialer 0")
    office("license seats messenger 5")
    answer = office("license grant ana@brightpath.example dialer")
    assert (answer.exit_code, "All 0 dialer seats" in answer.output) == (1, True)


def test_openapi_needs_no_configuration(run):
    assert json.loads(run("openapi").output)["openapi"] == "3.1.0"


@pytest.mark.only_on("sqlite")
def test_a_database_that_refuses_is_no_traceback(run, tmp_path, monkeypatch):
    (tmp_path / "text.sqlite3").write_text("this is no database, it is a file of text" * 100)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/text.sqlite3")
    answer = run("team list")
    assert answer.exit_code == 1
    assert "not a database" in answer.output
    assert f"{tmp_path}/text.sqlite3" in answer.output


def test_a_server_that_does_not_answer_is_named_without_its_password(run, monkeypatch):
    url = "postgresql://ana:secret@127.0.0.1:1/repline"
    monkeypatch.setenv("DATABASE_URL", url)
    answer = run("team list")
    assert answer.exit_code == 1
    assert "postgresql://127.0.0.1:1/repline" in answer.output
    assert "Traceback" not in answer.output
    assert "secret" not in answer.output


@pytest.mark.parametrize("line", ["migrate", "team list", "serve"])
@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:///:memory:", "and a file"),
        ("sqlite:///", "and a file"),
        ("mysql://ana:secret@host/repline", "and a file"),
        ("sqlite:////nowhere/repline.sqlite3", "There is no "),
    ],
)
def test_an_address_where_no_database_can_be_is_told(run, monkeypatch, line, url, said):
    for name, value in {**COMPLETE, "DATABASE_URL": url}.items():
        monkeypatch.setenv(name, value)
    answer = run(line)
    assert answer.exit_code == 1
    assert said in answer.output
    assert "secret" not in answer.output


@pytest.fixture
def carrier(monkeypatch):
    """An account that holds (404) 555-0123 and posts its texts to us."""
    settings = Settings(
        account_sid=COMPLETE["TWILIO_ACCOUNT_SID"],
        auth_token=COMPLETE["TWILIO_AUTH_TOKEN"],
        backend_url=COMPLETE["PUBLIC_URL"],
        numbers=("+14045550123",),
        registered=True,
    )
    with Simulator(settings) as running:
        for name, value in {**COMPLETE, "TWILIO_API_BASE_URL": running.url}.items():
            monkeypatch.setenv(name, value)
        yield running


def test_a_number_that_the_account_does_not_hold_is_not_added(office, carrier):
    answer = office("number add 4045550124")
    assert answer.exit_code == 1
    assert "does not hold the number +14045550124. It holds: +14045550123." in answer.output
    carrier.carrier.add_number(COMPLETE["TWILIO_ACCOUNT_SID"], "+14045550124")
    assert office("number add 4045550124").output == "2\t+14045550124\n"


def test_a_number_is_added_unasked_where_no_carrier_answers(office):
    answer = office("number add 4045550124")
    assert answer.exit_code == 0
    assert "no carrier is configured" in answer.output


def test_a_look_up_tells_the_line(office, carrier):
    assert office("number lookup 404-555-0187").output == "+14045550187\tmobile\n"
    assert office("number lookup 416-555-0123").output == "+14165550123\tunknown\n"
    assert "not a complete" in office("number lookup 404").output


@pytest.mark.parametrize(
    "line",
    [
        "team settings --team 9999999999999999999999",
        "user list --team 9999999999999999999999",
        "number list --team 9999999999999999999999",
        "hook list --team 9999999999999999999999",
        "api-key list --team 9999999999999999999999",
        "api-key revoke 9999999999999999999999",
        "hook remove 9999999999999999999999",
        "quick-reply remove 9999999999999999999999",
    ],
)
def test_an_id_that_cannot_be_is_refused_in_words(office, line):
    answer = office(line)
    assert answer.exit_code == 2
    assert "is not in the range" in answer.output


def test_ones_own_email_is_no_password(office):
    for line in ("user password ana@brightpath.example", "user add c@x.example --name C"):
        email = "ana@brightpath.example" if "user password" in line else "c@x.example"
        answer = office(line + " --password-stdin", email.upper() + "\n")
        assert answer.exit_code == 1
        assert "no password" in answer.output


def test_a_key_has_a_name_that_can_be_seen(office):
    words = ["api-key", "make", " ", "--for", "ana@brightpath.example", "--scope", "read"]
    for name in ("", " ", "\u200b"):
        words[2] = name
        answer = CliRunner().invoke(main, words, obj=CHEAP)
        assert answer.exit_code == 1
        assert "A name has" in answer.output
