from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "panel.operation"

    def ready(self) -> None:
        """Report the machine's health."""
        from panel.operation import health  # noqa: F401
