"""How other computers of the local network know this one; nothing is sent to find it."""

from __future__ import annotations

import socket
from contextlib import suppress


def lan_address() -> str:
    """This machine's address on the local network, its name where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: connecting a datagram socket sends nothing
            return str(probe.getsockname()[0])
        except OSError:
            return socket.gethostname()


def own_names() -> list[str]:
    """Names and addresses under which other computers may know this one; the server answers to no others."""
    names = {socket.gethostname(), lan_address()}
    with suppress(OSError):
        names.update(socket.gethostbyname_ex(socket.gethostname())[2])
    return sorted(names | {f"{socket.gethostname()}.local"})
