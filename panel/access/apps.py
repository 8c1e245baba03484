from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "panel.access"

    def ready(self) -> None:
        from panel.access import acting  # noqa: F401
        from panel.access.granting import accepted
        from panel.access.grants import enters_as_delegate
        from panel.people.invitations import on_acceptance
        from panel.people.queries import also_enters

        also_enters(enters_as_delegate)
        on_acceptance(accepted)
