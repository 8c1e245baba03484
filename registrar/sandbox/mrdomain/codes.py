"""Error codes of the manual's 10.1.1, and the exception that becomes an error reply."""

from __future__ import annotations

CODES: dict[int, str] = {
    0: "Success",
    1: "Undefined error",
    100: "Syntax error",
    101: "Syntax error: parameter fault",
    102: "Invalid object/action",
    103: "Not allowed object/action",
    104: "Not implemented object/action",
    105: "Syntax error: invalid parameter",
    200: "Login required",
    201: "Login invalid",
    210: "Session invalid",
    300: "Action not allowed",
    1000: "Account blocked",
    1001: "Account deleted",
    1002: "Account inactive",
    1003: "Account not exists",
    1004: "Account invalid pass",
    1005: "Account invalid pass",
    1006: "Account blocked",
    1007: "Account filtered",
    1009: "Account invalid pass",
    1010: "Account blocked",
    1011: "Account blocked",
    1012: "Account blocked",
    1013: "Account blocked",
    1014: "Account filtered",
    1030: "Account banned",
    1100: "Insufficient balance",
    2001: "Invalid domain name",
    2002: "TLD not supported",
    2003: "TLD in maintenance",
    2004: "Domain check error",
    2005: "Domain transfer not allowed",
    2006: "Domain Whois not allowed",
    2007: "Domain Whois error",
    2008: "Domain not found",
    2009: "Domain create error",
    2010: "Domain create error: taken",
    2011: "Domain create error: Domain premium",
    2012: "Domain transfer error",
    2100: "Domain renew error",
    2101: "Domain renew not allowed",
    2102: "Domain renew blocked",
    2200: "Domain update error",
    2201: "Domain update not allowed",
    2202: "Domain update blocked",
    2210: "Invalid operation due to the owner contact data verification status",
    3001: "Contact not exists",
    3002: "Contact data error",
    3003: "Invalid operation due to the contact data verification",
    3500: "User not exists",
    3501: "User create error",
    3502: "User update error",
    4001: "Service not found",
    4002: "Service entity not found",
    4003: "Maximum amount of entities error (FTP/Mails/etc.)",
    4004: "Failure to create the entity",
    4005: "Failure to update the entity",
    4006: "Failure to delete the entity",
    4007: "Failure to create the service",
    4008: "Failure to upgrade the service",
    4009: "Failure to renew the service",
    4010: "Failure to motify the parking system",
    5000: "SSL Error",
    5001: "SSL Not Found",
    10001: "WebConstructor Error",
}


class ApiError(Exception):
    """Ends a request with a documented code and at least one message."""

    def __init__(self, code: int, *messages: str) -> None:
        super().__init__(code, *messages)
        self.code = code
        self.messages = messages or (CODES.get(code, CODES[1]),)


def missing(*names: str) -> ApiError:
    """101: required parameters that were not sent."""
    return ApiError(101, *(f"Parameter '{name}' is required" for name in names))


def invalid(name: str, why: str = "") -> ApiError:
    """105: a parameter whose value is not one of those allowed."""
    return ApiError(105, f"Parameter '{name}' is invalid{': ' + why if why else ''}")
