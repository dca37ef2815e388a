"""Every Python process that finds this in its path has no network: what it tries is written down, and refused.

The hook sees what the socket module does, whoever calls it. A process may listen on the loopback address; pipes and
the local sockets between processes are no network.
"""

import os
import socket
import sys

TRIED = os.environ["PARKFACTS_TRIED"]
NET = (socket.AF_INET, socket.AF_INET6)


def _refused(event: str, arguments: tuple) -> bool:
    if event == "socket.bind":
        return arguments[0].family in NET and arguments[1][0] not in ("127.0.0.1", "::1")
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        return arguments[0].family in NET
    return event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request")


def _hook(event: str, arguments: tuple) -> None:
    if event.startswith(("socket.", "urllib.")) and _refused(event, arguments):
        with open(TRIED, "a") as file:  # noqa: PTH123
            file.write(f"{event} {arguments[1:]}\n")
        raise PermissionError(f"no network here: {event}")


sys.addaudithook(_hook)
