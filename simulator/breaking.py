"""Answers that do not arrive: what a client cannot tell from a request that was never heard."""

import socket

from flask import Response, request


def drop() -> None:
    """Close the request's connection: what the server writes after this goes nowhere."""
    connection: socket.socket = request.environ["werkzeug.socket"]
    connection.shutdown(socket.SHUT_RDWR)


def cut_off(answer: Response) -> None:
    """Send the head of ``answer`` and half of its body, then close the connection."""
    connection: socket.socket = request.environ["werkzeug.socket"]
    raw = answer.get_data()
    head = f"HTTP/1.1 {answer.status}\r\nContent-Type: {answer.content_type}\r\nContent-Length: "
    connection.sendall(f"{head}{len(raw)}\r\nConnection: close\r\n\r\n".encode())
    connection.sendall(raw[: len(raw) // 2])
    drop()
