"""A tiny process that outlives the supervisor just long enough to end what it started.

The supervisor may be killed with SIGKILL, and then nobody is left to stop its children. The guard reads
their process groups from a pipe ("+123", "-123"); the pipe's end means that the supervisor is gone. This
works on every Unix and reaches grandchildren too, such as the beat process inside a worker.
"""

import os
import signal
import time

GRACE_SECONDS = 5.0


def group_exists(group: int) -> bool:
    """True while any process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def signal_group(group: int, number: int) -> None:
    """Signal every process of the group; a group that is gone already is fine."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return


class Guard:
    """The supervisor's side: tells the guard process which groups are alive."""

    def __init__(self) -> None:
        reading, self._pipe = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            os.close(self._pipe)
            _serve(reading)
        os.close(reading)

    def watch(self, group: int) -> None:
        os.write(self._pipe, b"+%d\n" % group)

    def forget(self, group: int) -> None:
        os.write(self._pipe, b"-%d\n" % group)

    def dismiss(self) -> None:
        """End the guard; call it when every group is gone."""
        os.close(self._pipe)
        os.waitpid(self._process, 0)


def _serve(reading: int) -> None:
    try:
        os.setsid()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        null = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(null, stream)
        _end_groups(_read_groups(reading))
    finally:
        os._exit(0)


def _read_groups(reading: int) -> set[int]:
    groups: set[int] = set()
    with os.fdopen(reading) as lines:
        for line in lines:
            (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
    return groups


def _end_groups(groups: set[int]) -> None:
    for group in groups:
        signal_group(group, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < deadline and any(group_exists(group) for group in groups):
        time.sleep(0.1)
    for group in groups:
        signal_group(group, signal.SIGKILL)
