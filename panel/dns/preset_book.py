"""The templates that are offered, in the order of their groups."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from panel.dns.presets import Field, Line, Preset
from registrar.types import RecordType as T

WEB, MAIL, PROVIDER, VERIFY, SAFETY = "web", "mail", "provider", "verify", "safety"
GROUPS = {
    WEB: _("Website"),
    MAIL: _("Mail"),
    PROVIDER: _("Mail providers"),
    VERIFY: _("Proof of ownership"),
    SAFETY: _("Safety"),
}
_CODE = Field("code", _("Code"), "text")
_WWW = (("www", T.A), ("www", T.AAAA), ("www", T.ANAME))
_APEX = (("@", T.A), ("@", T.AAAA), ("@", T.ANAME))

PRESETS: tuple[Preset, ...] = (
    Preset(
        "website", WEB, _("A website on a server"),
        _("The domain and its www show the website at an address of yours."),
        (
            Line("@", T.A, "{ipv4}"), Line("@", T.AAAA, "{ipv6}"), Line("www", T.CNAME, "{zone}"),
        ),
        (
            Field("ipv4", _("IPv4 address"), "ipv4", "203.0.113.10"),
            Field("ipv6", _("IPv6 address"), "ipv6", "2001:db8::10", required=False),
        ),
        clears=(*_APEX, *_WWW),
    ),
    Preset(
        "subdomain", WEB, _("A subdomain at a host"),
        _("One name below the domain leads to a service that gave you a host name."),
        (Line("{label}", T.CNAME, "{host}"),),
        (
            Field("label", _("Subdomain"), "label", "shop"),
            Field("host", _("Host of the service"), "host", "stores.example.net"),
        ),
    ),
    Preset(
        "github-pages", WEB, "GitHub Pages",
        _("The domain and its www show a site that GitHub hosts."),
        (
            *(Line("@", T.A, f"185.199.{number}.153") for number in range(108, 112)),
            *(Line("@", T.AAAA, f"2606:50c0:{number}::153") for number in range(8000, 8004)),
            Line("www", T.CNAME, "{host}"),
        ),
        (Field("host", _("Host of the site"), "host", "name.github.io"),),
        clears=(("@", T.ANAME), *_WWW),
    ),
    Preset(
        "own-mail", MAIL, _("A mail server of your own"),
        _("Mail goes to a server that you run, and only that server may send in the domain's name."),
        (
            Line("mail", T.A, "{ipv4}"), Line("mail", T.AAAA, "{ipv6}"), Line("@", T.MX, "mail.{zone}", 10),
            Line("_dmarc", T.TXT, "v=DMARC1; p=quarantine"),
        ),
        (
            Field("ipv4", _("IPv4 address"), "ipv4", "203.0.113.25"),
            Field("ipv6", _("IPv6 address"), "ipv6", "2001:db8::25", required=False),
        ),
        clears=(("mail", T.A), ("mail", T.AAAA)), spf="mx", spf_end="-all",
    ),
    Preset(
        "no-mail", MAIL, _("No mail at all"),
        _("Nobody can send mail in the domain's name, and none is taken for it."),
        (
            Line("_dmarc", T.TXT, "v=DMARC1; p=reject"), Line("*._domainkey", T.TXT, "v=DKIM1; p="),
        ),
        clears=(("@", T.MX),), spf_whole="v=spf1 -all",
    ),
    Preset(
        "google", PROVIDER, "Google Workspace", _("Mail servers and sending rules of Google Workspace."),
        (Line("@", T.MX, "smtp.google.com", 1),), clears=(("@", T.MX),), spf="include:_spf.google.com",
    ),
    Preset(
        "microsoft", PROVIDER, "Microsoft 365", _("Mail servers and sending rules of Exchange Online."),
        (
            Line("@", T.MX, "{host}", 0), Line("autodiscover", T.CNAME, "autodiscover.outlook.com"),
        ),
        (Field("host", _("Mail host of the domain"), "host", "example-com.mail.protection.outlook.com"),),
        clears=(("@", T.MX),), spf="include:spf.protection.outlook.com", spf_end="-all",
    ),
    Preset(
        "fastmail", PROVIDER, "Fastmail", _("Mail servers, sending rules and DKIM keys of Fastmail."),
        (
            Line("@", T.MX, "in1-smtp.messagingengine.com", 10), Line("@", T.MX, "in2-smtp.messagingengine.com", 20),
            *(Line(f"fm{n}._domainkey", T.CNAME, f"fm{n}.{{zone}}.dkim.fmhosted.com") for n in (1, 2, 3)),
        ),
        clears=(("@", T.MX),), spf="include:spf.messagingengine.com",
    ),
    Preset(
        "proton", PROVIDER, "Proton Mail", _("Mail servers and sending rules of Proton Mail."),
        (
            Line("@", T.MX, "mail.protonmail.ch", 10), Line("@", T.MX, "mailsec.protonmail.ch", 20),
            Line("@", T.TXT, "protonmail-verification={code}"),
        ),
        (Field("code", _("Code"), "text", "3a5f…", required=False),),
        clears=(("@", T.MX),), spf="include:_spf.protonmail.ch",
    ),
    Preset(
        "icloud", PROVIDER, "iCloud Mail", _("Mail servers, sending rules and the DKIM key of iCloud Mail."),
        (
            Line("@", T.MX, "mx01.mail.icloud.com", 10), Line("@", T.MX, "mx02.mail.icloud.com", 10),
            Line("sig1._domainkey", T.CNAME, "sig1.dkim.{zone}.at.icloudmailadmin.com"),
            Line("@", T.TXT, "apple-domain={code}"),
        ),
        (Field("code", _("Code"), "text", "Kx3…", required=False),),
        clears=(("@", T.MX),), spf="include:icloud.com",
    ),
    Preset(
        "mailbox-org", PROVIDER, "mailbox.org", _("Mail servers and sending rules of mailbox.org."),
        (
            Line("@", T.MX, "mxext1.mailbox.org", 10), Line("@", T.MX, "mxext2.mailbox.org", 10),
            Line("@", T.MX, "mxext3.mailbox.org", 20),
        ),
        clears=(("@", T.MX),), spf="include:mailbox.org",
    ),
    Preset(
        "migadu", PROVIDER, "Migadu", _("Mail servers, sending rules and DKIM keys of Migadu."),
        (
            Line("@", T.MX, "aspmx1.migadu.com", 10), Line("@", T.MX, "aspmx2.migadu.com", 20),
            *(Line(f"key{n}._domainkey", T.CNAME, f"key{n}.{{zone}}._domainkey.migadu.com") for n in (1, 2, 3)),
        ),
        clears=(("@", T.MX),), spf="include:spf.migadu.com", spf_end="-all",
    ),
    Preset(
        "google-site", VERIFY, "Google Search Console", _("Shows Google that the domain is yours."),
        (Line("@", T.TXT, "google-site-verification={code}"),), (_CODE,),
    ),
    Preset(
        "microsoft-site", VERIFY, "Microsoft 365", _("Shows Microsoft that the domain is yours."),
        (Line("@", T.TXT, "MS={code}"),), (Field("code", _("Code"), "text", "ms12345678"),),
    ),
    Preset(
        "acme", VERIFY, _("A certificate (DNS-01)"),
        _("Shows an authority that the domain is yours, at the name _acme-challenge."),
        (Line("_acme-challenge", T.TXT, "{code}"),), (_CODE,),
    ),
    Preset(
        "text", VERIFY, _("Any other service"), _("A text at the domain itself, as the service gave it to you."),
        (Line("@", T.TXT, "{code}"),), (Field("code", _("Text"), "text", "service-verification=1234"),),
    ),
    Preset(
        "dmarc", SAFETY, _("Watch who sends in your name"),
        _("Mail servers report to an address of yours who sends with the domain, and change nothing yet (DMARC)."),
        (Line("_dmarc", T.TXT, "v=DMARC1; p=none; rua=mailto:{email}"),),
        (Field("email", _("Address for reports"), "email", "reports@example.com"),),
    ),
    Preset(
        "caa", SAFETY, _("Only Let's Encrypt issues certificates"),
        _("Other authorities refuse to issue certificates for the domain (CAA)."),
        (Line("@", T.CAA, '0 issue "letsencrypt.org"'), Line("@", T.CAA, '0 issuewild "letsencrypt.org"')),
    ),
)  # fmt: skip
BY_SLUG = {preset.slug: preset for preset in PRESETS}
