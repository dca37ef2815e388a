"""``parkfacts review``: the page in which records are checked and corrected, on this machine."""

from __future__ import annotations

import logging
import socket
import webbrowser
from getpass import getuser
from pathlib import Path
from threading import Timer

from parkfacts.commands.terminal import console
from parkfacts.errors import RunError
from parkfacts.logs import tell

log = logging.getLogger(__name__)


def run(
    outputs: Path, port: int | None, host: str, password_file: Path | None, browser: bool, gold: Path | None
) -> int:
    """Serves the page until it is stopped, and returns 0. Raises ``RunError`` where it cannot."""
    try:
        import uvicorn

        from parkfacts.review import app
        from parkfacts.review.safety import Keys, is_loopback
    except ModuleNotFoundError as error:
        advice = "pip install 'parkfacts[review]'"
        raise RunError("review", f"needs the library {error.name}, which is not installed", advice) from None
    if not outputs.is_dir():
        raise RunError(outputs.as_posix(), "is no folder", "name the folder that extract -o wrote to")
    password = _password(host, password_file, is_loopback(host))
    listening = _listen(host, port)
    keys = Keys(host, listening.getsockname()[1], password)
    site = app.create(outputs, keys, gold, _user())
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{keys.port}/?token={keys.token}"
    if password is not None:
        message = (
            f"open to every machine that reaches {host}:{keys.port}, over plain HTTP: whoever knows the "
            "password reads and changes all documents of the folder"
        )
        tell(log, logging.WARNING, "review.opened", message, host=host, port=keys.port)
    print(address, flush=True)
    console(stderr=True).print("Ctrl-C stops it; every decision is kept as it is made")
    tell(log, logging.INFO, "review.started", f"{outputs.as_posix()} on port {keys.port}", host=host, port=keys.port)
    if browser:
        Timer(0.5, webbrowser.open, [address]).start()
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
    server = uvicorn.Server(uvicorn.Config(site, log_config=None, access_log=False, server_header=False))
    server.run(sockets=[listening])
    tell(log, logging.INFO, "review.ended", "stopped", host=host, port=keys.port)
    return 0


def _password(host: str, file: Path | None, loopback: bool) -> str | None:
    if file is None:
        if loopback:
            return None
        raise RunError(
            f"--host {host}", "opens the documents to other machines",
            "give --password-file FILE, whose first line everyone will be asked for",
        )  # fmt: skip
    try:
        password = file.read_text("utf-8").split("\n")[0].strip()
    except (OSError, UnicodeDecodeError) as error:
        raise RunError(file.as_posix(), f"cannot be read ({error})", "name a text file with the password") from None
    if len(password) < 8:
        raise RunError(file.as_posix(), "holds a password of under 8 characters", "choose a longer one")
    return password


def _listen(host: str, port: int | None) -> socket.socket:
    """The socket, listening before the address is printed, so that who comes early waits; without a port any that is
    free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port or 0))
        listening.listen(128)
    except OSError as error:
        listening.close()
        problem = f"cannot be listened at ({error.strerror or error})"
        raise RunError(f"{host}:{port or 0}", problem, "choose another --port") from None
    return listening


def _user() -> str:
    try:
        return getuser()
    except (OSError, KeyError):
        return "reviewer"
