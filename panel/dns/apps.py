from django.apps import AppConfig


class DnsConfig(AppConfig):
    name = "panel.dns"

    def ready(self) -> None:
        """Make this app's kinds of operations known to the engine, and have what was changed looked for."""
        from panel.dns import operations, served  # noqa: F401
        from panel.operation import registry

        registry.on_settlement(served.follow)
