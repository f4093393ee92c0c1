"""Where everything meets: the processes of a deployment, built from its configuration."""

import os
import threading
from dataclasses import dataclass

import gevent
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.serving import make_server

from backend import config as configuration
from backend import core as cores
from backend import log, metrics
from backend.config import Config
from backend.core import Core
from backend.hub.local import LocalHub
from backend.keys import derive
from backend.media.uploading import Uploads
from backend.messaging.in_flight import InFlight
from backend.page_sessions import PageSessions
from backend.passwords import Passwords
from backend.signing_in import Sessions
from backend.store.group_writer import GroupWriter
from backend.store.writer import InlineWriter
from backend.tokens import Tokens
from backend.web import admin, api, crm, health, media, openapi, requests, socket, twilio
from backend.web.sockets import Sockets

LARGEST_REQUEST = 64 * 1024


@dataclass(frozen=True)
class Repline:
    """A running backend, for those who start and stop it: ``app.extensions["repline"]``."""

    core: Core
    hub: LocalHub


def create_app(config: Config, *, passwords: Passwords | None = None) -> Flask:
    """The web process: webhooks, sockets, REST. Needs gunicorn's gevent worker to hold sockets."""
    sockets, in_flight = Sockets(), InFlight()
    core = cores.build(config, GroupWriter, (sockets.committed, in_flight.committed))
    passwords = passwords or Passwords()
    sessions = Sessions(core.writer, Tokens(config), passwords)
    sockets.connect(core.writer, sessions)

    app = Flask("backend", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_REQUEST
    if config.trusted_proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=config.trusted_proxies, x_proto=0, x_host=0
        )
    app.extensions["repline"] = Repline(core, sockets.hub)
    requests.register(app)
    twilio.register(app, config, core.writer, metrics.webhooks.count, in_flight)
    app.register_blueprint(
        media.blueprint(core.files, core.links, sessions, core.writer, config.origins)
    )
    app.register_blueprint(health.blueprint(core.writer, config.metrics_token))
    app.register_blueprint(crm.blueprint())
    app.register_blueprint(openapi.blueprint(config.public_url))
    socket.register(app, sockets.poller, config.origins)
    services = api.Services(
        core.writer,
        sessions,
        core.pusher.public_key,
        sockets.hub.close_session,
        Uploads(core.writer, core.files, core.apart),
        hook_secret=core.hook_secret,
        remove_files=core.tidying.remove_unused,
        desk=core.desk,
        webhook=config.webhook,
        public_url=config.public_url,
        imports=core.imports,
        crm_pages=core.crm_records.table,
        connecting=core.connecting,
        local_hooks=config.simulated,
    )
    api.register(app, services, config.origins)
    pages = admin.Services(
        writer=core.writer,
        sessions=PageSessions(config, core.writer, sessions),
        passwords=passwords,
        public_url=config.public_url,
        notice_key=derive(config.secret_key, "admin notices"),
        session_ended=sockets.hub.close_session,
        desk=core.desk,
        webhook=config.webhook,
        hook_secret=core.hook_secret,
        connecting=core.connecting,
        local_hooks=config.simulated,
        imports=core.imports,
    )
    admin.register(app, pages)
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
    log.configure()
    core = cores.build(config, InlineWriter)
    if config.metrics_port:
        _watched(core)
    core.queue.run()


def _watched(core: Core) -> None:
    """Answer those who watch over a worker, in a thread beside it."""
    app = Flask("worker", static_folder=None)
    app.register_blueprint(health.blueprint(core.writer, core.config.metrics_token))
    host = os.environ.get("HOST", "127.0.0.1")
    server = make_server(host, core.config.metrics_port, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True, name="metrics").start()
