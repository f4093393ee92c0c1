"""Where everything meets: the factory that builds the backend from its configuration."""

import os
from dataclasses import dataclass
from typing import cast

from flask import Flask

from backend import config as configuration
from backend import jobs as job_queue
from backend import log
from backend.carrier.twilio import TwilioCarrier
from backend.config import Config
from backend.hub.local import LocalHub
from backend.hub.poller import Poller
from backend.hub.sockets import Socket as HubSocket
from backend.jobs import Jobs
from backend.messaging.gate import Gate
from backend.messaging.hand_over import HandOver
from backend.messaging.status import CARRIER
from backend.models.connection import connect, migrate
from backend.ports import Carrier, Pusher
from backend.store import feed
from backend.store.group_writer import GroupWriter
from backend.store.writer import Transaction, Writer
from backend.tokens import Identity
from backend.web import frames, socket, twilio


@dataclass
class Repline:
    """The parts of a running backend, for those who start and stop it."""

    config: Config
    writer: Writer
    hub: LocalHub
    jobs: Jobs


def from_environment() -> Flask:
    """The WSGI application as gunicorn serves it, with jobs inside unless Redis carries them."""
    log.configure()
    app = create_app(configuration.from_environment(os.environ))
    repline: Repline = app.extensions["repline"]
    repline.hub.watch()
    if not repline.config.redis_url:
        repline.jobs.start()
    return app
