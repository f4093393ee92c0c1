"""Ours and those it is measured against. Each is a context manager with the same few names."""

from benchmarks.peers.embedded import Embedded
from benchmarks.peers.hub import WebsocketsHub
from benchmarks.peers.nchan import Nchan
from benchmarks.peers.repline import Repline
from benchmarks.peers.scaled_out import ScaledOut, deployments
from benchmarks.peers.server import Server

__all__ = ["Embedded", "Nchan", "Repline", "ScaledOut", "Server", "WebsocketsHub", "deployments"]
