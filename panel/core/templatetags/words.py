"""`{% translate %}` as Django has it, for words that stand in the template: found once for a language.

A page has some fifty of them, and each would be resolved, looked up and escaped anew: a twentieth of its time.
"""

from __future__ import annotations

from django.template import Context, Library, Node
from django.template.base import Parser, Token
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.translation import get_language

register = Library()


class Words(Node):
    """Words that are the same each time, in each language."""

    def __init__(self, translated: TranslateNode) -> None:
        self.asvar, translated.asvar = translated.asvar, None
        self.translated = translated
        self.known: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """The words, or nothing where they are to be kept as a variable."""
        language = get_language()
        words = self.known.get(language)
        if words is None:
            words = self.known[language] = self.translated.render(context)
        if not self.asvar:
            return words
        context[self.asvar] = words
        return ""


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """`{% translate "Renew" %}`, with all that Django's tag of that name can do."""
    found = do_translate(parser, token)
    expression = found.filter_expression
    stands_there = expression.var.literal is not None and not expression.filters
    return Words(found) if stands_there and not found.noop and found.message_context is None else found
