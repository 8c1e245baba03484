from django.apps import AppConfig


class HostingConfig(AppConfig):
    name = "panel.hosting"

    def ready(self) -> None:
        """Make this app's kinds of operations, what they are called and whom they are told known to the others."""
        from panel.access import parts
        from panel.hosting import desk, operations, operations_plans, words  # noqa: F401
        from panel.operation.kind_words import name_kinds

        name_kinds(words.KINDS, words.failure)
        parts.KIND_PARTS.update(desk.KIND_PARTS)
