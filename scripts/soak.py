"""`make soak`: the chaos harness with a fixed seed, on SQLite, and on PostgreSQL and Redis where they answer.

Then a change of a thousand names in a browser, while registrars lose answers; `make soak ARGS=--storms` leaves that
out. Each needs the machine for itself, and some minutes: so they are apart from `make test`.
"""

import sys

from scripts import services
from scripts.suite import NO_TESTS, Tally, describe, name_servers, run_pytest

SERIAL = ["-p", "no:xdist", "-m", "soak"]
STORM = [*SERIAL, "tests/chaos/test_soak.py"]
ONLY_STORMS = "--storms"
BULK = [*SERIAL, "tests/journey/test_bulk.py"]


def run_storms(postgres: services.Postgres | None, redis: services.Redis | None) -> list[Tally]:
    """A storm without servers, and one on those that answer."""
    tallies = [run_pytest("Soak on SQLite", STORM, {})]
    if postgres or redis:
        servers = {
            "SOAK_DATABASE_URL": postgres.url if postgres else "",
            "SOAK_REDIS_URL": redis.urls[0] if redis else "",
        }
        tallies.append(run_pytest(f"Soak on {name_servers(postgres, redis)}", STORM, servers))
    return tallies


def main() -> int:
    """0 where every soak held."""
    postgres, no_postgres = services.find_postgres()
    redis, no_redis = services.find_redis(1)
    print(
        f"  PostgreSQL  {describe(postgres, no_postgres)}\n  Redis       {describe(redis, no_redis)}",
        flush=True,
    )
    try:
        tallies = run_storms(postgres, redis)
        if ONLY_STORMS not in sys.argv[1:]:
            tallies.append(run_pytest("A thousand names in a browser", BULK, {}))
    finally:
        if redis:
            redis.release()
    for tally in tallies:
        print(f"  {tally.name:<44}{tally.passed} passed, {tally.failed} failed, {tally.seconds:.0f} s")
    passed, failed = (sum(getattr(tally, field) for tally in tallies) for field in ("passed", "failed"))
    print(f"Total: {passed} passed, {failed} failed", flush=True)
    return 0 if passed and all(tally.status in (0, NO_TESTS) for tally in tallies) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
