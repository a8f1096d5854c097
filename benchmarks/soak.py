"""Many sessions at once for a long time: ``python -m benchmarks.soak [--sessions 20] [--minutes 60]``.

Each session is a websocket that opens pages one after the other on sample data, leaves, and comes back as another. The
server is looked at from outside: memory, open files and threads at the start, after a tenth of the time and at the end;
an error is a run of a page that ended in an exception.
"""

from __future__ import annotations

import argparse
import itertools
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from socket import create_server

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tiering.ingest.bytes.limits import resident_bytes

ROOT = Path(__file__).resolve().parents[1]
PAGES = tuple(sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem not in ("__init__", "vote")))
MEBIBYTE = 1024 * 1024
STAYS_PAGES = 6
DONE_SECONDS = 120.0


@dataclass
class Tally:
    """What the sessions have seen together."""

    runs: int = 0
    errors: list[str] = field(default_factory=list)
    slowest: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, seconds: float, error: str) -> None:
        """One run of a page."""
        with self.lock:
            self.runs += 1
            self.slowest = max(self.slowest, seconds)
            if error:
                self.errors.append(error)


def main() -> None:
    """Start the app, let the sessions work, and print what was seen."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sessions", type=int, default=20)
    asked.add_argument("--minutes", type=float, default=60.0)
    given = asked.parse_args()
    port, tally = free_port(), Tally()
    server = subprocess.Popen([sys.executable, "-m", "tiering", "app", "--no-browser", "--port", str(port)], cwd=ROOT)
    try:
        wait_for(port)
        soak(port, (given.sessions, given.minutes * 60), server.pid, tally)
    finally:
        server.terminate()
        server.wait(30)
    print(f"{tally.runs} runs of pages, slowest {tally.slowest:.1f} s, errors {len(tally.errors)}")
    for error in tally.errors[:10]:
        print("  ", error)


def soak(port: int, extent: tuple[int, float], pid: int, tally: Tally) -> None:
    """Let so many sessions work for so many seconds, and print how the server stands."""
    sessions, seconds = extent
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=work, args=(port, number, end, tally)) for number in range(sessions)]
    print_state("before", pid)
    for thread in threads:
        thread.start()
    time.sleep(seconds / 10)
    print_state("after a tenth", pid)
    for thread in threads:
        thread.join()
    print_state("at the end", pid)
    time.sleep(45)
    print_state("45 s after the last session left", pid)


def work(port: int, number: int, end: float, tally: Tally) -> None:
    """One visitor after the other, each looking at a few pages."""
    pages = itertools.cycle(PAGES[number % len(PAGES) :] + PAGES[: number % len(PAGES)])
    while time.monotonic() < end:
        address = f"ws://127.0.0.1:{port}/_stcore/stream"
        with connect(address, subprotocols=["streamlit"], max_size=None) as socket:  # type: ignore[list-item]
            for page in itertools.islice(pages, STAYS_PAGES):
                began = time.monotonic()
                error = run_page(socket, page)
                tally.add(time.monotonic() - began, error)
                if time.monotonic() > end:
                    return


def run_page(socket: ClientConnection, page: str) -> str:
    """Ask for a page and wait until it is drawn → what went wrong, empty where nothing did."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.query_string = "lang=en"
    socket.send(asked.SerializeToString())
    said = ""
    deadline = time.monotonic() + DONE_SECONDS
    while time.monotonic() < deadline:
        try:
            message = ForwardMsg.FromString(bytes(socket.recv(timeout=DONE_SECONDS)))
        except (TimeoutError, ConnectionClosed) as fault:
            return f"{page}: {type(fault).__name__}"
        if message.WhichOneof("type") == "delta" and message.delta.new_element.HasField("exception"):
            said = f"{page}: {message.delta.new_element.exception.type}"
        if message.WhichOneof("type") == "script_finished":
            return said
    return f"{page}: not drawn in {DONE_SECONDS:.0f} s"


def free_port() -> int:
    """A port on which nothing listens."""
    with closing(create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Return once the server takes connections."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with connect(f"ws://127.0.0.1:{port}/_stcore/stream", subprotocols=["streamlit"]):  # type: ignore[list-item]
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("the app did not start")


def print_state(when: str, pid: int) -> None:
    """Memory, open files and threads of the server, as far as the system tells."""
    here = Path(f"/proc/{pid}")
    files = len(list((here / "fd").iterdir())) if here.is_dir() else 0
    threads = len(list((here / "task").iterdir())) if here.is_dir() else 0
    print(f"{when}: {resident_bytes(pid) / MEBIBYTE:.0f} MB, {files} files, {threads} threads", flush=True)


if __name__ == "__main__":
    main()
