"""Module service (manual chapter 7) without DNS. Plans, files and forwards stand in files of their own."""

from __future__ import annotations

from registrar.interface.hosting import HostingModule
from registrar.mrdomain import hosting_mapping
from registrar.mrdomain.client import MrDomainClient
from registrar.mrdomain.entity import Entities
from registrar.mrdomain.hosting_file import MrDomainFiles
from registrar.mrdomain.hosting_forward import MrDomainForwards
from registrar.mrdomain.hosting_plan import MrDomainPlans


class MrDomainHosting(MrDomainPlans, MrDomainFiles, MrDomainForwards, HostingModule):
    """Thirty-nine actions."""

    def __init__(self, client: MrDomainClient) -> None:
        self._client = client
        self._ftp = Entities(client, "ftp", hosting_mapping.ftp_account)
        self._databases = Entities(client, "ddbb", hosting_mapping.database)
        self._subdomains = Entities(client, "subdomain", hosting_mapping.subdomain)
        self._redirects = Entities(client, "redirect", hosting_mapping.redirect)
        self._mailboxes = Entities(client, "mail", hosting_mapping.mailbox)
        self._aliases = Entities(client, "mailalias", hosting_mapping.mail_alias)
