# SPDX-License-Identifier: Apache-2.0
"""One application of two: REST under `/v1` and pages elsewhere; and its process."""

import asyncio
import contextlib
import logging
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from lejar import __version__
from lejar.cli.gateway.link import WriterLink
from lejar.cli.gateway.pages import pages
from lejar.cli.gateway.proofs import PageProofs, PageQuestions, TileProving
from lejar.gateways.rest import server as rest
from lejar.gateways.rest.server.projected import ProjectedReads
from lejar.gateways.rest.settings import Settings
from lejar.node.config import Config, ConfigProblem
from lejar.node.door import Door
from lejar.node.founding import PUBLISHED_NAME, published_keys, read_genesis
from lejar.node.process import ProcessLog, on_stop, say_ready
from lejar.node.tiles import TileFolder
from lejar.projections import Projections

ADDRESS_NAME: Final = "address"
GRACE_SECONDS: Final = 3
BACKLOG: Final = 1024


class Mounted:
    """Sends each request to the application whose path it is."""

    def __init__(self, api: ASGIApp, site: ASGIApp) -> None:
        self._api = api
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] == "http" and not rest.serves(scope["path"]):
            await self._site(scope, receive, send)
        else:
            await self._api(scope, receive, send)


class QuietServer(uvicorn.Server):
    """A server that leaves signals to this process, and ends with its own exit code."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.has_started = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start as ever, and tell."""
        await super().startup(sockets)
        self.has_started.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the handlers as they are."""
        yield


def serve_gateway(config: Config, *, supervised: bool) -> int:
    """Serve until stopped; gives the process's exit code.  Raises `ConfigProblem`."""
    report = ProcessLog("gateway")
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING)
    listening = _listen(config)
    port = listening.getsockname()[1]
    try:
        asyncio.run(_serve(config, listening, port, supervised=supervised))
    finally:
        listening.close()
        address_file(config.home).unlink(missing_ok=True)
    report("The gateway has stopped.")
    return 0


def address_file(home: Path) -> Path:
    """Give the file in which a running gateway says its address."""
    return home / ADDRESS_NAME


async def _serve(config: Config, listening: socket.socket, port: int, *, supervised: bool) -> None:
    link = WriterLink(config.home)
    projections = Projections(config.database)
    genesis = read_genesis(config.home)
    keys = published_keys(config.home / PUBLISHED_NAME)
    tiles = TileFolder(config.home)
    reads = ProjectedReads(projections, genesis, TileProving(tiles, keys))
    proofs = PageProofs(link.checkpoint, asyncio.get_running_loop(), tiles)
    explainer = PageQuestions(link.explain, asyncio.get_running_loop())
    hosts = frozenset(config.gateway.names)
    settings = Settings(genesis.network, hosts, hub_version=__version__)
    api = rest.app(link, Door(genesis.network), reads, settings)
    app = Mounted(api, pages(config, genesis, projections, proofs, keys, explainer))
    server = QuietServer(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
    )

    def stop() -> None:
        server.should_exit = True

    on_stop(stop, supervised=supervised)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    await server.has_started.wait()
    host = f"[{config.gateway.host}]" if ":" in config.gateway.host else config.gateway.host
    address_file(config.home).write_text(f"http://{host}:{port}\n", encoding="ascii")
    say_ready()
    await serving
    await link.close()
    projections.close()


def _listen(config: Config) -> socket.socket:
    host, port = config.gateway.host, config.gateway.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        raise ConfigProblem(
            f"Nothing can be served at {host}, port {port}: {error.strerror}. "
            "Name another port with --port or LEJAR_GATEWAY_PORT."
        ) from None
    return listening
