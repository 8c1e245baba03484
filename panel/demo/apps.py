from django.apps import AppConfig


class DemoConfig(AppConfig):
    """A believable demo on a development machine; not installed anywhere else."""

    name = "panel.demo"
