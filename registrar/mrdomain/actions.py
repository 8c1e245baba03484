"""Every action of the Simple API, version 1.0.20, and which of them change something."""

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

# Fields of requests and replies, in all modules, whose value never leaves the process.
SECRET_FIELDS = frozenset(
    {"apipasswd", "authcode", "password", "aeroPass", "pfxpass", "sslKey", "csrKey", "loginURL", "data"}
)
