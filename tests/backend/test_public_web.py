"""Strangers' addresses lead to the public internet, or nowhere."""

import socket

import pytest
import requests

from backend import public_web


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1"),
        *("169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1", "224.0.0.1", "240.0.0.1"),
        *("255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fd00::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
        *("2002:7f00:1::1", "2002:a9fe:a9fe::1", "64:ff9b:1::a9fe:a9fe", "::a9fe:a9fe"),
        *("::127.0.0.1", "::ffff:0:127.0.0.1", "5f00::1", "4000::1"),
    ],
)
def test_addresses_of_our_own_networks_are_not_public(address):
    assert not public_web.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "64:ff9b::5db8:d822"])
def test_anybodys_addresses_are(address):
    assert public_web.is_public(address)


def resolving(monkeypatch, *addresses):
    asked = []

    def getaddrinfo(host, port, *args, **options):
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    resolving(monkeypatch, "93.184.216.34", "10.0.0.1")
    with pytest.raises(public_web.NotPublic):
        public_web.resolve("rebinding.example", 443)


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(monkeypatch):
    asked = resolving(monkeypatch, "93.184.216.34")
    connected = []

    def connect(address, *args, **options):
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(public_web, "create_connection", connect)
    with public_web.session() as session, pytest.raises(requests.ConnectionError):
        session.get("https://rebinding.example/", timeout=1)
    # Asked once: a name has no second chance to point elsewhere.
    assert (asked, connected) == (["rebinding.example"], [("93.184.216.34", 443)])


@pytest.mark.parametrize("url", ["http://93.184.216.34/", "file:///etc/passwd", "ftp://a.example/"])
def test_only_https_is_spoken(url):
    with public_web.session() as session, pytest.raises(requests.RequestException):
        session.get(url, timeout=1)


def test_proxies_of_the_environment_are_not_used(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.setblocking(False)
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.getsockname()[1]}")
        with public_web.session() as session, pytest.raises(requests.RequestException):
            session.get("https://localhost:1/", timeout=1)
        with pytest.raises(BlockingIOError):
            proxy.accept()
