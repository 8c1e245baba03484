from django.apps import AppConfig


class HostingConfig(AppConfig):
    name = "panel.hosting"

    def ready(self) -> None:
        """Make this app's kinds of operations known to the others: their names, whom they are told, and where."""
        from panel.access import parts
        from panel.domain.history import further
        from panel.hosting import desk, history, operations, operations_plans, words  # noqa: F401
        from panel.operation.kind_words import name_kinds

        name_kinds(words.KINDS, words.failure)
        parts.KIND_PARTS.update(desk.KIND_PARTS)
        further.tell(history.SOURCE)
