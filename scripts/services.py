"""Finds the PostgreSQL and Redis that the suite may use, and takes a corner of each for one run of it."""

import os
import secrets
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import psycopg
import redis
from psycopg import sql

DEFAULT_DATABASE_URL = "postgresql://postgres@127.0.0.1:5432/postgres"
DEFAULT_REDIS_URL = "redis://127.0.0.1:6379"
CLAIM_KEY = "nameward:suite:"
CLAIM_SECONDS = 3600


@dataclass
class Postgres:
    """A server that answers; the suite's databases on it carry a name of their own."""

    url: str
    version: str
    name: str

    @property
    def suite_url(self) -> str:
        """The address to hand to Django, which puts test_ before the name."""
        return urlunsplit(urlsplit(self.url)._replace(path="/" + self.name))

    def drop_leftovers(self) -> None:
        """Drop the databases of this run that an interrupted pytest left behind."""
        with psycopg.connect(self.url, autocommit=True, connect_timeout=3) as connection:
            pattern = f"test_{self.name}%"
            rows = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [pattern])
            for (name,) in rows.fetchall():
                statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
                connection.execute(statement)


@dataclass
class Redis:
    """A server that answers, with some of its numbered databases claimed for this run."""

    server: str
    version: str
    urls: list[str]

    def release(self) -> None:
        """Empty the claimed databases, which were empty when they were claimed, and give them back."""
        for url in self.urls:
            with redis.Redis.from_url(url, socket_timeout=3) as connection:
                connection.flushdb()
        with redis.Redis.from_url(self.server, socket_timeout=3) as connection:
            for url in self.urls:
                connection.delete(CLAIM_KEY + _number(url))


def find_postgres() -> tuple[Postgres | None, str]:
    """The server of TEST_DATABASE_URL, or of the usual port; otherwise None and the reason."""
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given == "none":
        return None, "TEST_DATABASE_URL=none"
    url = given or DEFAULT_DATABASE_URL
    try:
        with psycopg.connect(url, autocommit=True, connect_timeout=3) as connection:
            version = str(connection.info.server_version // 10000)
            row = connection.execute(
                "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except (psycopg.Error, ValueError) as error:
        return None, f"no answer at {_shown(url)} ({str(error).strip().splitlines()[0]})"
    if row is None or not row[0]:
        return None, f"the role at {_shown(url)} may not create databases"
    return Postgres(url, version, f"nameward_{os.getpid()}_{secrets.token_hex(3)}"), ""


def find_redis(count: int) -> tuple[Redis | None, str]:
    """The server of TEST_REDIS_URL, or of the usual port, with `count` free databases; or None and why.

    Claims are keys in the server's database 0 and lapse after an hour. A database in the address is not used:
    the suite empties the ones it works in, so it takes none that holds anything.
    """
    given = os.environ.get("TEST_REDIS_URL", "")
    if given == "none":
        return None, "TEST_REDIS_URL=none"
    parts = urlsplit(given or DEFAULT_REDIS_URL)
    found = Redis(urlunsplit(parts._replace(path="/0")), "", [])
    try:
        with redis.Redis.from_url(found.server, socket_connect_timeout=3, socket_timeout=3) as connection:
            found.version = str(connection.info("server")["redis_version"])
            in_use = set(connection.info("keyspace"))
            for number in range(1, 16):
                if len(found.urls) == count:
                    break
                claim = f"{CLAIM_KEY}{number}"
                if f"db{number}" not in in_use and connection.set(
                    claim, os.getpid(), nx=True, ex=CLAIM_SECONDS
                ):
                    found.urls.append(urlunsplit(parts._replace(path=f"/{number}")))
    except (redis.RedisError, ValueError) as error:
        return None, f"no answer at {_shown(found.server)} ({error})"
    if len(found.urls) < count:
        found.release()
        return None, f"fewer than {count} databases of {_shown(found.server)} are free"
    return found, ""


def _number(url: str) -> str:
    return urlsplit(url).path.strip("/")


def _shown(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
