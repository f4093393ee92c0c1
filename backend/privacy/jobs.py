"""When texts are forgotten: at night what was kept long enough, each minute at the carrier."""

from huey import Huey, crontab

from backend.privacy.retention import Retention


class PrivacyJobs:
    def __init__(self, huey: Huey, retention: Retention) -> None:
        huey.periodic_task(crontab(minute="41", hour="3"), name="expire")(retention.expire)
        huey.periodic_task(crontab(minute="*"), name="redact")(retention.redact)
