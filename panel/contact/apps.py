from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "panel.contact"

    def ready(self) -> None:
        """Make this app's kinds of operations known to the engine."""
        from panel.contact import operations, verification  # noqa: F401
