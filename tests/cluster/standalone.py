"""A real Spark on this machine: a master, two workers and a Connect server, each a process on loopback."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
START_SECONDS = 120
SETTINGS = {
    "spark.cores.max": "2",
    "spark.executor.cores": "1",
    "spark.executor.memory": "900m",
    "spark.sql.shuffle.partitions": "8",
    "spark.sql.files.maxPartitionBytes": "4m",
    "spark.ui.enabled": "false",
    # the default of two seconds would leave a short run without a middle
    "spark.connect.progress.reportInterval": "200ms",
}


class Cluster:
    """Two workers with one core each; ``endpoint`` is where its Connect server answers."""

    def __init__(self, spark_home: Path, folder: Path) -> None:
        self._home = spark_home
        self._folder = folder
        self._running = ExitStack()
        master, self._page, connect = free_ports(3)
        self._master = f"spark://{HOST}:{master}"
        self.endpoint = f"sc://{HOST}:{connect}"
        self.workers: list[subprocess.Popen[bytes]] = []
        deploy = "org.apache.spark.deploy"
        self._start("master", f"{deploy}.master.Master", "--host", HOST, "--port", master, "--webui-port", self._page)
        wait_until(lambda: self._state() is not None, "the master does not answer")
        for number in (1, 2):
            self.start_worker(f"worker-{number}")
        wait_until(lambda: self.alive() == 2, "the workers do not join the master")
        self._start_connect(connect)
        wait_until(lambda: is_open(connect), "the Connect server does not answer")
        wait_until(lambda: self._busy() == 2, "the workers have no executors")

    def start_worker(self, name: str) -> None:
        """One worker more, with one core."""
        options = ("--host", HOST, "-c", 1, "-m", "1g", "--webui-port", 0, "-d", self._folder / name)
        self.workers.append(self._start(name, "org.apache.spark.deploy.worker.Worker", *options, self._master))

    def kill_worker(self) -> None:
        """End a worker with its executor, at once and unasked."""
        os.killpg(self.workers.pop().pid, signal.SIGKILL)

    def alive(self) -> int:
        """Workers the master knows as alive."""
        return sum(worker["state"] == "ALIVE" for worker in (self._state() or {"workers": []})["workers"])

    def close(self) -> None:
        """End every process."""
        self._running.close()

    def _busy(self) -> int:
        return sum(worker["coresused"] for worker in (self._state() or {"workers": []})["workers"])

    def _state(self) -> dict[str, Any] | None:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self._page}/json/", timeout=5) as page:
                return dict(json.load(page))
        except OSError:
            return None

    def _start_connect(self, port: int) -> None:
        settings = SETTINGS | {"spark.connect.grpc.binding.port": str(port), "spark.driver.host": HOST}
        chosen = [part for name, setting in settings.items() for part in ("--conf", f"{name}={setting}")]
        server = ("--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "spark-internal")
        self._start("connect", "org.apache.spark.deploy.SparkSubmit", "--master", self._master, *chosen, *server)

    def _start(self, name: str, *command: object) -> subprocess.Popen[bytes]:
        log = self._running.enter_context((self._folder / f"{name}.log").open("wb"))
        environment = os.environ | {"SPARK_HOME": str(self._home), "SPARK_LOCAL_IP": HOST}
        process = subprocess.Popen(
            [str(self._home / "bin" / "spark-class"), *map(str, command)],
            env=environment, cwd=self._folder, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        self._running.callback(end_group, process)
        return process


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End a process with those it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_ports(count: int) -> list[int]:
    """Ports on which nothing listens."""
    with ExitStack() as probes:
        sockets = [probes.enter_context(socket.socket()) for _ in range(count)]
        for probe in sockets:
            probe.bind((HOST, 0))
        return [probe.getsockname()[1] for probe in sockets]


def is_open(port: int) -> bool:
    """Whether something listens."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def wait_until(reached: Callable[[], bool], otherwise: str) -> None:
    """Wait for a state of the cluster, for a while."""
    for _ in range(START_SECONDS * 5):
        if reached():
            return
        time.sleep(0.2)
    raise TimeoutError(otherwise)
