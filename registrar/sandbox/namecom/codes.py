"""Result codes of the manual's last table, and the exception that becomes a failing reply."""

from __future__ import annotations

CODES: dict[int, str] = {
    100: "Command Successful",
    203: "Required Parameter Missing",
    204: "Parameter Value Error",
    211: "Invalid Command URL",
    221: "Authorization Error",
    240: "Command Failed",
    250: "Unexpected Error (Exception)",
    251: "Authentication Error",
    260: "Insufficient Funds",
    261: "Unable to Authorize Funds",
}


class ApiError(Exception):
    """Ends a command with a documented code; `detail` is in title case and may be empty."""

    def __init__(self, code: int, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    @property
    def message(self) -> str:
        return message(self.code, self.detail)


def message(code: int, detail: str = "") -> str:
    """The text beside a code; one that the table does not list says so."""
    text = CODES.get(code, "Unlisted Code")
    return f"{text} - {detail}" if detail else text


def title(name: str) -> str:
    """A parameter's name as messages spell it: `domain_name` becomes `Domain Name`."""
    return " ".join(word.capitalize() for word in name.replace("/", "_").split("_"))


def missing(name: str) -> ApiError:
    """203: a parameter that was not sent."""
    return ApiError(203, title(name))


def invalid(name: str) -> ApiError:
    """204: a parameter whose value is not one of those allowed."""
    return ApiError(204, title(name))
