from django.apps import AppConfig


class DomainConfig(AppConfig):
    name = "panel.domain"

    def ready(self) -> None:
        """Make this app's kinds of operations known to the engine."""
        from panel.domain import (  # noqa: F401
            operations,
            operations_code,
            operations_contacts,
            operations_dnssec,
            operations_end,
            operations_glue,
            operations_privacy,
            operations_read,
            operations_release,
            operations_renew,
            operations_settings,
            operations_transfer,
            operations_transfer_cancel,
            operations_transfer_restart,
            operations_verification,
            search_tasks,
        )
        from panel.domain.departure import noting
        from panel.domain.history import reading  # noqa: F401
        from panel.domain.renewal import new_names
        from panel.domain.transfer import arrivals
        from panel.operation import registry

        registry.on_settlement(new_names.follow)
        registry.on_settlement(arrivals.settle_in)
        registry.on_settlement(noting.follow)
