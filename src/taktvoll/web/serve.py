"""Starts the desk in the browser, on this machine alone."""

from __future__ import annotations

import socket
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from secrets import token_urlsafe
from threading import Thread

import uvicorn

from taktvoll.desk import Desk
from taktvoll.errors import WrongUse
from taktvoll.loop import Loop
from taktvoll.messages import say as sentence
from taktvoll.model import Language
from taktvoll.web.app import create_app

ADDRESS = "127.0.0.1"


def run(
    desk: Desk,
    port: int = 0,
    open_browser: bool = True,
    *,
    say: Callable[[str], None] = print,
    language: Language = Language.DE,
) -> int:
    """Serve the desk until Ctrl-C, and do what is due meanwhile; returns the exit code.

    ``port`` 0 takes a free one. ``say`` is given the address to open, in ``language``. Raises
    ``WrongUse("port_taken")``.
    """
    with _listening(port) as listener:
        host = f"{ADDRESS}:{listener.getsockname()[1]}"
        token = token_urlsafe(24)
        address = f"http://{host}/?token={token}"
        say(sentence("web.serving", language, address=address))
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(desk, token=token, host=host),
                log_level="error",
                access_log=False,  # logs hold no letter and no address
                server_header=False,
                timeout_graceful_shutdown=2,
            )
        )
        if open_browser:
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()
        loop = Loop(desk.post)
        with suppress(KeyboardInterrupt):
            loop.start()
            server.run(sockets=[listener])
        if loop.stop():
            say(sentence("web.held", language))
    return 0


def _listening(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((ADDRESS, port))
        listener.listen(64)
    except (OSError, OverflowError) as refused:
        listener.close()
        raise WrongUse("port_taken", port=port) from refused
    return listener
