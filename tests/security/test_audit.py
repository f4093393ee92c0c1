"""`make audit`: what is known to be faulty is found, and an audit of nothing is none.

pip-audit and npm are the real ones; what they ask stands here.
"""

import json

import pytest
from flask import Flask, request

from demo.browser import Serving
from scripts import audit

PACKAGES = {"": {"name": "x", "version": "1.0.0", "dependencies": {"left": "1.0.0"}}}
PACKAGES["node_modules/left"] = {"version": "1.0.0"}
LOCK = "flask==3.1.0 \\\n    --hash=sha256:{0}\njinja2==3.1.5 \\\n    --hash=sha256:{0}\n"


class Source:
    """Known faults, as OSV and npm's registry tell them; ``asked`` are the packages."""

    def __init__(self) -> None:
        self.faulty: set[str] = set()
        self.asked: set[str] = set()
        app = Flask(__name__)
        app.add_url_rule("/v1/query", view_func=self._osv, methods=["POST"])
        bulk = "/-/npm/v1/security/advisories/bulk"
        app.add_url_rule(bulk, view_func=self._npm, methods=["POST"])
        self.serving = Serving(app)

    def _osv(self):
        """https://google.github.io/osv.dev/post-v1-query/"""
        name = request.get_json(force=True)["package"]["name"]
        self.asked.add(name)
        if name not in self.faulty:
            return {}
        events = [{"introduced": "0"}, {"fixed": "9.9"}]
        of = {"package": {"name": name, "ecosystem": "PyPI"}}
        fault = {
            "id": "OSV-1",
            "summary": "Bad",
            "affected": [{**of, "ranges": [{"type": "ECOSYSTEM", "events": events}]}],
        }
        return {"vulns": [fault]}

    def _npm(self):
        """https://docs.npmjs.com/cli/commands/npm-audit#bulk-advisory-endpoint; gzipped."""
        self.asked.add("left")
        if "left" not in self.faulty:
            return {}
        return {
            "left": [
                {
                    "id": 1,
                    "url": "https://x.example",
                    "title": "Bad",
                    "severity": "high",
                    "vulnerable_versions": "<9",
                }
            ]
        }


@pytest.fixture
def source(monkeypatch, tmp_path):
    source = Source()
    with source.serving as serving:
        monkeypatch.setenv("OSV_URL", f"{serving.url}/v1/query")
        monkeypatch.setenv("npm_config_registry", serving.url)
        monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
        yield source


@pytest.fixture
def locks(tmp_path):
    """Two packages of Python's and one of npm's."""
    (tmp_path / "lock").write_text(LOCK.format("0" * 64), "utf-8")
    made = {"name": "x", "version": "1.0.0", "lockfileVersion": 3, "packages": PACKAGES}
    (tmp_path / "package-lock.json").write_text(json.dumps(made), "utf-8")
    (tmp_path / "package.json").write_text(json.dumps(PACKAGES[""]), "utf-8")
    return tmp_path / "lock", tmp_path


def test_every_package_is_asked_about_and_none_is_faulty(source, locks, capsys):
    assert audit.main(*locks) == 0
    assert source.asked == {"flask", "jinja2", "left"}
    said = capsys.readouterr().out
    assert "Python: 2 of 2 packages audited, 0 faults" in said
    assert "npm: 1 of 1 packages audited, 0 faults" in said


def test_a_known_fault_is_told_with_what_mends_it(source, locks, capsys):
    source.faulty = {"flask", "left"}
    assert audit.main(*locks) == 1
    said = capsys.readouterr().out
    assert "flask 3.1.0: OSV-1, mended in 9.9" in said
    assert "left: high" in said


def test_an_audit_that_could_ask_nobody_fails_and_says_so(source, locks, monkeypatch, capsys):
    monkeypatch.setenv("OSV_URL", f"{source.serving.url}/nobody")
    monkeypatch.setenv("npm_config_registry", f"{source.serving.url}/nobody")
    assert audit.main(*locks) == 1
    said = capsys.readouterr().out
    assert "Python: 0 of 2 packages audited" in said
    assert "npm: 0 of 1 packages audited" in said
    assert said.count("NOT AUDITED") == 2
