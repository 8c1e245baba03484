"""What we send, as PHP's own SoapServer understands it: the software that the registrar's replies point to.

Its WSDL calls every parameter by another name than ours, as the registrar's may.
"""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from registrar import open_driver
from registrar.errors import NotFound
from registrar.interface.driver import Driver
from registrar.netim.session import close_sessions
from registrar.types import Done, GlueRecord

SERVER = """<?php
class Functions {
    function __call($name, $values) {
        file_put_contents('calls', json_encode([$name, $values]) . "\\n", FILE_APPEND);
        if ($name == 'sessionOpen') return str_repeat('a', 32);
        if ($name == 'domainInfo') throw new SoapFault('E15-M1502', 'E15-M1502 : not yours');
        if ($name == 'contactCreate') return 'BJ007';
        $row = new stdClass;
        if ($name == 'queryDomainList') {
            $row->domain = 'lamp.com'; $row->dateCreate = null; $row->dateExpiration = '2027-01-01';
            return [$row, $row];
        }
        $row->ID_OPE = 5; $row->STATUS = 'Done'; $row->MESSAGE = ''; $row->TYPE = $name;
        return $row;
    }
}
$server = new SoapServer('netim.wsdl', ['cache_wsdl' => WSDL_CACHE_NONE]);
$server->setObject(new Functions);
$server->handle();
"""


def has_php() -> bool:
    php = shutil.which("php")
    return bool(php) and b"soap" in subprocess.run([php, "-m"], capture_output=True, check=False).stdout


pytestmark = pytest.mark.skipif(not has_php(), reason="needs php-cli and php-soap")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("php")
    wsdl = files("registrar.netim").joinpath("wsdl/netim.wsdl").read_text()
    place.joinpath("netim.wsdl").write_text(re.sub(r'<part name="(\w+)"', r'<part name="their_\1"', wsdl))
    place.joinpath("server.php").write_text(SERVER)
    return place


@pytest.fixture(scope="module")
def driver(folder: Path) -> Iterator[Driver]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    php = subprocess.Popen(
        ["php", "-S", f"127.0.0.1:{port}", "server.php"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        assert php.stderr is not None
        # It says a line once it listens; what it says of its few calls fits into the pipe.
        assert b"started" in php.stderr.readline()
        credentials = {"reseller": "demo01", "password": "demo"}
        with open_driver(
            "netim", endpoint=f"http://127.0.0.1:{port}/2.0/", credentials=credentials
        ) as opened:
            yield opened
        close_sessions()
    finally:
        php.terminate()
        php.communicate(timeout=10)


def understood(folder: Path, function: str) -> list[Any]:
    """The values that the function was called with last, without the session."""
    calls = [json.loads(line) for line in folder.joinpath("calls").read_text().splitlines()]
    return [values[1:] for name, values in calls if name == function][-1]


def test_parameters_are_understood_by_their_order(driver, folder):
    assert driver.domains.delete("lamp.com") == Done(None)

    assert understood(folder, "domainDelete") == ["lamp.com", "NOW"]


def test_left_out_parameters_are_null(driver, folder):
    driver.client.call("domainZoneCreate", "lamp.com", "", "A", "203.0.113.1")

    assert understood(folder, "domainZoneCreate") == ["lamp.com", "", "A", "203.0.113.1", None]


def test_arrays_are_understood(driver, folder):
    driver.client.call("hostCreate", "ns1.lamp.com", ["203.0.113.5", "203.0.113.6"], [])

    assert understood(folder, "hostCreate") == ["ns1.lamp.com", ["203.0.113.5", "203.0.113.6"], []]


def test_structs_and_maps_are_understood(driver, folder):
    contact = {"firstName": "Zoë", "isOwner": True, "additional": {"A": "1", "BY_NAME": {"a.us": "C11"}}}

    assert driver.client.call("contactCreate", contact) == "BJ007"

    assert understood(folder, "contactCreate") == [contact | {"isOwner": 1}]


def test_array_of_structs_is_understood(driver, folder):
    keys = [{"key": 1, "type": 2, "digest": "AB"}]

    driver.client.call("domainSetDNSSecExt", "lamp.com", keys, 257, 3, 13, "AQ==")

    assert understood(folder, "domainSetDNSSecExt") == ["lamp.com", keys, 257, 3, 13, "AQ=="]


def test_fault_of_php_is_read(driver):
    with pytest.raises(NotFound):
        driver.domains.info("lamp.com")


def test_same_object_twice_in_a_list_is_read_twice(driver):
    assert [line.name for line in driver.domains.list().items] == ["lamp.com", "lamp.com"]


def test_write_is_followed_by_its_reads(driver):
    host = GlueRecord("ns1.lamp.com", "203.0.113.5")

    # The list that is read afterwards makes no sense here: the write is done all the same.
    assert driver.domains.create_glue("lamp.com", host) == Done((host,))
