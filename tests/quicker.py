"""What ten thousand tests need not wait for: each of these costs little once, and none of it is asked for."""

from copy import copy

from django.template.context import RequestContext
from django.test import client
from django.test.utils import ContextList
from factory.builder import Resolver


def keep_what_a_page_was_given(store, signal, sender, template, context, **kwargs):
    """``response.context``: what each page was given, and not what each of its includes and widgets was given too.

    Django copies the whole context for every template that is rendered: a page of ours has a hundred.
    """
    store.setdefault("templates", []).append(template)
    kept = store.setdefault("contexts of pages", [])
    if isinstance(context, RequestContext) and not any(context is one for one in kept):
        kept.append(context)
        store.setdefault("context", ContextList()).append(copy(context))


def attribute_of(self, name):
    """For each trait that is not asked for factory-boy words an error with all it knows, and forgets it again."""
    if name not in self._Resolver__declarations and name not in self._Resolver__values:
        raise AttributeError(f"No declaration is called {name}.")
    return ATTRIBUTE_OF(self, name)


ATTRIBUTE_OF = Resolver.__getattr__


def install():
    client.store_rendered_templates = keep_what_a_page_was_given
    Resolver.__getattr__ = attribute_of
