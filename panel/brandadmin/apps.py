from django.apps import AppConfig


class BrandAdminConfig(AppConfig):
    name = "panel.brandadmin"
