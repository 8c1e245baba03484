"""PHP's own SoapClient, which Netim's official client is made of, on the sandbox's WSDL."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest


def missing() -> str:
    """Why PHP cannot be tried on this machine; empty where it can."""
    if shutil.which("php") is None:
        return "php is not installed (Debian: php-cli php-soap)"
    modules = subprocess.run(
        ["php", "-m"], capture_output=True, text=True, timeout=30, check=False
    ).stdout.split()
    return "" if "soap" in modules else "php has no soap module (Debian: php-soap)"


REASON = missing()
pytestmark = pytest.mark.skipif(bool(REASON), reason=REASON)

SCRIPT = r"""<?php
ini_set('soap.wsdl_cache_enabled', '0');
$api = new SoapClient($argv[1], ['exceptions' => true]);
$told = [];
$session = $api->sessionOpen('DEMO01', 'demo', 'EN');
$told['session'] = $session;
$told['info'] = $api->sessionInfo($session);
$told['check'] = $api->domainCheck($session, 'lighthouse.com;taken-lamp.com');
$told['owner'] = $api->contactCreate($session, [
    'firstName' => 'Zoé', 'lastName' => 'Martin', 'bodyForm' => 'IND', 'address1' => '1 rue du Phare',
    'zipCode' => '59000', 'city' => 'Lille', 'country' => 'FR', 'phone' => '+33 320000000',
    'email' => 'zoe@example.com', 'language' => 'FR', 'isOwner' => 1,
    'additional' => ['ES_NIF' => '12345678Z', 'CAT_INTENDED_USE' => ['lamp.cat' => 'Un blog']],
]);
$told['contact'] = $api->contactInfo($session, $told['owner']);
$ns = ['ns1.netim.net', 'ns2.netim.net', '', '', ''];
$created = function ($name) use ($api, $session, $told, $ns) {
    return $api->domainCreate($session, $name, $told['owner'], 'DEMO01', 'DEMO01', 'DEMO01', ...[...$ns, 1]);
};
$told['done'] = $created('lighthouse.com');
$told['pending'] = $created('lighthouse.fr');
$told['list'] = $api->queryOpePending($session);
$told['operation'] = $api->queryOpe($session, $told['pending']->ID_OPE);
$told['domain'] = $api->domainInfo($session, 'lighthouse.com');
$told['host'] = $api->hostCreate($session, 'ns1.lighthouse.com', ['203.0.113.53'], ['2001:db8::53']);
$told['record'] = $api->domainZoneCreate($session, 'lighthouse.com', 'www2', 'A', '203.0.113.5', ['ttl' => '600']);
$told['tld'] = $api->domainTldInfo($session, 'com');
try {
    $api->domainInfo($session, 'lighthouse.net');
} catch (SoapFault $fault) {
    $told['fault'] = [$fault->faultcode, $fault->getMessage()];
}
$told['closed'] = $api->sessionClose($session);
try {
    $api->hello($session);
} catch (SoapFault $fault) {
    $told['dead'] = $fault->faultcode;
}
echo json_encode($told);
"""


@pytest.fixture
def told(api: Any, tmp_path: Path) -> dict[str, Any]:
    """What the script printed."""
    script = tmp_path / "try.php"
    script.write_text(SCRIPT, encoding="utf-8")
    ran = subprocess.run(
        ["php", str(script), f"{api.url}/2.0/api.wsdl"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    found: dict[str, Any] = json.loads(ran.stdout)
    return found


def test_php_opens_a_session_checks_registers_lists_pending_and_closes(
    api: Any, told: dict[str, Any]
) -> None:
    assert told["info"]["IDSession"] == told["session"]
    assert [row["result"] for row in told["check"]] == ["AVAILABLE", "NOT AVAILABLE"]
    assert told["contact"]["firstName"] == "Zoé"
    assert told["contact"]["additional"] == {
        "ES_NIF": "12345678Z",
        "CAT_INTENDED_USE": {"lamp.cat": "Un blog"},
    }
    assert (told["done"]["STATUS"], told["pending"]["STATUS"]) == ("Done", "Pending")
    assert told["list"][-1]["data_ope"] == "lighthouse.fr"
    assert told["operation"]["ID_OPE"] == told["pending"]["ID_OPE"]
    assert told["domain"]["ns"] == ["ns1.netim.net", "ns2.netim.net"]
    assert (told["host"]["STATUS"], told["record"]["STATUS"]) == ("Done", "Done")
    assert told["tld"]["Fee4Registration"] == 8.8
    assert told["fault"] == ["E15-M1502", "E15-M1502 : This domain name is not under your management"]
    assert (told["closed"], told["dead"]) == (None, "E02")
    api.settle()
    assert {row["subject"] for row in api.journal("domainCreate")} == {"lighthouse.com", "lighthouse.fr"}
