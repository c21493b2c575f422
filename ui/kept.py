"""What of a form is laid out once for everybody."""

from functools import partial
from hashlib import sha256

from crispy_forms.layout import LayoutObject
from django.core.cache import caches
from django.utils.translation import get_language

from ui.forms import field_names


class Kept(LayoutObject):
    """Questions that, while untouched, show nothing of a person: laid out once a minute in each process.

    ``depends_on`` is all that makes them look otherwise. What anybody typed, or
    what a form begins with, is laid out anew. The token, the address and the
    buttons of the form are no part of a layout.
    """

    def __init__(self, *fields, depends_on=""):
        self.fields, self.depends_on = list(fields), depends_on

    def render(self, form, context, template_pack="pr", **kwargs):
        lay_out = partial(self.get_rendered_fields, form, context, template_pack)
        names = list(field_names(self))
        if form.is_bound or any(form.initial.get(name) for name in names):
            return lay_out()
        kind = type(form)
        key = f"{kind.__module__} {kind.__qualname__} {form.prefix} {names} {get_language()} {self.depends_on}"
        return caches["process"].get_or_set(sha256(key.encode()).hexdigest(), lay_out)
