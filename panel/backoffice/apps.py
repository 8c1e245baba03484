from django.apps import AppConfig


class BackOfficeConfig(AppConfig):
    name = "panel.backoffice"
