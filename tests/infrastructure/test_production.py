"""The production shape: what of docker-compose.yml and the Dockerfile can be checked without an engine."""

import importlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.infrastructure.processes import ROOT, run_command, run_environment

WORKERS = ("worker", "money-worker")
SERVICES = {"web", *WORKERS, "beat", "migrate", "database", "redis"}
OURS = SERVICES - {"database", "redis"}
SECRETS = ("SECRET_KEY", "FIELD_KEYS", "POSTGRES_PASSWORD", "REDIS_PASSWORD")
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
DOCKERFILE = (ROOT / "Dockerfile").read_text().replace("\\\n", " ")


def _instructions(name: str) -> list[str]:
    return re.findall(rf"^{name}\s+(.+)$", DOCKERFILE, flags=re.MULTILINE)


def _environment(service: str) -> dict[str, str]:
    environment: dict[str, str] = COMPOSE["services"][service]["environment"]
    return environment


def test_compose_has_exactly_the_services_of_the_design() -> None:
    assert set(COMPOSE["services"]) == SERVICES


@pytest.mark.parametrize("name", sorted(SERVICES - {"migrate"}))
def test_compose_lasting_service_has_a_health_check_and_restarts(name: str) -> None:
    service = COMPOSE["services"][name]

    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")
    assert service["healthcheck"]["retries"] >= 3


@pytest.mark.parametrize("name", sorted(OURS - {"migrate"}))
def test_compose_service_waits_for_migrations_database_and_redis(name: str) -> None:
    conditions = {key: value["condition"] for key, value in COMPOSE["services"][name]["depends_on"].items()}

    assert conditions == {
        "migrate": "service_completed_successfully",
        "database": "service_healthy",
        "redis": "service_healthy",
    }


def test_compose_migration_runs_once_after_the_database() -> None:
    migrate = COMPOSE["services"]["migrate"]

    assert migrate["restart"] == "no"
    assert migrate["healthcheck"] == {"disable": True}
    assert migrate["depends_on"]["database"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", SECRETS)
def test_compose_secret_is_required_and_has_no_default(name: str) -> None:
    uses = re.findall(rf"\$\{{{name}([^}}]*)\}}", TEXT)

    assert uses
    assert all(use.startswith(":?") for use in uses)


def test_compose_other_passwords_and_tokens_default_to_nothing() -> None:
    defaults = re.findall(r"\$\{(\w*(?:PASSWORD|TOKEN|SECRET|KEY)\w*):-([^}]*)\}", TEXT)

    assert defaults
    assert all(default == "" for _, default in defaults)


@pytest.mark.parametrize("name", sorted(OURS))
def test_compose_never_sets_development_or_demo(name: str) -> None:
    assert not {"DEBUG", "DEMO", "TWO_FACTOR_REQUIRED"} & set(_environment(name))


def test_compose_only_the_web_publishes_a_port_and_on_loopback_only() -> None:
    published = {
        name: service["ports"] for name, service in COMPOSE["services"].items() if "ports" in service
    }

    assert list(published) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in published["web"])


def test_compose_database_and_redis_are_on_the_inner_network_only() -> None:
    assert COMPOSE["networks"]["inside"]["internal"] is True
    for name in ("database", "redis"):
        assert COMPOSE["services"][name]["networks"] == ["inside"]


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_compose_service_cannot_write_its_image_or_gain_rights(name: str) -> None:
    service = COMPOSE["services"][name]

    assert service["read_only"] is True
    assert "no-new-privileges:true" in service["security_opt"]
    assert not service.get("privileged")


@pytest.mark.parametrize("name", ["database", "redis"])
def test_compose_data_lives_in_a_named_volume(name: str) -> None:
    volume = COMPOSE["services"][name]["volumes"][0].split(":")[0]

    assert volume in COMPOSE["volumes"]


def test_compose_images_name_a_version() -> None:
    for name in ("database", "redis"):
        image, _, tag = COMPOSE["services"][name]["image"].partition(":")
        assert image
        assert re.match(r"\d", tag), f"{name}: {tag or 'no tag'}"


@pytest.mark.parametrize("name", WORKERS)
def test_compose_beat_is_one_and_worker_has_none(name: str) -> None:
    beat, worker = COMPOSE["services"]["beat"]["command"], COMPOSE["services"][name]["command"]

    assert COMPOSE["services"]["beat"]["deploy"]["replicas"] == 1
    assert "beat" in beat
    assert not {"-B", "--beat", "beat"} & set(worker)
    # A fixed name or a published port would forbid several workers.
    assert "container_name" not in COMPOSE["services"][name]


@pytest.mark.parametrize("name", WORKERS)
def test_compose_worker_may_finish_a_call_before_it_is_killed(name: str) -> None:
    from django.conf import settings

    seconds = int(COMPOSE["services"][name]["stop_grace_period"].removesuffix("s"))

    assert seconds > settings.OPERATION_CALL_SECONDS


def _queues(name: str) -> set[str]:
    """What a worker takes messages from; without a word of it, from every queue."""
    from django.conf import settings

    known = {queue.name for queue in settings.CELERY_TASK_QUEUES}
    given = [word for word in COMPOSE["services"][name]["command"] if word.startswith("--queues=")]
    return set(given[0].partition("=")[2].split(",")) if given else known


def test_compose_paid_orders_have_a_worker_of_their_own_and_the_general_one_takes_them_too() -> None:
    from panel.operation.handing import queue_of
    from panel.operation.states import Lane

    assert _queues("money-worker") == {queue_of(Lane.MONEY)}
    assert _queues("worker") > _queues("money-worker")


@pytest.mark.parametrize("name", [*WORKERS, "beat"])
def test_compose_celery_app_exists_and_takes_the_command(name: str) -> None:
    from celery.bin.celery import celery

    program, option, app, *arguments = COMPOSE["services"][name]["command"]

    assert (program, option) == ("celery", "-A")
    assert importlib.import_module(app).app.main == "panel"
    command = celery.commands[arguments[0]]
    known = {spelling for parameter in command.params for spelling in parameter.opts}
    assert {argument.partition("=")[0] for argument in arguments[1:]} <= known


def test_compose_web_application_exists(tmp_path: Path) -> None:
    program, application, *options = COMPOSE["services"]["web"]["command"]
    module, _, name = application.partition(":")

    # In a process of its own: the application starts a thread that would watch over the tests' database.
    asked = f"from {module} import {name}; print(callable({name}))"
    said = run_command(
        sys.executable, "-c", asked, environment=run_environment(tmp_path, DEBUG="1"), seconds=60
    )

    assert program == "gunicorn"
    assert said.stdout.strip() == "True", said.stderr
    assert "--bind=0.0.0.0:8000" in options


def test_compose_gunicorn_options_are_understood() -> None:
    from gunicorn.config import Config

    known = {spelling for setting in Config().settings.values() for spelling in setting.cli or ()}
    options = COMPOSE["services"]["web"]["command"][2:] + json.loads(_instructions("CMD")[-1])[2:]

    assert {option.partition("=")[0] for option in options} <= known


def test_compose_migrate_command_exists() -> None:
    from django.core.management import get_commands

    program, script, command, *_ = COMPOSE["services"]["migrate"]["command"]

    assert (program, script) == ("python", "manage.py")
    assert (ROOT / script).is_file()
    assert command in get_commands()


@pytest.mark.parametrize("name", sorted(OURS))
def test_compose_environment_is_read_by_the_settings(name: str) -> None:
    settings = (ROOT / "panel" / "settings.py").read_text()

    unread = [variable for variable in _environment(name) if f'"{variable}"' not in settings]

    assert unread == []


def test_compose_is_understood_by_docker(tmp_path: Path) -> None:
    docker = shutil.which("docker")
    if docker is None:
        pytest.skip("the docker command is not installed")
    version = subprocess.run([docker, "compose", "version"], capture_output=True, check=False)
    if version.returncode != 0:
        pytest.skip("this docker command has no compose plugin")
    command = [docker, "compose", "--project-directory", str(ROOT), "config", "--quiet"]
    values = {
        **dict.fromkeys(SECRETS, "x"),
        "OPERATOR_HOSTS": "panel.example",
        "DEFAULT_FROM_EMAIL": "a@panel.example",
    }

    complete = subprocess.run(
        command, env={**os.environ, **values}, capture_output=True, text=True, check=False
    )
    without = {name: value for name, value in values.items() if name != "SECRET_KEY"}
    incomplete = subprocess.run(
        command, env={**os.environ, **without}, capture_output=True, text=True, check=False
    )

    assert complete.returncode == 0, complete.stderr
    assert incomplete.returncode != 0


def test_image_runs_as_an_ordinary_user_to_the_end() -> None:
    last = DOCKERFILE.rindex("\nUSER ")

    user = _instructions("USER")[-1]
    assert not re.match(r"(root|0)\b", user)
    assert "\nRUN " not in DOCKERFILE[last:]


def test_image_bases_name_a_version() -> None:
    bases = [line.split()[0] for line in _instructions("FROM")]

    assert len(bases) == 2
    assert all(re.search(r":\d", base) and not base.endswith(":latest") for base in bases)


def test_image_installs_from_the_hashed_lock_only() -> None:
    installs = [line for line in _instructions("RUN") if "pip install" in line or "/pip " in line]

    assert installs
    assert all("--require-hashes" in line for line in installs)


def test_image_copies_only_what_exists_and_the_build_context_holds() -> None:
    ignore = (ROOT / ".dockerignore").read_text().split()
    copied = [words.split()[0] for words in _instructions("COPY") if not words.startswith("--from")]

    assert ignore[ignore.index("*") :][0] == "*"
    for name in copied:
        assert (ROOT / name).exists(), name
        assert f"!{name}" in ignore, name


def test_image_collects_static_files_for_the_compressed_storage() -> None:
    assert any("collectstatic" in line for line in _instructions("RUN"))
    assert "STATIC_COMPRESSED=1" in DOCKERFILE


def test_image_holds_no_secret() -> None:
    assert not re.search(r"(SECRET_KEY|FIELD_KEYS|PASSWORD|TOKEN)\s*=", DOCKERFILE)


def test_image_has_a_health_check() -> None:
    assert "/healthz" in _instructions("HEALTHCHECK")[0]


@pytest.mark.parametrize("lock", ["base", "broker", "dev"])
def test_lock_pins_every_package_with_hashes_and_names_no_place(lock: str) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text()
    entries = re.split(r"\n(?=[a-z0-9])", text)[1:]

    assert entries
    assert all("==" in entry.splitlines()[0] and "--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?://|--index-url|--find-links|file:|(?<![\w.])/", text)


def test_lock_of_development_agrees_with_the_one_of_production() -> None:
    def pins(lock: str) -> set[str]:
        text = (ROOT / "requirements" / f"{lock}.txt").read_text()
        return set(re.findall(r"^[a-z0-9][^ \n]*==[^ \n]+", text, flags=re.MULTILINE))

    assert pins("base") <= pins("dev")
