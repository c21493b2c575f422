"""``{% translate %}`` for a sentence of the template's own: it is put together once, in each language."""

from django.template import Node
from django.templatetags import i18n
from django.utils.translation import get_language


def install():
    i18n.register.tags |= {"translate": translate, "trans": translate}


class Sentence(Node):
    """A sentence without a variable, the same each time in each language: a page says fifty of them."""

    child_nodelists = ()

    def __init__(self, node):
        self.node, self.said = node, {}

    def render(self, context):
        language = get_language()
        if language not in self.said:
            self.said[language] = self.node.render(context)
        return self.said[language]


def translate(parser, token):
    node = i18n.do_translate(parser, token)
    return Sentence(node) if _is_constant(node) else node


def _is_constant(node):
    sentence = node.filter_expression
    return not (node.asvar or node.message_context or sentence.filters) and sentence.var.literal is not None
