"""A zone file on the page: read into a draft, its lines told about, and written."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from panel.dns import drafts, mirror, zonefile
from panel.dns.models import Draft, Zone
from tests.dns.zone_rows import NAME, ZONE, kept, rec
from tests.selfservice.pages import words_of

PAGE = f"/domains/{NAME}/dns/import/"
REVIEW = f"/domains/{NAME}/dns/review/"
FILE = f"$ORIGIN {NAME}.\n$TTL 3600\n@ A 192.0.2.1\nnew A 192.0.2.8\n"


def changes(zone: Zone, owner: Any) -> set[tuple[str, str]]:
    return {(change.kind, change.record.value) for change in drafts.working(zone, owner).changes}


def test_pasted_file_becomes_a_draft_of_the_whole_zone(own: Client, owner: Any, zone: Zone) -> None:
    answer = own.post(PAGE, {"text": FILE, "way": "replace"})

    assert (answer.status_code, answer["Location"]) == (302, REVIEW)
    assert changes(zone, owner) == {
        ("add", "192.0.2.8"),
        ("delete", "mail.lamps.example"),
        ("delete", "v=spf1 -all"),
        ("delete", "192.0.2.5"),
        ("delete", NAME),
    }


def test_uploaded_file_is_added_beside_what_is_there(own: Client, owner: Any, zone: Zone) -> None:
    file = SimpleUploadedFile("zone.txt", FILE.encode())

    answer = own.post(PAGE, {"file": file, "text": "", "way": "add"})

    assert answer.status_code == 302
    assert changes(zone, owner) == {("add", "192.0.2.8")}


def test_lines_that_are_left_out_are_told_before_anything_becomes_a_draft(
    own: Client, owner: Any, zone: Zone
) -> None:
    text = FILE + "@ SOA a. b. 1 2 3 4 5\nwww HTTPS 1 .\n"

    answer = own.post(PAGE, {"text": text, "way": "add"})
    shown = words_of(answer)
    drafted = Draft.objects.exists()
    own.post(PAGE, {"text": text, "way": "add", "go": "1"})

    assert (answer.status_code, drafted) == (200, False)
    assert "2 lines are left out" in shown
    assert "Line 5" in shown
    assert "HTTPS" in shown
    assert "2 records can be taken" in shown
    assert changes(zone, owner) == {("add", "192.0.2.8")}


def test_lines_that_cannot_be_read_are_told_with_their_number(own: Client, zone: Zone) -> None:
    answer = own.post(PAGE, {"text": FILE + "bad A 1.2.3\n", "way": "replace"})

    text = words_of(answer)
    assert answer.status_code == 422
    assert "1 line cannot be read" in text
    assert "Line 5" in text
    assert "bad A 1.2.3" in answer.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"text": "  "}, "Paste a zone file, or choose one."),
        ({"text": "; nothing\n"}, "There is no record in it"),
        ({"text": "a A 192.0.2.1\n" * 3 + "; " + "x" * zonefile.LARGEST}, "more than a megabyte"),
        ({"file": SimpleUploadedFile("z", b"\xff\xfe\x00a")}, "not a text file"),
        ({"file": SimpleUploadedFile("z", b"x" * (zonefile.LARGEST + 1))}, "more than a megabyte"),
        ({"text": FILE, "file": SimpleUploadedFile("z", b"a A 192.0.2.1")}, "not both"),
    ],
)
def test_what_is_no_zone_file_is_refused(own: Client, zone: Zone, data: dict[str, Any], words: str) -> None:
    answer = own.post(PAGE, {"text": "", "way": "replace", **data})

    assert answer.status_code == 422
    assert words in words_of(answer)
    assert not Draft.objects.exists()


def test_export_is_what_an_import_reads(own: Client, owner: Any, domain: Any) -> None:
    zone = kept(domain, [*ZONE, rec("*", "TXT", 'a "quoted" é' * 40, None)])

    answer = own.get(f"/domains/{NAME}/dns/export/")
    text = answer.content.decode()
    found = zonefile.parse(text, NAME)
    again = own.post(PAGE, {"text": text, "way": "replace", "go": "1"})

    assert answer["Content-Disposition"] == f'attachment; filename="{NAME}.zone"'
    assert answer["Content-Type"].startswith("text/plain")
    assert {remark.code for remark in found.remarks} == {"apex_ns"}
    assert len(found.records) == len(mirror.records_of(zone)) - 1
    assert again.status_code == 302
    assert not Draft.objects.exists()


def test_reader_exports_and_imports_nothing(reader: Client, zone: Zone) -> None:
    assert reader.get(f"/domains/{NAME}/dns/export/").status_code == 200
    assert reader.get(PAGE).status_code == 403


def test_file_of_somebody_elses_zone_is_not_there(own: Client, make_name: Any) -> None:
    kept(make_name("other.example", customer=None), [])

    assert own.get("/domains/other.example/dns/export/").status_code == 404
    assert own.get("/domains/other.example/dns/import/").status_code == 404
