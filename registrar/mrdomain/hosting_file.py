"""Module service: FTP accounts, databases and subdomains (manual 7.10 to 7.24)."""

from __future__ import annotations

from registrar.interface.hosting import HostingFiles
from registrar.mrdomain import hosting_request, request
from registrar.mrdomain.entity import Entities
from registrar.types import Database, Done, FtpAccount, Outcome, Page, Subdomain, SubdomainCertificate


class MrDomainFiles(HostingFiles):
    """Fifteen actions."""

    _ftp: Entities[FtpAccount]
    _databases: Entities[Database]
    _subdomains: Entities[Subdomain]

    def ftp_accounts(
        self, plan: str, *, page: int = 1, page_length: int = 1000, word: str | None = None
    ) -> Page[FtpAccount]:
        return self._ftp.list(request.plan(plan), page, page_length, word)

    def ftp_account(self, plan: str, identifier: str) -> FtpAccount:
        return self._ftp.info(request.plan(plan), identifier)

    def create_ftp_account(self, plan: str, name: str, path: str, password: str) -> Outcome[FtpAccount]:
        """As the contract (manual 7.12). The registrar may complete the name."""
        parameters = {
            "name": request.line(name, "name"),
            "ftpPath": hosting_request.path(path),
            "password": request.password(password),
        }
        return Done(self._ftp.create(request.plan(plan), parameters, lambda found: True))

    def update_ftp_account(self, plan: str, identifier: str, path: str, password: str) -> Outcome[FtpAccount]:
        """As the contract (manual 7.13)."""
        parameters = {"ftpPath": hosting_request.path(path), "password": request.password(password)}
        return Done(self._ftp.update(request.plan(plan), identifier, parameters))

    def delete_ftp_account(self, plan: str, identifier: str) -> Outcome[None]:
        """As the contract (manual 7.14)."""
        self._ftp.delete(request.plan(plan), identifier)
        return Done(None)

    def databases(
        self, plan: str, *, page: int = 1, page_length: int = 1000, word: str | None = None
    ) -> Page[Database]:
        return self._databases.list(request.plan(plan), page, page_length, word)

    def database(self, plan: str, identifier: str) -> Database:
        return self._databases.info(request.plan(plan), identifier)

    def create_database(
        self, plan: str, password: str, *, external_access: bool = False
    ) -> Outcome[Database]:
        """As the contract (manual 7.17)."""
        parameters = _access(password, external_access)
        return Done(self._databases.create(request.plan(plan), parameters, lambda found: True))

    def update_database(
        self, plan: str, identifier: str, password: str, *, external_access: bool = False
    ) -> Outcome[Database]:
        """As the contract (manual 7.18)."""
        parameters = _access(password, external_access)
        return Done(self._databases.update(request.plan(plan), identifier, parameters))

    def delete_database(self, plan: str, identifier: str) -> Outcome[None]:
        """As the contract (manual 7.19)."""
        self._databases.delete(request.plan(plan), identifier)
        return Done(None)

    def subdomains(
        self, plan: str, *, page: int = 1, page_length: int = 1000, word: str | None = None
    ) -> Page[Subdomain]:
        return self._subdomains.list(request.plan(plan), page, page_length, word)

    def subdomain(self, plan: str, identifier: str) -> Subdomain:
        """As the contract (manual 7.21). The registrar shows the certificate in the list only."""
        return self._subdomains.info(request.plan(plan), identifier)

    def create_subdomain(
        self, plan: str, name: str, path: str, *, certificate: SubdomainCertificate | None = None
    ) -> Outcome[Subdomain]:
        """As the contract (manual 7.22); `name` is a full name."""
        domain = request.plan(plan)
        full = request.name_in(name, domain)
        parameters = {
            "name": full,
            "ftpPath": hosting_request.path(path),
            **hosting_request.certificate(certificate),
        }
        return Done(self._subdomains.create(domain, parameters, lambda found: found.name == full))

    def update_subdomain(
        self, plan: str, identifier: str, path: str, *, certificate: SubdomainCertificate | None = None
    ) -> Outcome[Subdomain]:
        """As the contract (manual 7.23)."""
        parameters = {"ftpPath": hosting_request.path(path), **hosting_request.certificate(certificate)}
        return Done(self._subdomains.update(request.plan(plan), identifier, parameters))

    def delete_subdomain(self, plan: str, identifier: str) -> Outcome[None]:
        """As the contract (manual 7.24)."""
        self._subdomains.delete(request.plan(plan), identifier)
        return Done(None)


def _access(password: str, external_access: bool) -> dict[str, str]:
    return {"password": request.password(password), "externalAccess": request.flag(external_access)}
