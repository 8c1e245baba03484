from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "panel.access"

    def ready(self) -> None:
        from panel.access import acting  # noqa: F401
