"""Module ssl (manual 8), known by name."""

from registrar.sandbox.mrdomain.unbuilt import actions

ACTIONS = actions(
    "ssl",
    """
    csrdecode csrcreate productlist productgetinfo list getinfo create renew reissue multidomainaddsan
    getvalidationemails changevalidationmethod resendvalidationmail
    """,
)
