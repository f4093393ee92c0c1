import pytest

from backend.config import ConfigError, from_environment

GOOD = {
    "SECRET_KEY": "x" * 40,
    "PUBLIC_URL": "https://repline.example.com/",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "token",
}


def test_a_whole_environment_is_taken():
    config = from_environment(GOOD)
    assert config.public_url == "https://repline.example.com"
    assert not config.simulated


def test_media_lie_beside_the_database_unless_they_have_a_folder_of_their_own():
    given = {**GOOD, "DATABASE_URL": "sqlite:////var/lib/repline/repline.sqlite3"}
    assert str(from_environment(given).media_folder) == "/var/lib/repline/media"
    elsewhere = from_environment({**given, "MEDIA_DIR": "/mnt/media"})
    assert str(elsewhere.media_folder) == "/mnt/media"


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_beside_a_server_media_need_a_folder_that_is_named(scheme):
    given = {**GOOD, "DATABASE_URL": f"{scheme}://ana:secret@db.example.com/repline"}
    with pytest.raises(ConfigError, match="MEDIA_DIR is not set") as refused:
        from_environment(given)
    assert "secret" not in str(refused.value)
    config = from_environment({**given, "MEDIA_DIR": "/mnt/media"})
    assert str(config.imports_folder) == "/mnt/media/imports"


def test_nothing_set_names_everything_that_is_needed_at_once():
    with pytest.raises(ConfigError) as refused:
        from_environment({})
    for name in GOOD:
        assert name in str(refused.value)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY"),
        ("TWILIO_AUTH_TOKEN", "  ", "TWILIO_AUTH_TOKEN"),
        ("TWILIO_ACCOUNT_SID", "SK123", "account SID"),
        ("PUBLIC_URL", "repline.example.com", "PUBLIC_URL"),
        ("PUBLIC_URL", "http://repline.example.com", "https://"),
        ("PUBLIC_URL", "https://my_host.example.com", "underscore"),
        ("TRUSTED_PROXIES", "many", "TRUSTED_PROXIES"),
        ("METRICS_PORT", "65536", "METRICS_PORT"),
        ("METRICS_PORT", "http", "METRICS_PORT"),
        ("PUBLIC_URL", "https://repline.example.com:99999", "PUBLIC_URL"),
        ("DATABASE_URL", "mysql://x", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///:memory:", "and a file"),
        ("REDIS_URL", "localhost:6379", "redis://"),
        ("TWILIO_API_BASE_URL", "localhost:8002", "TWILIO_API_BASE_URL is no address"),
        ("SIMULATED_TIME", "2026-11-24T16:00:00+00:00", "TWILIO_API_BASE_URL"),
        ("EXTENSION_IDS", "chrome-extension://ceepplloeaipeaiepnkakgmpjpdolpll", "no extension's"),
        ("WEB_PUSH_CONTACT", "ana@brightpath.example", "mailto:"),
    ],
)
def test_a_bad_value_is_refused_with_what_to_do(name, value, said):
    with pytest.raises(ConfigError, match=said):
        from_environment({**GOOD, name: value})


SIMULATED = {**GOOD, "TWILIO_API_BASE_URL": "http://localhost:8002"}


def test_recipients_may_have_another_clock_where_the_carrier_is_simulated():
    written = {"SIMULATED_TIME": "2026-11-24T16:00:00+00:00"}
    assert from_environment({**SIMULATED, **written}).simulated_time == 1795536000000
    assert from_environment(SIMULATED).simulated_time is None


@pytest.mark.parametrize("written", ["noon", "2026-11-24T16:00:00", "1795536000", "2026-13-01"])
def test_a_simulated_time_says_which_offset_it_is_in(written):
    with pytest.raises(ConfigError, match="SIMULATED_TIME is no time with an offset"):
        from_environment({**SIMULATED, "SIMULATED_TIME": written})


def test_secrets_are_not_shown_when_the_configuration_is_printed():
    secrets = {
        "SECRET_KEY": "kettle-" * 6,
        "TWILIO_AUTH_TOKEN": "walnut",
        "TWILIO_AUTH_TOKEN_SECONDARY": "pebble",
        "METRICS_TOKEN": "lantern",
    }
    shown = repr(from_environment({**GOOD, **secrets}))
    assert GOOD["PUBLIC_URL"].rstrip("/") in shown
    assert [name for name, secret in secrets.items() if secret in shown] == []
