"""What the suite takes of a PostgreSQL and a Redis that answer, so that two suites can live side by side."""

from collections.abc import Iterator

import psycopg
import pytest
import redis

from scripts import services


@pytest.fixture
def postgres() -> services.Postgres:
    found, reason = services.find_postgres()
    if found is None:
        pytest.skip(f"PostgreSQL: {reason}")
    return found


@pytest.fixture
def claimed() -> Iterator[services.Redis]:
    """Two claimed databases, given back after the test."""
    found, reason = services.find_redis(2)
    if found is None:
        pytest.skip(f"Redis: {reason}")
    yield found
    found.release()


def test_postgres_two_suites_get_different_database_names(postgres: services.Postgres) -> None:
    other, _ = services.find_postgres()

    assert other is not None
    assert other.name != postgres.name
    assert postgres.suite_url.endswith("/" + postgres.name)


def test_postgres_database_left_by_an_interrupted_suite_is_dropped(postgres: services.Postgres) -> None:
    names = [f"test_{postgres.name}", f"test_{postgres.name}_gw1"]
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        for name in names:
            connection.execute(f'CREATE DATABASE "{name}"')

        postgres.drop_leftovers()

        rows = connection.execute("SELECT 1 FROM pg_database WHERE datname = ANY(%s)", [names]).fetchall()
    assert rows == []


def test_redis_two_suites_get_different_databases(claimed: services.Redis) -> None:
    other, reason = services.find_redis(2)
    if other is None:
        pytest.skip(f"Redis: {reason}")

    other.release()

    assert len(claimed.urls) == 2
    assert not set(claimed.urls) & set(other.urls)


def test_redis_released_database_is_empty(claimed: services.Redis) -> None:
    with redis.Redis.from_url(claimed.urls[0]) as connection:
        connection.set("left", "over")

        claimed.release()

        assert connection.dbsize() == 0


def test_postgres_that_does_not_answer_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", "postgresql://panel:hidden@127.0.0.1:9/panel")

    found, reason = services.find_postgres()

    assert found is None
    assert reason.startswith("no answer at 127.0.0.1:9")
    assert "hidden" not in reason


def test_redis_that_does_not_answer_is_told_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_REDIS_URL", "redis://:hidden@127.0.0.1:9/0")

    found, reason = services.find_redis(1)

    assert found is None
    assert reason.startswith("no answer at 127.0.0.1:9")
    assert "hidden" not in reason
