"""Fault codes and messages, in English and French.

Netim publishes no list. The codes of KNOWN were seen in replies or in Netim's own clients. Every code that had to be
invented is in INVENTED and in the range E90-M90xx, which no real code is known to use. French texts are ours, but for
their meaning; so are all English ones but that of E01-M0101.
"""

from __future__ import annotations

KNOWN: dict[str, tuple[str, str]] = {
    "E01-M0101": (
        "Unable to connect - Bad login / password combinaison",
        "Connexion impossible - Mauvaise combinaison identifiant / mot de passe",
    ),
    "E02": ("Invalid or expired session", "Session invalide ou expirée"),
    "E13": ("Invalid value", "Valeur invalide"),
    "E13-M1305": ("Invalid domain name syntax", "Syntaxe du nom de domaine invalide"),
    "E15-M1502": (
        "This domain name is not under your management",
        "Ce nom de domaine n'est pas sous votre gestion",
    ),
}
SESSIONS, EXISTS, IN_USE, BALANCE, STATE = (f"E90-M900{n}" for n in range(1, 6))
RATE, CLOSED, WINDOW, NOT_CANCELLABLE = (f"E90-M900{n}" for n in range(6, 10))
DNS_SERVICE, IDENTITY, INTERNAL = (f"E90-M901{n}" for n in range(3))
INVENTED: dict[str, tuple[str, str]] = {
    SESSIONS: ("Maximum number of sessions reached", "Nombre maximum de sessions atteint"),
    EXISTS: ("This object already exists in your account", "Cet objet existe déjà dans votre compte"),
    IN_USE: ("This object is in use", "Cet objet est utilisé"),
    BALANCE: ("Insufficient balance", "Solde insuffisant"),
    STATE: ("Operation impossible in the current status", "Opération impossible dans l'état actuel"),
    RATE: ("Too many requests", "Trop de requêtes"),
    CLOSED: ("Operation not available for this extension", "Opération indisponible pour cette extension"),
    WINDOW: ("Operation outside its period", "Opération hors de sa période"),
    NOT_CANCELLABLE: ("This operation cannot be cancelled", "Cette opération ne peut pas être annulée"),
    DNS_SERVICE: (
        "Operation not possible with the name servers in use",
        "Opération impossible avec les serveurs de noms utilisés",
    ),
    IDENTITY: (
        "The identity of a holder cannot be changed by an update",
        "L'identité d'un titulaire ne peut pas être modifiée par une mise à jour",
    ),
    INTERNAL: ("Internal error", "Erreur interne"),
}
CODES = KNOWN | INVENTED
# Reasons after the field of an E13, and reasons of operations that end as Failed.
TEXTS: dict[str, tuple[str, str]] = {
    "missing": ("Missing value", "Valeur manquante"),
    "invalid": ("Invalid value", "Valeur invalide"),
    "unknown": ("Unknown", "Inconnu"),
    "too long": ("Value too long", "Valeur trop longue"),
    "owner": ("Must be an owner contact", "Doit être un contact titulaire"),
    "not owner": ("Must not be an owner contact", "Ne doit pas être un contact titulaire"),
    "taken": ("The domain name is not available", "Le nom de domaine n'est pas disponible"),
    "registry": ("Refused by the registry", "Refusé par le registre"),
    "dns test": ("The DNS test failed", "Le test DNS a échoué"),
    "no glue": ("Name server unknown to the registry", "Serveur de noms inconnu du registre"),
    "not registered": ("The domain name is not registered", "Le nom de domaine n'est pas enregistré"),
    "locked": ("The domain name is locked", "Le nom de domaine est verrouillé"),
    "wrong code": ("Wrong authorization code", "Code d'autorisation erroné"),
    "elsewhere": (
        "The domain name is not in another Netim account",
        "Le nom de domaine n'est pas dans un autre compte Netim",
    ),
    "too far": ("More than ten years ahead", "Plus de dix ans à l'avance"),
    "gone": ("The object does not exist any more", "L'objet n'existe plus"),
    "linked": ("Used by domain names", "Utilisé par des noms de domaine"),
    "conflict": ("Conflict with another record", "Conflit avec un autre enregistrement"),
    "balance": ("Insufficient balance", "Solde insuffisant"),
}


class NetimFault(Exception):
    """A SOAP fault with a code of the tables above; `field` and `reason` complete an E13."""

    def __init__(self, code: str, field: str = "", reason: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.reason = reason

    def text(self, language: str) -> str:
        """The faultstring: code, space, colon, space, text; for a field `E13 : Province : Invalid value`."""
        if self.field:
            return f"{self.code} : {self.field} : {said(self.reason or 'invalid', language)}"
        return f"{self.code} : {_chosen(CODES.get(self.code, CODES[INTERNAL]), language)}"


class Refused(Exception):
    """Why an operation ends as Failed: a key of TEXTS."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def said(key: str, language: str) -> str:
    """A text by its key; a text that is no key is said as it is."""
    return _chosen(TEXTS[key], language) if key in TEXTS else key


def _chosen(pair: tuple[str, str], language: str) -> str:
    return pair[1 if language == "FR" else 0]


def bad(field: str, reason: str = "invalid") -> NetimFault:
    """E13: the value of a parameter or member is not accepted."""
    return NetimFault("E13", field, reason)
