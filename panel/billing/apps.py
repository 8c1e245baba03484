from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "panel.billing"

    def ready(self) -> None:
        """Settle what operations reserved, in the transaction that ends them."""
        from panel.billing import ledger
        from panel.operation import registry

        registry.on_settlement(ledger.settle)
