from django.apps import AppConfig


class AccountConfig(AppConfig):
    """Accounts at registrars. The label is not the name: allauth owns the label `account`."""

    name = "panel.account"
    label = "registrar_account"

    def ready(self) -> None:
        """Hand the engine its way to the registrars, and the web processes the watch over the clock."""
        from panel.account import alerts, gateway
        from panel.core import watch
        from panel.operation import registry

        registry.use_gateway(gateway.open_for_operation)
        watch.register(alerts.tell_silence)
