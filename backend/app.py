"""Where everything meets: the factory that builds the backend from its configuration."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field

import gevent
import requests as requests_library
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from backend import config as configuration
from backend import log, metrics, public_web, queue, signing_in
from backend.apart import Apart
from backend.aside import Aside
from backend.carrier.numbers import TwilioNumbers
from backend.carrier.twilio import TwilioCarrier
from backend.compliance import simulation
from backend.config import Config
from backend.hooks import jobs as hook_jobs
from backend.hooks.delivering import Delivering
from backend.hooks.managing import Secrets
from backend.hub.local import LocalHub
from backend.hub.poller import Poller
from backend.hub.redis import RedisWakes
from backend.hub.sockets import Socket
from backend.inbox import jobs as inbox_jobs
from backend.keys import derive
from backend.media import jobs as media_jobs
from backend.media.fetching import Fetching
from backend.media.files import Files
from backend.media.links import Links
from backend.media.tidying import Tidying
from backend.media.uploading import Uploads
from backend.messaging import jobs as messaging_jobs
from backend.messaging.gate import Gate
from backend.messaging.hand_over import HandOver
from backend.messaging.in_flight import InFlight
from backend.messaging.status import CARRIER
from backend.models.connection import connect, migrate
from backend.numbers import jobs as number_jobs
from backend.page_sessions import PageSessions
from backend.passwords import Passwords
from backend.ports import Carrier, NumberDesk, Pusher
from backend.privacy import jobs as privacy_jobs
from backend.privacy.retention import Retention
from backend.push import WebPusher
from backend.queue import Queue
from backend.signing_in import Sessions
from backend.store import feed, pseudonym
from backend.store.group_writer import GroupWriter
from backend.store.rows import now
from backend.store.writer import InlineWriter, Transaction, Writer
from backend.team import jobs as team_jobs
from backend.tokens import Identity, Tokens
from backend.web import admin, api, health, media, openapi, requests, socket, twilio
from backend.web.frames import Frames, Services

LARGEST_REQUEST = 64 * 1024


@dataclass
class Told:
    """Who is told of each committed transaction; filled while the parts are put together."""

    listeners: list[Callable[[Transaction], None]] = field(default_factory=list)

    def __call__(self, transaction: Transaction) -> None:
        for listener in self.listeners:
            listener(transaction)


@dataclass(frozen=True)
class Core:
    """What web and worker processes share."""

    config: Config
    told: Told
    writer: Writer
    gate: Gate
    carrier: Carrier
    desk: NumberDesk
    pusher: Pusher
    queue: Queue
    files: Files
    links: Links
    apart: Apart
    wakes: RedisWakes | None


@dataclass(frozen=True)
class Repline:
    """A running backend, for those who start and stop it: ``app.extensions["repline"]``."""

    core: Core
    hub: LocalHub


def build_core(config: Config, make_writer: Callable[[Told], Writer]) -> Core:
    """Open the database, bring it up to date and connect the parts that need no socket."""
    migrate(connect(config.database_url))
    pseudonym.configure(derive(config.secret_key, "mobiles"))
    simulation.configure(fictitious=config.simulated, starts_at=config.simulated_time)
    told = Told()
    writer = make_writer(told)
    gate = Gate(fictitious=config.simulated)
    carrier = TwilioCarrier(
        config.twilio_account_sid,
        config.twilio_auth_token,
        config.twilio_api_base_url,
        status_of=CARRIER,
    )
    pusher = WebPusher(config)
    callback = f"{config.public_url}/twilio/messages/status?message={{}}".format

    files = Files(config.media_folder)
    links = Links(config.public_url, derive(config.secret_key, "media links"), now)
    # Two pictures at a time are read through: each takes a core for a tenth of a second.
    apart = Apart(2)
    tidying = Tidying(writer, files)
    desk = TwilioNumbers(
        config.twilio_account_sid, config.twilio_auth_token, config.twilio_api_base_url
    )
    strangers = requests_library.Session if config.simulated else public_web.session
    hook_secret = Secrets(config.secret_key)
    jobs = Queue(queue.through_redis(config.redis_url) if config.redis_url else queue.in_memory)
    hand_over = HandOver(writer, gate, carrier, callback, links.make)
    messaging_jobs.tasks(jobs, writer, carrier, hand_over)
    inbox_jobs.tasks(jobs, writer, pusher)
    media_jobs.tasks(jobs, Fetching(writer, files, carrier, apart), tidying, apart)
    hook_jobs.tasks(jobs, writer, Delivering(writer, hook_secret, strangers))
    number_jobs.tasks(jobs, writer, desk, config.webhook)
    privacy_jobs.tasks(jobs, Retention(writer, carrier, tidying.remove_unused))
    team_jobs.tasks(jobs, writer)
    wakes = RedisWakes(config.redis_url) if config.redis_url else None
    if wakes is None:
        told.listeners.append(jobs.committed)
    else:
        # A Redis that hangs must not hold up those who wait for their commit.
        aside = Aside("redis")
        told.listeners.append(lambda tx: aside(jobs.committed, tx))
        told.listeners.append(lambda tx: aside(wakes.tell, {event.user for event in tx.events}))
    return Core(config, told, writer, gate, carrier, desk, pusher, jobs, files, links, apart, wakes)


def create_app(config: Config, *, passwords: Passwords | None = None) -> Flask:
    """The web process: webhooks, sockets, REST. Needs gunicorn's gevent worker to hold sockets."""
    core = build_core(config, GroupWriter)
    tokens = Tokens(config)
    passwords = passwords or Passwords()
    sessions = Sessions(core.writer, tokens, passwords)
    poller = Poller(lambda who, data: frames.receive(who, data))
    hub = LocalHub(
        poller,
        replay=feed.after,
        reset=lambda who: frames.reset(who),
        positions=lambda users: feed.positions(list(users)),
        ended=signing_in.ended,
    )
    core.told.listeners.insert(0, lambda tx: _publish(hub, tx))
    frames = Frames(Services(core.writer, core.gate, sessions.read, _admit(hub), _renew))

    app = Flask("backend", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    if config.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.trusted_proxies, x_proto=0, x_host=0
        )
    app.extensions["repline"] = Repline(core, hub)
    requests.register(app)
    services = api.Services(
        core.writer,
        core.gate,
        sessions,
        core.pusher.public_key,
        hub.close_session,
        Uploads(core.writer, core.files, core.apart),
        hook_secret=Secrets(config.secret_key),
        remove_files=Tidying(core.writer, core.files).remove_unused,
        local_hooks=config.simulated,
    )
    api.register(app, services, config.origins)
    app.register_blueprint(
        media.blueprint(core.files, core.links, sessions, core.writer, config.origins)
    )
    in_flight = InFlight()
    core.told.listeners.append(in_flight.committed)
    app.register_blueprint(twilio.blueprint(config, core.writer, metrics.webhooks.count, in_flight))
    app.register_blueprint(health.blueprint(core.writer, config.metrics_token))
    app.register_blueprint(openapi.blueprint(config.public_url))
    pages = admin.Services(
        writer=core.writer,
        sessions=PageSessions(config, core.writer, sessions),
        passwords=passwords,
        public_url=config.public_url,
        notice_key=derive(config.secret_key, "admin notices"),
        session_ended=hub.close_session,
        desk=core.desk,
        webhook=config.webhook,
    )
    admin.register(app, pages)
    socket.register(app, poller, config.origins)
    metrics.sockets_open.set_function(lambda: hub.open)
    metrics.sockets_dropped.set_function(lambda: hub.dropped)
    metrics.events_caught_up.set_function(lambda: hub.caught_up)
    return app


def from_environment() -> Flask:
    """The WSGI application as gunicorn serves it, with jobs inside unless Redis carries them."""
    log.configure()
    app = create_app(configuration.from_environment(os.environ))
    repline: Repline = app.extensions["repline"]
    repline.hub.watch()
    if repline.core.wakes:
        loop = gevent.get_hub().loop
        repline.core.wakes.listen(lambda user: loop.run_callback(repline.hub.wake, user))
    else:
        repline.core.queue.start()
    return app


def work(config: Config) -> None:
    """The worker process of a deployment with Redis: runs jobs until it is told to stop."""
    build_core(config, InlineWriter).queue.run()


def _publish(hub: LocalHub, transaction: Transaction) -> None:
    for event in transaction.events:
        hub.publish(event)
    metrics.feed_events.inc(len(transaction.events))


def _admit(hub: LocalHub) -> Callable[[Socket, Identity, int], None]:
    def admit(who: Socket, identity: Identity, cursor: int) -> None:
        who.identity = identity
        hub.admit(
            who,
            user=identity.user,
            session=identity.session,
            expires_at=identity.expires_at,
            cursor=cursor,
        )

    return admit


def _renew(who: Socket, identity: Identity) -> None:
    who.identity = identity
    who.expires_at = identity.expires_at
