"""The container image and the Procfile, as far as they can be tried without a daemon: what is
copied suffices to build and to run, with nothing but the environment set."""

import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
import requests
import yaml

from demo.browser import free_port
from tests.ops.image import ROOT, copied, instructions, lay_out, sent, stages

ASSETS, PACKAGES, RUNNING = stages()
PROCFILE = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text("utf-8").splitlines())
APP = json.loads((ROOT / "app.json").read_text("utf-8"))
PATIENCE_S = 60


@pytest.mark.parametrize("stage", [ASSETS, PACKAGES], ids=["assets", "packages"])
def test_what_is_copied_is_in_the_checkout_and_is_sent(stage):
    for name in copied(stage):
        assert any(path == name or path.startswith(f"{name}/") for path in sent()), name


def test_it_runs_as_nobody_in_particular_and_says_how_it_is():
    last = dict(RUNNING)
    assert last["USER"] == "repline"
    assert "--uid 10001" in last["RUN"]
    assert "/healthz" in last["HEALTHCHECK"]
    assert json.loads(last["CMD"]) == ["repline", "serve"]
    assert last["VOLUME"] in last["ENV"]


def test_it_names_no_host_but_itself():
    said = "\n".join(rest for _, rest in instructions())
    assert set(re.findall(r"https?://([\w.-]+)", said)) == {"127.0.0.1"}


def test_the_assets_are_built_of_what_is_copied(tmp_path):
    lay_out(ASSETS, tmp_path)
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    (command,) = [rest for name, rest in ASSETS if name == "RUN" and "build" in rest]
    subprocess.run(shlex.split(command), cwd=tmp_path, check=True, timeout=PATIENCE_S)
    manifest = json.loads((tmp_path / "extension/manifest.json").read_text("utf-8"))
    for name in (manifest["background"]["service_worker"], *manifest["content_scripts"][0]["js"]):
        assert (tmp_path / "extension" / name).stat().st_size
    assert (tmp_path / "backend/web/admin/static/admin.js").stat().st_size


@pytest.fixture
def image(databases, tmp_path):
    """A folder with what runs in the image, and the environment of a deployment."""
    app, data = tmp_path / "app", tmp_path / "data"
    data.mkdir()
    url = databases.blank(data)
    lay_out(PACKAGES, app)
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(app),  # before what this checkout has installed
        "SECRET_KEY": "a secret for tests that is long enough to pass",
        "PUBLIC_URL": "https://repline.example.com",
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "token",
        "TWILIO_API_BASE_URL": "http://127.0.0.1:1",
        "DATABASE_URL": url,
        "MEDIA_DIR": f"{data}/media",
    }
    yield app, environment
    databases.drop(url)


def ready(url: str, process: subprocess.Popen) -> dict:
    ends = time.monotonic() + PATIENCE_S
    while True:
        try:
            return requests.get(f"{url}/readyz", timeout=PATIENCE_S).json()
        except requests.ConnectionError:
            assert process.poll() is None, "it has ended"
            assert time.monotonic() < ends, "it does not listen"
            time.sleep(0.05)


def test_the_procfile_runs_with_nothing_but_the_environment(image):
    app, environment = image
    release = subprocess.run(
        shlex.split(PROCFILE["release"]), cwd=app, env=environment, capture_output=True, text=True
    )
    assert release.returncode == 0, release.stderr
    assert "0001_first_release" in release.stdout
    redis_port, port, metrics = free_port(), free_port(), free_port()
    running = []

    def start(command, **more):
        process = subprocess.Popen(
            shlex.split(command), cwd=app, env={**environment, **more}, stdout=subprocess.DEVNULL
        )
        running.append(process)
        return process

    with tempfile.TemporaryDirectory() as folder:
        try:
            start(f"redis-server --port {redis_port} --bind 127.0.0.1 --dir {folder}")
            redis = {"REDIS_URL": f"redis://127.0.0.1:{redis_port}/0"}
            web = start(PROCFILE["web"], PORT=str(port), **redis)
            worker = start(PROCFILE["worker"], METRICS_PORT=str(metrics), **redis)
            assert ready(f"http://127.0.0.1:{port}", web)["ready"]
            assert ready(f"http://127.0.0.1:{metrics}", worker)["ready"]
            probe = json.loads(dict(RUNNING)["HEALTHCHECK"].partition("CMD ")[2])
            for at, code in ((port, 0), (free_port(), 1)):
                told = {**environment, "PORT": str(at)}
                assert subprocess.run(probe, env=told, stderr=subprocess.DEVNULL).returncode == code
        finally:
            for process in reversed(running):
                process.terminate()
            for process in running:
                process.wait(PATIENCE_S)


def test_every_way_to_deploy_runs_the_same():
    heroku = yaml.safe_load((ROOT / "heroku.yml").read_text("utf-8"))
    assert heroku["build"]["docker"]["web"] == "Dockerfile"
    assert heroku["release"]["command"] == [PROCFILE["release"]]
    assert heroku["run"]["web"] == " ".join(json.loads(dict(RUNNING)["CMD"]))
    assert heroku["run"]["worker"]["command"] == [PROCFILE["worker"]]
    assert set(APP["formation"]) == set(PROCFILE) - {"release"}


def test_what_app_json_asks_for_is_read():
    files = ("backend/config.py", "backend/gunicorn_conf.py")
    read = "".join((ROOT / name).read_text("utf-8") for name in files)
    for name in APP["env"]:
        assert re.search(f"[\"']{name}[\"']", read), name
