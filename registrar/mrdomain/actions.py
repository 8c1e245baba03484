"""Every action of the Simple API, version 1.0.20: which of them change something, and what calls them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_READS = """
tool/hello tool/idnconverter tool/domainsuggests tool/gettable tool/dig tool/zonecheck account/info
account/promos account/zones domain/check domain/checkfortransfer domain/list domain/getinfo
domain/getauthcode domain/getnameservers domain/getgluerecords domain/getdnssec domain/whois domain/gethistory
domain/listdeleted contact/list contact/getinfo service/list service/getinfo service/parkinggetinfo
service/webconstructorlogin service/ftplist service/ftpgetinfo service/ddbblist service/ddbbgetinfo
service/subdomainlist service/subdomaingetinfo service/redirectlist service/redirectgetinfo service/maillist
service/mailgetinfo service/mailaliaslist service/mailaliasgetinfo service/dnslist service/dnsgetinfo
ssl/csrdecode ssl/csrcreate ssl/productlist ssl/productgetinfo ssl/list ssl/getinfo ssl/getvalidationemails
user/list user/getinfo
"""

_WRITES = """
domain/create domain/transfer domain/transferrestart domain/update domain/updatenameservers
domain/updatecontacts domain/gluerecordcreate domain/gluerecordupdate domain/gluerecorddelete
domain/dnsseccreate domain/dnssecdelete domain/renew domain/resendverificationmail contact/create
contact/resendverificationmail service/create service/renew service/upgrade service/update
service/parkingupdate service/ftpcreate service/ftpupdate service/ftpdelete service/ddbbcreate
service/ddbbupdate service/ddbbdelete service/subdomaincreate service/subdomainupdate service/subdomaindelete
service/redirectcreate service/redirectupdate service/redirectdelete service/mailcreate service/mailupdate
service/maildelete service/mailaliascreate service/mailaliasupdate service/mailaliasdelete service/dnscreate
service/dnsupdate service/dnsdelete service/dnsrestore service/dnssetzone service/dnsdeleteall ssl/create
ssl/renew ssl/reissue ssl/multidomainaddsan ssl/changevalidationmethod ssl/resendvalidationmail user/create
user/updatestatus user/updatepassword user/adddomain user/updatedomain user/deletedomain user/delete
"""

# Action -> whether it writes. Where the manual leaves a doubt (an e-mail sent again), it counts as a write.
ACTIONS: Mapping[str, bool] = MappingProxyType(
    dict.fromkeys(_READS.split(), False) | dict.fromkeys(_WRITES.split(), True)
)

# Action -> the typed operation that calls it; the plainest one where several do.
METHODS: Mapping[str, str] = MappingProxyType(
    {
        "tool/hello": "tool.hello",
        "tool/idnconverter": "tool.idn",
        "tool/domainsuggests": "tool.suggest",
        "tool/gettable": "tool.table",
        "tool/dig": "tool.dig",
        "tool/zonecheck": "tool.zone_check",
        "account/info": "account.info",
        "account/promos": "account.promotions",
        "account/zones": "account.zones",
        "domain/check": "domain.check",
        "domain/checkfortransfer": "domain.check_transfer",
        "domain/create": "domain.create",
        "domain/transfer": "domain.transfer",
        "domain/transferrestart": "domain.transfer_restart",
        "domain/update": "domain.set_tag",
        "domain/updatenameservers": "domain.set_nameservers",
        "domain/updatecontacts": "domain.set_contacts",
        "domain/gluerecordcreate": "domain.create_glue",
        "domain/gluerecordupdate": "domain.update_glue",
        "domain/gluerecorddelete": "domain.delete_glue",
        "domain/list": "domain.list",
        "domain/getinfo": "domain.info",
        "domain/getauthcode": "domain.auth_code",
        "domain/getnameservers": "domain.nameservers",
        "domain/getgluerecords": "domain.glue_records",
        "domain/getdnssec": "domain.dnssec",
        "domain/dnsseccreate": "domain.add_dnssec_key",
        "domain/dnssecdelete": "domain.delete_dnssec_key",
        "domain/renew": "domain.renew",
        "domain/whois": "domain.whois",
        "domain/resendverificationmail": "domain.resend_verification",
        "domain/gethistory": "domain.history",
        "domain/listdeleted": "domain.deleted",
        "contact/create": "contact.create",
        "contact/list": "contact.list",
        "contact/getinfo": "contact.info",
        "contact/resendverificationmail": "contact.resend_verification",
        "service/list": "hosting.list",
        "service/getinfo": "hosting.info",
        "service/create": "hosting.create",
        "service/renew": "hosting.renew",
        "service/upgrade": "hosting.upgrade",
        "service/update": "hosting.set_renewal_mode",
        "service/parkinggetinfo": "hosting.parking",
        "service/parkingupdate": "hosting.set_parking",
        "service/webconstructorlogin": "hosting.web_builder_url",
        "service/ftplist": "hosting.ftp_accounts",
        "service/ftpgetinfo": "hosting.ftp_account",
        "service/ftpcreate": "hosting.create_ftp_account",
        "service/ftpupdate": "hosting.update_ftp_account",
        "service/ftpdelete": "hosting.delete_ftp_account",
        "service/ddbblist": "hosting.databases",
        "service/ddbbgetinfo": "hosting.database",
        "service/ddbbcreate": "hosting.create_database",
        "service/ddbbupdate": "hosting.update_database",
        "service/ddbbdelete": "hosting.delete_database",
        "service/subdomainlist": "hosting.subdomains",
        "service/subdomaingetinfo": "hosting.subdomain",
        "service/subdomaincreate": "hosting.create_subdomain",
        "service/subdomainupdate": "hosting.update_subdomain",
        "service/subdomaindelete": "hosting.delete_subdomain",
        "service/redirectlist": "hosting.redirects",
        "service/redirectgetinfo": "hosting.redirect",
        "service/redirectcreate": "hosting.create_redirect",
        "service/redirectupdate": "hosting.update_redirect",
        "service/redirectdelete": "hosting.delete_redirect",
        "service/maillist": "hosting.mailboxes",
        "service/mailgetinfo": "hosting.mailbox",
        "service/mailcreate": "hosting.create_mailbox",
        "service/mailupdate": "hosting.set_mailbox_password",
        "service/maildelete": "hosting.delete_mailbox",
        "service/mailaliaslist": "hosting.mail_aliases",
        "service/mailaliasgetinfo": "hosting.mail_alias",
        "service/mailaliascreate": "hosting.create_mail_alias",
        "service/mailaliasupdate": "hosting.update_mail_alias",
        "service/mailaliasdelete": "hosting.delete_mail_alias",
        "service/dnslist": "dns.list",
        "service/dnsgetinfo": "dns.info",
        "service/dnscreate": "dns.create",
        "service/dnsupdate": "dns.update",
        "service/dnsdelete": "dns.delete",
        "service/dnsrestore": "dns.restore",
        "service/dnssetzone": "dns.replace",
        "service/dnsdeleteall": "dns.delete_all",
        "ssl/csrdecode": "certificate.decode_csr",
        "ssl/csrcreate": "certificate.create_csr",
        "ssl/productlist": "certificate.products",
        "ssl/productgetinfo": "certificate.product",
        "ssl/list": "certificate.list",
        "ssl/getinfo": "certificate.info",
        "ssl/create": "certificate.create",
        "ssl/renew": "certificate.renew",
        "ssl/reissue": "certificate.reissue",
        "ssl/multidomainaddsan": "certificate.add_name",
        "ssl/getvalidationemails": "certificate.validation_emails",
        "ssl/changevalidationmethod": "certificate.set_validation_method",
        "ssl/resendvalidationmail": "certificate.resend_validation_email",
        "user/create": "access.create",
        "user/list": "access.list",
        "user/getinfo": "access.info",
        "user/updatestatus": "access.set_enabled",
        "user/updatepassword": "access.set_password",
        "user/adddomain": "access.add_domain",
        "user/updatedomain": "access.update_domain",
        "user/deletedomain": "access.remove_domain",
        "user/delete": "access.delete",
    }
)

# Fields of requests and replies, in all modules, whose value never leaves the process.
SECRET_FIELDS = frozenset(
    {
        "apipasswd",
        "authcode",
        "password",
        "aeroPass",
        "pfxpass",
        "sslKey",
        "keyData",
        "csrKey",
        "loginURL",
        "data",
    }
)
