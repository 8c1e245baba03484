from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Ground that every other app stands on."""

    name = "panel.core"

    def ready(self) -> None:
        from panel.core import checks  # noqa: F401 - registers them
