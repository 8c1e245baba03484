from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Ground that every other app stands on."""

    name = "panel.core"
