from django.apps import AppConfig


class AccountConfig(AppConfig):
    """Accounts at registrars. The label is not the name: allauth owns the label `account`."""

    name = "panel.account"
    label = "registrar_account"

    def ready(self) -> None:
        """Hand the engine its way to the registrars."""
        from panel.account import gateway
        from panel.operation import registry

        registry.use_gateway(gateway.open_for_operation)
