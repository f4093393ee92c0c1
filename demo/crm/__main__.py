"""``python -m demo.crm``: serve the CRM on this machine until stopped."""

import json
import logging

import click
from werkzeug.serving import make_server

from demo.crm.app import create_app


@click.command()
@click.option("--port", default=0, show_default="any free one", type=click.IntRange(0, 65535))
def main(port: int) -> None:
    """Serve Acme CRM on 127.0.0.1. Prints {"url": ...} on one line once it listens."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", port, create_app(), threaded=True)
    click.echo(json.dumps({"url": f"http://127.0.0.1:{server.server_port}"}))
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


if __name__ == "__main__":
    main()
