"""`make run` for real: the whole product comes up, serves, survives, and leaves nothing behind."""

import os
import signal
import sqlite3
import time
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from scripts import broker, services
from tests.infrastructure.processes import is_alive, wait_for
from tests.infrastructure.product import Product

pytestmark = pytest.mark.journey

SECOND_START_SECONDS = 60


def _count_people(data: Path) -> int:
    connection = sqlite3.connect(data / "nameward.sqlite3")
    try:
        return int(connection.execute("SELECT count(*) FROM people_user").fetchone()[0])
    finally:
        connection.close()


def test_run_serves_stops_cleanly_and_starts_again_with_its_data(tmp_path: Path) -> None:
    with Product(tmp_path) as product:
        product.wait_until_ready()
        assert f"\nReady: http://127.0.0.1:{product.port}/\n" in product.output()
        assert "customer@demo.test" in product.output()
        assert f"http://alder.localhost:{product.port}/" in product.output()
        assert (product.status("/readyz"), product.status("/healthz")) == (200, 200)
        assert product.status("/readyz", host=f"alder.localhost:{product.port}") == 200
        people, secrets = _count_people(tmp_path), (tmp_path / "secrets.env").read_text()
        assert product.stop(signal.SIGTERM) == 0
        assert product.output().endswith("\nStopping ...\nStopped.\n")
        assert product.living() == []
    assert people >= 5

    began = time.monotonic()
    with Product(tmp_path) as again:
        again.wait_until_ready()
        assert time.monotonic() - began < SECOND_START_SECONDS
        assert _count_people(tmp_path) == people
        assert (tmp_path / "secrets.env").read_text() == secrets
        assert (tmp_path / "log" / "web.log.1").exists()
        assert again.stop(signal.SIGINT) == 0


def test_run_survives_killed_children_and_dies_without_a_trace(tmp_path: Path) -> None:
    with Product(tmp_path) as product:
        product.wait_until_ready()
        worker, web = product.child("panel.celery worker"), product.child("waitress")

        os.kill(worker, signal.SIGKILL)
        os.kill(web, signal.SIGKILL)
        wait_for(lambda: not is_alive(worker) and not is_alive(web), 10, "both are gone")
        wait_for(lambda: _answers(product), 60, "the panel is ready again")
        assert product.child("panel.celery worker") != worker

        product.process.kill()
        product.process.wait(timeout=10)
        wait_for(lambda: product.living() == [], 30, "no process of the run is left")


def test_run_two_folders_side_by_side_do_not_meet(tmp_path: Path) -> None:
    deep = tmp_path / ("a folder whose name makes a socket path too long " * 2).strip() / "var"
    with Product(tmp_path / "one") as one:
        one.wait_until_ready()
        with Product(deep) as two:
            two.wait_until_ready()
            assert (one.status("/readyz"), two.status("/readyz")) == (200, 200)
            assert two.stop() == 0
            assert one.status("/readyz") == 200
        assert broker.socket_path(deep).parent != deep / "broker"
        assert not broker.socket_path(deep).parent.exists()


def test_run_where_no_broker_fits_works_in_one_process(tmp_path: Path) -> None:
    with Product(tmp_path, BROKER="memory") as product:
        product.wait_until_ready()

        assert "the worker runs inside the web process" in product.output()
        assert product.child("manage.py serve")
        with pytest.raises(LookupError):
            product.child("celery")
        assert product.stop() == 0
    assert product.living() == []


def test_run_given_database_and_broker_are_used_instead(tmp_path: Path) -> None:
    postgres, no_postgres = services.find_postgres()
    redis, no_redis = services.find_redis(1)
    if postgres is None or redis is None:
        pytest.skip(no_postgres or no_redis)
    name = f"test_{postgres.name}"
    address = postgres.suite_url.replace(postgres.name, name)
    try:
        with psycopg.connect(postgres.url, autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        with Product(tmp_path, DATABASE_URL=address, REDIS_URL=redis.urls[0]) as product:
            product.wait_until_ready()
            with psycopg.connect(address) as connection:
                people = connection.execute("SELECT count(*) FROM people_user").fetchone()
            with pytest.raises(LookupError):
                product.child("valkey")
            assert product.stop() == 0
    finally:
        postgres.drop_leftovers()
        redis.release()
    assert people is not None
    assert people[0] >= 5
    assert not (tmp_path / "nameward.sqlite3").exists()


def _answers(product: Product) -> bool:
    try:
        return product.status("/readyz") == 200
    except OSError:
        return False
