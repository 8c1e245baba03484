from django.apps import AppConfig


class DomainConfig(AppConfig):
    name = "panel.domain"

    def ready(self) -> None:
        """Make this app's kinds of operations known to the engine."""
        from panel.domain import operations, search_tasks  # noqa: F401
