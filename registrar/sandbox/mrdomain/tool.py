"""Module tool (manual 3)."""

from __future__ import annotations

from registrar.sandbox.mrdomain import nameservers
from registrar.sandbox.mrdomain.call import Action, Answer, Call
from registrar.sandbox.mrdomain.codes import ApiError, invalid
from registrar.sandbox.mrdomain.envelope import VERSION
from registrar.sandbox.mrdomain.views import address_of
from registrar.sandbox.names import InvalidName, to_ascii, to_unicode
from registrar.sandbox.reference import COUNTRIES, SPANISH_ORGANIZATIONS
from registrar.sandbox.tlds import split

# 3.3 allows these four; its own example shows "es" as well.
SUGGEST_TLDS = ("com", "net", "tv", "cc", "es")
AFFIXES: dict[str, tuple[str, ...]] = {
    "es": ("{}online", "los{}", "mi{}", "{}hoy", "tu{}", "{}web", "{}24", "todo{}"),
    "en": ("{}online", "the{}", "my{}", "{}hub", "get{}", "{}hq", "{}now", "try{}"),
    "fr": ("{}enligne", "le{}", "mon{}", "{}facile", "votre{}", "{}pro", "{}24", "tout{}"),
    "de": ("{}online", "mein{}", "dein{}", "{}direkt", "{}haus", "{}welt", "{}24", "top{}"),
    "pt": ("{}online", "o{}", "meu{}", "{}hoje", "seu{}", "{}web", "{}24", "tudo{}"),
    "tr": ("{}online", "benim{}", "{}evi", "{}merkezi", "yeni{}", "{}net", "{}24", "tum{}"),
    "zh": ("{}online", "wo{}", "{}zhongguo", "{}wang", "{}88", "{}shop", "{}24", "hao{}"),
    "kr": ("{}online", "my{}", "{}nara", "{}korea", "{}mall", "{}zip", "{}24", "new{}"),
}
DIG_TYPES = ("A", "AAAA", "ANY", "CNAME", "MX", "NS", "SOA", "TXT", "CAA")
TABLES = {"countries": COUNTRIES, "country": COUNTRIES, "es_juridic": SPANISH_ORGANIZATIONS}


def hello(call: Call) -> Answer:
    """3.1."""
    return Answer({"ip": call.ip, "lang": "en", "version": VERSION})


def idnconverter(call: Call) -> Answer:
    """3.2: a word or a name, in either form."""
    query = call.params.required("query")
    try:
        punycode = to_ascii(query)
    except InvalidName as error:
        raise invalid("query", str(error)) from error
    return Answer({"query": query, "unicode": to_unicode(punycode), "punycode": punycode})


def domainsuggests(call: Call) -> Answer:
    """3.3: the word itself and eight relatives; the same word always has the same relatives."""
    query = call.params.required("query")
    language = call.params.choice("language", AFFIXES, "es")
    tlds = [tld.strip().lower() for tld in call.params.text("tlds", "com,net").split(",") if tld.strip()]
    if not tlds or any(tld not in SUGGEST_TLDS for tld in tlds):
        raise invalid("tlds", "some of " + ",".join(SUGGEST_TLDS))
    try:
        word = to_unicode(to_ascii(query)).partition(".")[0]
        labels = {
            text: to_ascii(text) for text in (word, *(shape.format(word) for shape in AFFIXES[language]))
        }
    except InvalidName as error:
        raise invalid("query", str(error)) from error
    free = {
        text: {tld: not call.family.world.registered(f"{label}.{tld}") for tld in tlds}
        for text, label in labels.items()
    }
    return Answer({"query": query, "suggests": free})


def gettable(call: Call) -> Answer:
    """3.4: the manual's text says "countries", its example "country"; both are answered."""
    table = TABLES[call.params.choice("tableType", TABLES)]
    return Answer({"items": [{"code": code, "name": name} for code, name in table.items()]})


def dig(call: Call) -> Answer:
    """3.5: what the given server would say; nothing is asked outside the sandbox."""
    query = call.params.required("query")
    kind = call.params.choice("type", DIG_TYPES)
    server = call.params.required("nameserver")
    try:
        name = to_ascii(query)
    except InvalidName as error:
        raise invalid("query", str(error)) from error
    records = _records(call, name, kind)
    exists = _exists(call, name)
    head = (
        f";; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: {'NOERROR' if exists else 'NXDOMAIN'}, "
        f"id: {call.family.world.dice('dig', name, kind).randint(1, 65535)}\n"
        f";; flags: qr rd ra; QUERY: 1, ANSWER: {len(records)}, AUTHORITY: 0, ADDITIONAL: 0\n\n"
        f";; QUESTION SECTION:\n;{name}.\t\t\tIN\t{kind}\n\n"
    )
    answer = ";; ANSWER SECTION:\n" + "".join(f"{record}\n" for record in records) + "\n" if records else ""
    return Answer({"query": query, "nameserver": server, "type": kind, "result": head + answer})


def _registered_part(name: str) -> str:
    label, tld = split(name)
    return f"{label.rpartition('.')[2]}.{tld.name}" if tld else name


def _exists(call: Call, name: str) -> bool:
    return call.family.world.registered(_registered_part(name))


def _records(call: Call, name: str, kind: str) -> list[str]:
    apex = _registered_part(name)
    if not _exists(call, name):
        return []
    domain = call.account.find(apex)
    hosts = domain.nameservers if domain else [f"ns{number}.{apex}" for number in (1, 2)]
    primary = hosts[0] if hosts else apex
    lines = {
        "A": [f"{name}.\t\t3600\tIN\tA\t{address_of(name)}"],
        "NS": [f"{name}.\t\t86400\tIN\tNS\t{host}." for host in hosts],
        "MX": [f"{name}.\t\t3600\tIN\tMX\t10 mail.{apex}."],
        "SOA": [f"{apex}.\t\t86400\tIN\tSOA\t{primary}. hostmaster.{apex}. 1 7200 600 1209600 3600"],
        "TXT": [f'{name}.\t\t3600\tIN\tTXT\t"v=spf1 a mx -all"'],
    }
    if kind == "ANY":
        return [line for rows in lines.values() for line in rows]
    return lines.get(kind, [])


def zonecheck(call: Call) -> Answer:
    """3.6: a DNS server whose name begins with "broken" or "lame" fails the test."""
    try:
        name = to_ascii(call.params.required("domain"))
    except InvalidName as error:
        raise ApiError(2001, f"Invalid domain name: {error}") from error
    if split(name)[1] is None:
        raise ApiError(2002, f"TLD not supported: {name.partition('.')[2]}")
    hosts = nameservers.hosts(call)
    bad = [host for host in hosts if host.startswith(("broken", "lame"))]
    lines = [f"ZONE  : {name}"]
    lines += [f"NS {'<=' if n == 0 else '  '} : {host} [{address_of(host)}]" for n, host in enumerate(hosts)]
    lines += [f"f> [TEST {host} answers authoritatively for the zone]: no answer" for host in bad]
    lines.append("==> FAILURE" if bad else "==> SUCCESS")
    report = "\n".join(lines) + "\n"
    return Answer({"domain": name, "nameservers": hosts, "result": {"zonepass": not bad, "report": report}})


ACTIONS: dict[str, Action] = {
    "tool/hello": hello,
    "tool/idnconverter": idnconverter,
    "tool/domainsuggests": domainsuggests,
    "tool/gettable": gettable,
    "tool/dig": dig,
    "tool/zonecheck": zonecheck,
}
