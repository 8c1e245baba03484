"""Perl's own SOAP::Lite against the sandbox: a contact, a domain and its transaction."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

# Our own program, with calls of the shapes that the manual prints: maps of a named type, some texts forced to be such.
PROGRAM = r"""use strict;
use warnings;
use utf8;
use SOAP::Lite;
use JSON::PP;
use HTTP::Tiny;

my ($place, $control) = @ARGV;
my $client = SOAP::Lite->uri($place)->proxy($place);
my ($login, $secret) = (13490, 'demo');
my %said;

sub settle { HTTP::Tiny->new->post("$control/settle", { content => '{}' }); }

sub result {
    my ($function, @values) = @_;
    my $answer = $client->$function($login, $secret, @values);
    die $answer->faultstring . "\n" if $answer->fault;
    return $answer->result;
}

my %person = (
    'passwd' => SOAP::Data->type(string => 'un-secret'), 'email' => 'zoe@exemple.fr', 'hash_email' => 'yes',
    'formejuridique' => 'particulier', 'civilite' => 'Mme', 'nom' => 'RENAUD', 'prenom' => 'Zoé',
    'societe' => '', 'adresse1' => '4 rue Basse', 'adresse2' => '', 'cp' => SOAP::Data->type(string => '01000'),
    'ville' => 'BOURG', 'region_id' => '', 'pays_id' => '1', 'telephone' => '+33.474000100',
    'telecopie' => SOAP::Data->type(string => ''), 'numero_tva' => '', 'siret' => '', 'lang' => 'fr',
    'revente' => 'no',
);
my $made = result('contact_create', SOAP::Data->type(map => \%person));
die encode_json($made) unless $made->{'retcode'} == 1;
my $owner = $made->{'retval'};
$said{'contact'} = $made->{'retfields'};

my %changed = %{ $made->{'retfields'} };
$changed{'nom'} = 'RENAULT';
$changed{'telecopie'} = SOAP::Data->type(string => '+33.474000101');
$said{'updated'} = result('contact_update', $owner, SOAP::Data->type(map => \%changed));
$said{'by_id'} = result('contact_info', '', $owner);
$said{'by_handle'} = result('contact_info', $said{'contact'}->{'handle'});
$said{'check'} = result('domain_check', 'perl-lumiere.com');

my %order = (
    'domain' => 'perl-lumiere.com', 'period' => 1, 'owner_id' => $owner, 'admin_id' => $login,
    'tech_id' => $login, 'bill_id' => $login, 'service' => 'dns', 'ip_dns_master' => '',
    'ns0' => 'ns0.online.net', 'ns1' => 'ns1.online.net', 'ns2' => 'ns0.perl-lumiere.com',
    'ips2' => '192.0.2.20',
);
my $created = result('domain_create', SOAP::Data->type(map => \%order));
die encode_json($created) unless $created->{'retcode'} == 1;
$said{'created'} = $created->{'retfields'};
$said{'before'} = result('api_status', $created->{'retval'});
settle();
$said{'after'} = result('api_status', $created->{'retval'});
$said{'glue'} = result('host_info', 'ns0.perl-lumiere.com');

my %update = (%order, 'ns3' => 'ns0.free.org', 'tech_id' => 127743);
$said{'update'} = result('domain_update', $order{'domain'}, SOAP::Data->type(map => \%update));
settle();
$said{'renew'} = result('domain_renew', $order{'domain'}, 5);
settle();
$said{'info'} = result('domain_info', $order{'domain'});
$said{'list'} = result('domain_list');
$said{'deleted'} = result('domain_delete', $order{'domain'});
my $fault = $client->domain_steal($login, $secret);
$said{'fault'} = $fault->faultstring;
print encode_json(\%said);
"""


@cache
def missing() -> str:
    """Why Perl cannot be tried here; "" where it can."""
    perl = shutil.which("perl")
    if perl is None:
        return "perl is not installed"
    done = subprocess.run(
        [perl, "-MSOAP::Lite", "-MJSON::PP", "-MHTTP::Tiny", "-e", "1"], capture_output=True
    )
    return "" if done.returncode == 0 else "SOAP::Lite is not installed (Debian: libsoap-lite-perl)"


def run(api: Any, tmp_path: Path) -> dict[str, Any]:
    """What the program says, as JSON."""
    if missing():
        pytest.skip(missing())
    path = tmp_path / "client.pl"
    path.write_text(PROGRAM, encoding="utf-8")
    place = api.sandbox.url("bookmyname") + "/apis.cgi"
    command = ["perl", str(path), place, api.sandbox.control_url]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr + done.stdout
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_perl_client_registers_a_domain_and_follows_its_transaction(api: Any, tmp_path: Path) -> None:
    said = run(api, tmp_path)

    assert (said["contact"]["cp"], said["contact"]["telephone"]) == ("01000", "+33.474000100")
    assert said["updated"]["retfields"]["telecopie"] == "+33.474000101"
    assert said["by_id"] == said["by_handle"] == said["updated"]
    assert said["check"] == {"retcode": "1", "retval": "1"}
    assert said["before"]["retfields"]["status"] in ("Wait", "ToProcess")
    assert said["after"]["retfields"] == {"tid": said["created"]["tid"], "status": "Done"}
    assert said["glue"]["retfields"]["ip"] == "192.0.2.20"
    info = said["info"]["retfields"]
    assert (info["ns2"], info["ns3"], info["tech_id"]) == ("ns0.perl-lumiere.com", "ns0.free.org", "127743")
    assert "perl-lumiere.com" in said["list"]["retfields"]
    assert said["deleted"]["retval"] == said["deleted"]["retfields"]["tid"]
    assert said["fault"] == "Function 'domain_steal' doesn't exist"
    assert len(api.journal("domain_create")) == 1


def test_text_that_is_not_ascii_arrives_as_it_was_meant(api: Any, tmp_path: Path) -> None:
    run(api, tmp_path)
    (entry,) = api.journal("contact_create")
    assert entry["arguments"]["prenom"] == "Zoé"


def test_perl_client_reads_what_a_soaplite_server_writes(api: Any, tmp_path: Path) -> None:
    api.world(server="soaplite")
    said = run(api, tmp_path)
    assert said["after"]["retfields"]["status"] == "Done"
    assert said["contact"]["telephone"] == "+33.474000100"
