"""Start the app: where its files lie, and a local server on this machine alone unless the network is asked for."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Thread

from tiering.local_network import lan_address, own_names
from tiering.words import Language, Words

FIRST_PORT = 8501
PORTS_TRIED = 50
CANNOT_START = 1
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
CODE_SIGNS, CODE_LENGTH = "23456789ABCDEFGHJKMNPQRSTUVWXYZ", 6  # none that looks or sounds like another
PACKAGE = Path(__file__).resolve().parents[1]


def start_app(words: Words, *, lan: str = "", port: int | None = None, browser: bool = True) -> int:
    """Serve app.py until interrupted → exit status.

    The server listens on 127.0.0.1; with ``lan`` on every address of this machine: other computers see the ballot
    alone (``vote``), or everything (``all``) once they typed the code that is said here. Without a ``port`` the first
    free one from 8501 is taken.
    """
    script = app_folder() / "app.py"
    if not script.is_file():
        print(words("cli.app.missing", path=str(script)), file=sys.stderr)
        return CANNOT_START
    address = "0.0.0.0" if lan else "127.0.0.1"
    chosen = free_port(address, [port] if port else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED))
    if chosen is None:
        print(words("cli.app.port_taken", port=str(port or FIRST_PORT)), file=sys.stderr)
        return CANNOT_START
    print(words("cli.app.running", url=f"http://localhost:{chosen}"), file=sys.stderr)
    settings: dict[str, object] = {"server.address": address, "server.port": chosen, "server.headless": not browser}
    if lan:
        settings["server.allowedHosts"] = [*LOCAL_NAMES, *own_names()]
        print(words("cli.app.on_lan", url=f"http://{lan_address()}:{chosen}/vote"), file=sys.stderr)
    if lan == "all":
        code = "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
        os.environ["TIERING_CODE"] = code
        print(words("cli.app.code", code=code, url=f"http://{lan_address()}:{chosen}"), file=sys.stderr)
    os.environ["TIERING_LAN"] = lan
    _serve(script, words.language, settings)
    return 0


def free_port(address: str, ports: range | list[int]) -> int | None:
    """First of ``ports`` on which nothing listens, None when all are taken."""
    for port in ports:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError:
                continue
            return port
    return None


def _prepare_pages(language: Language) -> None:
    """While the server and the browser start, so that the first page need not wait for it."""
    import_module("app").prepare(language)


def _serve(script: Path, language: Language, settings: dict[str, object]) -> None:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.chdir(script.parent)  # the server reads .streamlit/config.toml of the working directory
    from streamlit import config, net_util
    from streamlit.web import bootstrap

    # it would ask a web service for this machine's outside address, to print it and to check where a page comes from
    net_util._external_ip = "127.0.0.1"
    options = {**settings, "logger.hideWelcomeMessage": True, "browser.serverAddress": "localhost"}
    bootstrap.load_config_options(flag_options=options)
    sys.path.insert(0, str(script.parent))
    config._main_script_path = str(script)
    Thread(target=_prepare_pages, args=(language,), daemon=True).start()
    with suppress(KeyboardInterrupt):  # the server ends itself well and passes the signal on
        bootstrap.run_asgi_app(str(script), "app:app", [], options)


def app_folder() -> Path:
    """Give the folder that holds ``app.py``, ``pages``, ``sample_data``, ``.streamlit`` and the guide in ``docs``.

    A built package carries them in ``tiering/_app``, in the same order as the repository has them beside ``tiering``.
    """
    installed = PACKAGE / "_app"
    return installed if installed.is_dir() else PACKAGE.parent
