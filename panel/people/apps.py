from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "panel.people"

    def ready(self) -> None:
        from panel.core.rotation import register
        from panel.people.secrets import rotate_authenticators

        register("second factors", rotate_authenticators)
