"""Module user (manual 9), known by name."""

from registrar.sandbox.mrdomain.unbuilt import actions

ACTIONS = actions(
    "user", "create list getinfo updatestatus updatepassword adddomain updatedomain deletedomain delete"
)
