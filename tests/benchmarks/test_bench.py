"""The benchmark measures what it says it does: tiny here, and never judged by its speed."""

import asyncio
import json
import resource
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from benchmarks import browser, crm_pages, latency, machine, memory, plot, report, runs, scaled_runs
from benchmarks.peers import Embedded, Nchan, WebsocketsHub
from benchmarks.plan import Plan

# Each piece starts a server of its own, one after the other on one core, and a SQLite file: what is
# measured is the embedded deployment.
pytestmark = [pytest.mark.timeout(400), pytest.mark.only_on("sqlite")]

TINY = Plan(
    rounds=1,
    idle=20,
    rates=(40,),
    seconds=0.6,
    warm=0.2,
    memory=(20, 40),
    scaled_memory=(20, 30),
    crowd=30,
    crowd_rates=(40,),
    fan_out=5,
    fan_out_rate=30,
    restart=30,
    restart_rate=20,
    inbox=(20_000, 40_000),
    inbox_asked=20,
    sustained=0.3,
    slow_others=5,
    slow_rate=30,
    page_numbers=50,
    page_watched=0.3,
    page_loads=1,
    record_nodes=200,
    list_rows=30,
    clicks=1,
    keys=3,
    gate_people=500,
    gate_opt_outs=50,
    gate_asked=50,
    admin_rows=200,
    admin_asked=2,
)


class Missing(Nchan):
    name = "missing peer"
    absent = "it is not installed"


def apart(work):
    """In a thread of its own: one core for it alone, and no event loop of another test."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


@pytest.fixture(scope="module", autouse=True)
def descriptors():
    """The benchmark takes as many as it may; the other tests get their limit back."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    peers = (Missing(), Nchan(), WebsocketsHub())
    return json.loads(json.dumps(apart(lambda: runs.run(TINY, folder, lambda what: None, peers))))


def test_the_gate_is_timed_beside_a_bare_look_up(results):
    found = results["gate"]
    assert (found["people"], found["opt_outs"]) == (500, 50)
    for key in ("ask", "look", "bare"):
        assert 0 < found[key]["p50"] <= found[key]["p99"]
    assert "before typing" in report.table(results)


def test_an_inbox_is_read_in_databases_of_two_sizes(results):
    small, large = results["inbox"]
    assert (small["messages"], large["messages"]) == (20_000, 40_000)
    assert 0 < small["p50"] <= small["p99"]
    assert "40,000" in report.table(results)


def test_latency_is_measured_once_more_in_a_larger_crowd(results):
    assert {row["sockets"] for row in results["crowd"]} == {30}
    assert all(row["lost"] == 0 and row["p50_ms"] > 0 for row in results["crowd"])
    assert "30 sockets open" in report.table(results)


def test_one_text_reaches_every_socket_of_a_rep(results):
    rows = results["fan_out"]
    assert {row["server"] for row in rows} >= {"repline", "websockets hub"}
    for row in rows:
        assert (row["sockets"], row["lost"]) == (5, 0)
        assert 0 < row["spread_p50"] <= row["last_p50"] <= row["last_p99"]
    assert "One text to 5 sockets" in report.table(results)


def test_a_restart_tells_every_socket_and_fails_no_webhook(results):
    found = results["restart"]
    assert (found["told"], found["cut"], found["failed"]) == (30, 0, 0)
    assert found["webhooks"] > 0
    assert "30 got Close 1012" in report.table(results)


def test_every_text_reaches_its_rep_once_and_is_timed(results):
    rows = results["latency"]
    assert {row["server"] for row in rows} >= {"repline", "websockets hub"}
    for row in rows:
        assert row["texts"] == 24
        assert (row["lost"], row["repeated"], row["refused"]) == (0, 0, 0)
        assert 0 < row["p50_ms"] <= row["p99_ms"]


def test_memory_is_told_for_each_server_and_count(results):
    servers = {row["server"] for row in results["latency"]}
    found = {(row["server"], row["sockets"]) for row in results["memory"]}
    assert found == {(server, count) for server in servers for count in TINY.memory}
    assert all(row["base_mib"] > 1 for row in results["memory"])


def test_a_socket_that_never_reads_is_dropped_and_misses_nothing(results):
    slow = results["slow_reader"]
    assert slow["dropped"]
    assert not slow["corrupt"]
    assert slow["whole_frames_before"]
    assert slow["resumed"]
    assert slow["received_once"]
    assert (slow["others_lost"], slow["refused"]) == (0, 0)


def test_the_closed_loop_counts_answers_and_cpu_time(results):
    found = results["throughput"]
    assert found["answered"] == found["arrived"] > 0
    assert found["refused"] == 0
    assert found["cpu_us"] > 0


def test_the_deployment_on_postgresql_is_measured_with_one_web_process_and_with_two():
    found = json.loads(json.dumps(apart(lambda: scaled_runs.run(TINY, None, lambda what: None))))
    servers = ["1 web", "2 web"]
    assert [row["server"] for row in found["throughput"]] == servers
    for row in found["throughput"]:
        assert row["answered"] == row["arrived"] > 0
        assert row["refused"] == 0
        assert row["cpu_us"] > 0
        assert set(row["beside_us"]) == {"PostgreSQL", "Redis", "worker"}
        assert row["beside_us"]["PostgreSQL"] > 0
    measured = [(row["sockets"], row["server"]) for row in found["latency"]]
    assert measured == [(count, name) for count in (TINY.idle, TINY.crowd) for name in servers]
    assert all((row["lost"], row["repeated"]) == (0, 0) for row in found["latency"])
    assert (found["fan_out"]["sockets"], found["fan_out"]["lost"]) == (TINY.fan_out, 0)
    assert [row["sockets"] for row in found["memory"]] == [20, 30]
    for row in found["restart"]:
        assert (row["told"], row["cut"], row["failed"]) == (TINY.crowd, 0, 0)
    assert "2 web" in report.table({"absent": {}, "postgresql": found})


def test_a_peer_that_is_not_there_is_named_and_the_rest_is_measured(results):
    text = report.table(results)
    assert "Not measured: missing peer (it is not installed)" in text
    assert "websockets hub" in text
    assert "every text exactly once: yes" in text


def test_the_picture_is_drawn(results, tmp_path):
    plot.draw(results, tmp_path / "plot.png")
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")


class Impostor(Embedded):
    """Comes with tokens and signatures that are nobody's."""

    def greeting(self, rep, since=None):
        return b'{"type":"session.start","v":1,"token":"nobody\'s"}'

    def texts(self, count, reps):
        signed = super().texts(count, reps)
        return [each.replace(b"X-Twilio-Signature: ", b"X-Twilio-Signature: x") for each in signed]


def test_what_our_server_refuses_is_not_taken_for_speed(tmp_path):
    def refused():
        machine.prepare()
        with Impostor(TINY.reps, tmp_path) as impostor:
            with pytest.raises(ConnectionError):
                asyncio.run(memory.measure(impostor, TINY))
            impostor.greeting = super(Impostor, impostor).greeting
            return asyncio.run(latency.measure(impostor, replace(TINY, last_call=0.5)))

    (sample,) = apart(refused)
    assert sample.refused == sample.lost == 32
    assert sample.waits == []


def test_in_the_browser_click_keys_and_page_are_timed():
    assert apart(browser.absent) == ""
    found = apart(lambda: browser.measure(TINY))
    assert len(found["click_to_pane"]["times_ms"]) == TINY.clicks
    assert len(found["key_to_paint"]["times_ms"]) == TINY.keys
    assert found["click_to_pane"]["p50_ms"] > 0
    assert found["page"]["extension_ms"] > 0
    assert found["page"]["extension_ms_without"] == 0


def test_on_pages_of_a_crm_what_we_add_is_told_beside_the_page_without_us():
    found = apart(lambda: crm_pages.measure(TINY))
    for page in ("record", "changing", "list"):
        assert found[page]["extension_ms"] > 0
        assert found[page]["extension_ms_without"] == 0
    assert found["record"]["script_without_ms"] > 0
    assert found["record"]["looks"] > 0
    assert "the same, changing" in report.table({"absent": {}, "crm_pages": found})
