"""PHP's own SoapClient, without a WSDL, against the sandbox: a contact, a domain and its transaction."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

# Our own program, with calls of the shapes that the manual prints: arrays by key, the login as an int, results by key.
PROGRAM = r"""<?php
$place = $argv[1];
$control = $argv[2];
$client = new SoapClient(NULL, array('location' => $place, 'uri' => $place, 'encoding' => 'UTF-8'));
$login = 13490;
$secret = "demo";
$said = array();

function settle($control) {
    $call = stream_context_create(array('http' => array('method' => 'POST', 'content' => '{}')));
    file_get_contents($control . '/settle', false, $call);
}

$person = array(
    "passwd" => "un-secret", "email" => "leo@exemple.fr", "hash_email" => "yes",
    "formejuridique" => "particulier", "civilite" => "M", "nom" => "BÉRARD", "prenom" => "Léo",
    "societe" => "", "adresse1" => "9 quai Tilsitt", "adresse2" => "", "cp" => "69002", "ville" => "LYON",
    "region_id" => "", "pays_id" => "1", "telephone" => "+33.472000102", "telecopie" => "",
    "numero_tva" => "", "siret" => "", "lang" => "fr", "revente" => "no"
);
$result = $client->contact_create($login, $secret, $person);
if ($result['retcode'] != 1) die(json_encode($result));
$owner = $result['retval'];
$said['contact'] = $result['retfields'];

$changed = $result['retfields'];
$changed['nom'] = "BERARD";
$changed['telecopie'] = "+33.472000103";
$said['updated'] = $client->contact_update($login, $secret, $owner, $changed);
$said['by_id'] = $client->contact_info($login, $secret, "", $owner);
$said['by_handle'] = $client->contact_info($login, $secret, $said['contact']['handle']);

$said['undefined'] = $client->domain_check($login, $secret, NULL);
$said['check'] = $client->domain_check($login, $secret, "php-lumiere.com");
$said['multicheck'] = $client->domain_multicheck($login, $secret, "php-lumiere");

$order = array(
    "domain" => "php-lumiere.com", "period" => 1, "owner_id" => $owner, "admin_id" => $login,
    "tech_id" => $login, "bill_id" => $login, "service" => "dns", "ip_dns_master" => "",
    "ns0" => "ns0.online.net", "ns1" => "ns1.online.net", "ipns0" => "", "ipns1" => "",
    "registry_status" => 0, "authinfo" => "EPPauthCode"
);
$result = $client->domain_create($login, $secret, $order);
if ($result['retcode'] != 1) die(json_encode($result));
$said['created'] = $result['retfields'];
$tid = $result['retfields']['tid'];
$said['before'] = $client->api_status($login, $secret, $tid);
settle($control);
$said['after'] = $client->api_status($login, $secret, $tid);

$update = $order;
$update['ns1'] = "ns0.free.org";
$update['ns2'] = "ns1.free.org";
$update['registry_status'] = 64;
$update['authinfo'] = "NewEPPcode";
$said['update'] = $client->domain_update($login, $secret, $order['domain'], $update);
settle($control);
$said['renew'] = $client->domain_renew($login, $secret, $order['domain'], 5);
settle($control);
$said['info'] = $client->domain_info($login, $secret, $order['domain']);
$said['list'] = $client->domain_list($login, $secret);
$said['transfer'] = $client->domain_transfer($login, $secret, "taken-php.com", "1234secret5678");
try {
    $client->domain_steal($login, $secret);
} catch (SoapFault $fault) {
    $said['fault'] = $fault->getMessage();
}
echo json_encode($said);
"""


@cache
def missing() -> str:
    """Why PHP cannot be tried here; "" where it can."""
    php = shutil.which("php")
    if php is None:
        return "php is not installed (Debian: php-cli)"
    modules = subprocess.run([php, "-m"], capture_output=True, text=True, check=True).stdout.lower().split()
    return "" if "soap" in modules else "PHP has no soap extension (Debian: php-soap)"


def run(api: Any, tmp_path: Path) -> dict[str, Any]:
    """What the program says, as JSON."""
    if missing():
        pytest.skip(missing())
    path = tmp_path / "client.php"
    path.write_text(PROGRAM, encoding="utf-8")
    place = api.sandbox.url("bookmyname") + "/apis.cgi"
    command = ["php", "-d", "soap.wsdl_cache_enabled=0", str(path), place, api.sandbox.control_url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr + done.stdout
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_php_client_registers_a_domain_and_follows_its_transaction(api: Any, tmp_path: Path) -> None:
    said = run(api, tmp_path)

    assert (said["contact"]["nom"], said["contact"]["pays"]) == ("BÉRARD", "FRANCE")
    assert said["updated"]["retfields"]["telecopie"] == "+33.472000103"
    assert said["by_id"] == said["by_handle"] == said["updated"]
    assert said["undefined"] == {"retcode": -1, "retval": -5}
    assert said["check"] == {"retcode": 1, "retval": 1}
    assert said["multicheck"]["retfields"]["com"] == 1
    assert said["created"]["registrar_expiration"] == "0000-00-00 00:00:00"
    assert said["before"]["retfields"]["status"] in ("Wait", "ToProcess")
    assert said["after"]["retfields"] == {"tid": said["created"]["tid"], "status": "Done"}
    assert said["update"]["retval"] == said["update"]["retfields"]["tid"]
    info = said["info"]["retfields"]
    years = int(info["registrar_expiration"][:4]) - int(info["registrar_creation"][:4])
    assert (info["registry_status"], info["authinfo"], info["ns2"], years) == (
        64,
        "NewEPPcode",
        "ns1.free.org",
        6,
    )
    assert said["list"]["retfields"]["php-lumiere.com"] > 1_700_000_000
    assert set(said["transfer"]["retfields"]) == {"tid", "owner_id"}
    assert said["fault"] == "Function 'domain_steal' doesn't exist"
    assert len(api.journal("domain_create")) == 1


def test_php_client_reads_what_a_soaplite_server_writes(api: Any, tmp_path: Path) -> None:
    api.world(server="soaplite")
    said = run(api, tmp_path)
    assert said["contact"]["nom"] == "BÉRARD"
    assert said["after"]["retfields"]["status"] == "Done"
