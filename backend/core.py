"""What web and worker processes share, built from the configuration."""

from collections.abc import Callable
from dataclasses import dataclass

import requests

from backend import public_web, queue
from backend.apart import Apart
from backend.aside import Aside
from backend.carrier.numbers import TwilioNumbers
from backend.carrier.twilio import TwilioCarrier
from backend.compliance import simulation
from backend.config import Config
from backend.connections import jobs as connection_jobs
from backend.connections.calling import Calling
from backend.connections.connecting import Connecting
from backend.connections.drift import Comparing
from backend.connections.records import Reading
from backend.connections.sealing import Seal
from backend.crm import edges
from backend.crm_logs import jobs as crm_log_jobs
from backend.crm_logs.draining import Draining
from backend.crm_pages import table
from backend.crm_pages.records import Records
from backend.hooks import jobs as hook_jobs
from backend.hooks.delivering import Delivering
from backend.hooks.managing import Secrets
from backend.hub.redis import RedisWakes
from backend.importing import jobs as import_jobs
from backend.importing.keeping import Keeping
from backend.importing.loading import Loading
from backend.importing.managing import Imports
from backend.inbox import jobs as inbox_jobs
from backend.keys import derive
from backend.media import jobs as media_jobs
from backend.media.fetching import Fetching
from backend.media.files import Files
from backend.media.links import Links
from backend.media.tidying import Tidying
from backend.messaging import jobs as messaging_jobs
from backend.messaging.hand_over import HandOver
from backend.messaging.status import CARRIER
from backend.models.connection import Opened, connect, migrate
from backend.numbers import jobs as number_jobs
from backend.ports import NumberDesk
from backend.privacy import jobs as privacy_jobs
from backend.privacy.retention import Retention
from backend.push import WebPusher
from backend.queue import Queue
from backend.store import pseudonym
from backend.store.rows import now
from backend.store.writer import Committed, Transaction, Writer
from backend.team import jobs as team_jobs


@dataclass(frozen=True)
class Core:
    """``tidying`` removes files that nobody needs; ``hook_secret(salt)`` is a hook's secret;
    ``connecting`` connects CRMs, ``crm_records`` knows their records by address; ``wakes`` is there
    when Redis is."""

    config: Config
    writer: Writer
    desk: NumberDesk
    pusher: WebPusher
    queue: Queue
    files: Files
    links: Links
    apart: Apart
    tidying: Tidying
    imports: Imports
    hook_secret: Secrets
    connecting: Connecting
    crm_records: Records
    wakes: RedisWakes | None


def configure(config: Config) -> None:
    """What holds for the whole process: the key of hashed mobiles and the recipients' clock."""
    pseudonym.configure(derive(config.secret_key, "mobiles"))
    simulation.configure(fictitious=config.simulated, starts_at=config.simulated_time)


def open_store(config: Config) -> Opened:
    """The database of this process, not yet brought up to date."""
    configure(config)
    return connect(config.database_url)


def build(
    config: Config, make_writer: Callable[[Committed], Writer], told: tuple[Committed, ...] = ()
) -> Core:
    """Open the database, bring it up to date and connect the parts that need no socket.

    ``told`` are those of this process who hear of each committed transaction, before the queues.
    """
    migrate(open_store(config))
    jobs = Queue(queue.through_redis(config.redis_url) if config.redis_url else queue.in_memory)
    wakes = RedisWakes(config.redis_url) if config.redis_url else None
    writer = make_writer(_each(*told, *_woken(jobs, wakes)))
    files = Files(config.media_folder)
    # Two pictures at a time are read through: each takes a core for a tenth of a second.
    apart = Apart(2)
    records = Records(table.load(config.crm_pages_file))
    core = Core(
        config=config,
        writer=writer,
        desk=TwilioNumbers(
            config.twilio_account_sid, config.twilio_auth_token, config.twilio_api_base_url
        ),
        pusher=WebPusher(config),
        queue=jobs,
        files=files,
        links=Links(config.public_url, derive(config.secret_key, "media links"), now),
        apart=apart,
        tidying=Tidying(writer, files),
        imports=Imports(writer, Files(config.imports_folder), apart, records),
        hook_secret=Secrets(config.secret_key),
        connecting=Connecting(
            *(writer, edges(config.crms), Seal(config.secret_key)),
            config.crm_redirect,
        ),
        crm_records=records,
        wakes=wakes,
    )
    _tasks(core)
    jobs.note_through(writer)
    return core


def _tasks(core: Core) -> None:
    """Each room tells what it does off the road of requests."""
    config, queue, writer = core.config, core.queue, core.writer
    carrier = TwilioCarrier(
        config.twilio_account_sid,
        config.twilio_auth_token,
        config.twilio_api_base_url,
        status_of=CARRIER,
    )
    callback = f"{config.public_url}/twilio/messages/status?message={{}}&request={{}}".format
    hand_over = HandOver(writer, carrier, callback, core.links.make)
    fetching = Fetching(writer, core.files, carrier, core.apart)
    strangers = requests.Session if config.simulated else public_web.session
    messaging_jobs.tasks(queue, writer, carrier, hand_over)
    inbox_jobs.tasks(queue, writer, core.pusher)
    media_jobs.tasks(queue, fetching, core.tidying, core.apart)
    import_jobs.tasks(
        queue,
        Loading(writer, core.imports.pieces),
        Keeping(writer, core.imports.files),
        core.apart,
    )
    hook_jobs.tasks(queue, writer, Delivering(writer, core.hook_secret, strangers))
    number_jobs.tasks(queue, writer, core.desk, config.webhook)
    connecting = core.connecting
    calling = Calling(writer, connecting.crms, connecting.seal)
    reading = Reading(writer, calling)
    at_once = {name: crm.at_once for name, crm in connecting.crms.items()}
    comparing = Comparing(writer, calling, carrier)
    connection_jobs.tasks(queue, writer, calling, reading, comparing)
    crm_log_jobs.tasks(queue, Draining(writer, calling, reading, at_once))
    privacy_jobs.tasks(queue, writer, Retention(writer, carrier, core.tidying.remove_unused))
    team_jobs.tasks(queue, writer)


def _woken(jobs: Queue, wakes: RedisWakes | None) -> tuple[Committed, ...]:
    if wakes is None:
        return (jobs.committed,)
    # A Redis that hangs must not hold up those who wait for their commit.
    aside = Aside("redis")
    return (
        lambda tx: aside(jobs.committed, tx),
        lambda tx: aside(wakes.tell, {event.user for event in tx.events}),
    )


def _each(*told: Committed) -> Committed:
    def tell(transaction: Transaction) -> None:
        for listener in told:
            listener(transaction)

    return tell
