from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "panel.sharing"

    def ready(self) -> None:
        """Make this app's kinds of operations, and what they are called, known to the engine."""
        from panel.operation.kind_words import name_kinds
        from panel.sharing import operations, words  # noqa: F401

        name_kinds(words.KINDS)
