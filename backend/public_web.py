"""Asking strangers' addresses: only https, and never a machine of our own network.

A name that points at 169.254.169.254, at this machine or into a private network would make us ask
there on somebody's behalf (SSRF). The address that was checked is the one that is connected to, so
a name cannot point elsewhere a moment later.
"""

import ipaddress
import socket
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util.connection import create_connection

# Some versions of Python take parts of it for public (IANA special-purpose registry).
_PROTOCOLS = ipaddress.ip_network("192.0.0.0/24")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# The only global unicast space that IANA gives out of, RFC 4291 2.4 and its IPv6 address space
# registry: the rest translates, is local, or is nobody's yet.
_UNICAST = ipaddress.ip_network("2000::/3")


class NotPublic(OSError):
    """The name leads to an address that is not on the public internet."""


def session() -> requests.Session:
    """A session that knows https to public addresses alone: no http, no proxies, no .netrc.

    Redirects have to be followed by the caller, each with the same session. What is refused raises
    :class:`requests.RequestException`.
    """
    made = requests.Session()
    made.trust_env = False
    made.adapters.clear()
    made.mount("https://", _PublicAdapter())
    return made


def is_public(address: str) -> bool:
    """Whether an IP address is anybody's, looking through what IPv6 wraps around IPv4."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            return is_public(str(inner))
        if ip not in _UNICAST:
            return False
    return ip.is_global and not ip.is_multicast and ip not in _PROTOCOLS


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, or :class:`NotPublic` when a single one is not public."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    for address in addresses:
        if not is_public(address):
            raise NotPublic(f"{host} is not on the public internet")
    return addresses


class _PublicConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        try:
            addresses = resolve(self.host, self.port)
            for address in addresses:
                try:
                    return create_connection(
                        (address, self.port),
                        self.timeout,
                        source_address=self.source_address,
                        socket_options=self.socket_options,
                    )
                except OSError as error:
                    if address == addresses[-1]:
                        raise error
            raise OSError("the name has no address")
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"{self.host} does not answer") from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error


class _PublicPool(HTTPSConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        pools: PoolManager = self.poolmanager
        pools.pool_classes_by_scheme = {"https": _PublicPool}
