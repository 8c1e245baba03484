"""`make run`: the whole product with demo data in one foreground run, embedded services included."""

import http.client
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from scripts import broker, preflight
from scripts.preflight import Place
from scripts.supervisor import Failure, StopRequested, Supervisor

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "nameward-demo"
LOG_INS = (
    ("customer@demo.test", "a customer who searches and buys"),
    ("colleague@demo.test", "the same customer, read-only"),
    ("stranger@demo.test", "another customer, who sees none of it"),
    ("agency@demo.test", "an agency that looks after shared names"),
    ("brand@demo.test", "runs the white-label brand Alder Hosting"),
    ("staff@demo.test", "the operator's staff: back office"),
)


class Progress:
    """Short lines saying what is being done; on a terminal the finished ones get a mark in color."""

    def __init__(self) -> None:
        self._done = (
            "\033[32mdone\033[0m" if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else "done"
        )
        self._began = 0.0

    def begin(self, text: str) -> None:
        self._began = time.monotonic()
        print(f"  {text:<34}", end="", flush=True)

    def finish(self) -> None:
        print(f"{self._done} {time.monotonic() - self._began:5.1f} s", flush=True)


class Run:
    """One run of the product on one data folder."""

    def __init__(self, place: Place, supervisor: Supervisor) -> None:
        self._place = place
        self._supervisor = supervisor
        self._progress = Progress()
        self._log = place.data / "log"

    def start(self) -> None:
        """Bring everything up, in order. Raises Failure or StopRequested."""
        all_in_one = not self._start_broker()
        self._start_sandbox()
        self._prepare()
        self._start_web(all_in_one)

    def _start_broker(self) -> bool:
        environment = self._supervisor.environment
        if environment.get("REDIS_URL"):
            return True
        program = None if environment.get("BROKER") == "memory" else broker.find_server()
        if program is None:
            environment["BROKER"] = "memory"
            print("  No embedded broker here: the worker runs inside the web process.", flush=True)
            return False
        self._progress.begin("Starting the broker")
        path = broker.socket_path(self._place.data)
        broker.prepare_socket(path)
        environment["REDIS_URL"] = f"redis+socket://{path}"
        child = self._supervisor.start("broker", broker.server_command(program, self._place.data, path))
        self._supervisor.wait_until(lambda: broker.answers(path), 60, "The broker did not answer", child.log)
        self._progress.finish()
        return True

    def _start_sandbox(self) -> None:
        self._progress.begin("Starting the registrar sandbox")
        port = self._place.sandbox_port
        state = self._place.data / "sandbox.json"
        command = [sys.executable, "-m", "registrar.sandbox"]
        command += ["--base-port", str(port), "--state-file", str(state)]
        child = self._supervisor.start("sandbox", command)
        self._supervisor.wait_until(
            lambda: _get("127.0.0.1", port, "/")[0] == 200, 60, "The sandbox did not answer", child.log
        )
        self._progress.finish()

    def _prepare(self) -> None:
        if os.environ.get("DATABASE_URL") or os.environ.get("REDIS_URL"):
            self._manage("wait_for_services", "Waiting for database and broker", seconds=90)
        self._manage("migrate", "Bringing the database up to date", "--no-input", seconds=300)
        self._manage("collectstatic", "Collecting static files", "--no-input", seconds=120)
        self._manage("seed_demo", "Filling in the demo", seconds=300)

    def _manage(self, command: str, text: str, *arguments: str, seconds: float) -> None:
        self._progress.begin(text)
        manage = [sys.executable, "manage.py", command, "--verbosity", "0", *arguments]
        self._supervisor.run_step(command, manage, seconds)
        self._progress.finish()

    def _start_web(self, all_in_one: bool) -> None:
        self._progress.begin("Starting web" if all_in_one else "Starting web and worker")
        place = self._place
        if all_in_one:
            web = self._supervisor.start("web", [sys.executable, "manage.py", "serve", "--with-worker"])
            worker = web
        else:
            worker = self._supervisor.start("worker", self._worker_command())
            listen = f"--listen={place.host}:{place.port}"
            waitress = [sys.executable, "-m", "waitress", listen, "--threads=8", "panel.wsgi:application"]
            web = self._supervisor.start("web", waitress)
        wait = self._supervisor.wait_until
        wait(lambda: self._ready_checks() is not None, 90, "The panel did not become ready", web.log)
        wait(self._has_beat, 60, "The worker did not begin its rounds", worker.log)
        self._progress.finish()

    def _ready_checks(self) -> dict[str, Any] | None:
        status, body = _get(self._place.host, self._place.port, "/readyz")
        return json.loads(body)["checks"] if status == 200 else None

    def _has_beat(self) -> bool:
        checks = self._ready_checks()
        return checks is not None and bool(checks["beat"]["ok"])

    def _worker_command(self) -> list[str]:
        schedule = self._place.data / "beat" / "schedule"
        celery = [sys.executable, "-m", "celery", "-A", "panel.celery"]
        worker = ["worker", "-B", "-P", "threads", "-c", "4"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "warning"]
        return [*celery, *worker, *quiet, "-s", str(schedule), "-n", f"nameward-{os.getpid()}@%h"]


def _get(host: str, port: int, path: str) -> tuple[int, bytes]:
    """Status and body of a GET; status 0 where nothing answers."""
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    connection = http.client.HTTPConnection(reachable, port, timeout=5)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, http.client.HTTPException):
        return 0, b""
    finally:
        connection.close()


def _environment(place: Place) -> dict[str, str]:
    secrets = preflight.read_secrets(place.data)
    defaults = {**secrets, "DEBUG": "1", "DEMO": "1", "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore"}
    given = {name: value for name, value in os.environ.items() if value}
    return {
        **defaults,
        **given,
        "HOST": place.host,
        "PORT": str(place.port),
        "SANDBOX_PORT": str(place.sandbox_port),
        "DATA_DIR": str(place.data),
    }


def _show_welcome(place: Place, seconds: float) -> None:
    print(f"\nReady: {place.url}\n")
    print(f"  {'Sign in as':<22}{'who that is':<44}password")
    for address, description in LOG_INS:
        print(f"  {address:<22}{description:<44}{PASSWORD}")
    print(f"\n  {'White label':<22}http://alder.localhost:{place.port}/")
    print(f"  {'Registrar sandbox':<22}http://127.0.0.1:{place.sandbox_port}/ (control)")
    dns_port = place.sandbox_port + preflight.DNS_OFFSET
    print(f"  {'Its zones':<22}dig @127.0.0.1 -p {dns_port} phare-numerique.fr NS")
    print(f"  {'Data and logs':<22}{place.data}")
    print(f"\n  Up in {seconds:.0f} s. Ctrl-C stops everything; the data stays.", flush=True)


def _explain(failure: Failure) -> None:
    for line in failure.log_tail():
        print(f"  | {line}", file=sys.stderr)
    where = f" Its log is {failure.log}." if failure.log else ""
    print(f"{failure}{where}", file=sys.stderr, flush=True)


def main() -> int:
    """Run until a signal; 0 after a clean stop, 1 after a failure, which is explained."""
    started = time.monotonic()
    os.chdir(ROOT)
    try:
        place = preflight.read_place(os.environ, ROOT)
        preflight.prepare_folder(place.data)
        lock = preflight.lock_folder(place.data)
        preflight.check_ports(place)
        environment = _environment(place)
    except Failure as failure:
        _explain(failure)
        return 1
    except KeyboardInterrupt:
        return 0
    supervisor = Supervisor(place.data / "log", environment)
    status = 0
    try:
        Run(place, supervisor).start()
        _show_welcome(place, time.monotonic() - started)
        supervisor.watch()
    except StopRequested:
        print("\nStopping ...", flush=True)
    except Failure as failure:
        print(flush=True)
        _explain(failure)
        status = 1
    finally:
        supervisor.stop()
        broker.remove_socket(place.data)
        lock.close()
    print("Stopped." if status == 0 else "Everything is stopped.", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
