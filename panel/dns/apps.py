from django.apps import AppConfig


class DnsConfig(AppConfig):
    name = "panel.dns"

    def ready(self) -> None:
        """Make this app's kinds of operations known to the engine."""
        from panel.dns import operations  # noqa: F401
