"""Saving a part of an assessment, as somebody does whose page shows what is stored now."""

from cases import assessing, operations
from cases.models import Assessment
from tests.factories.accounts import UserFactory


def shown(draft, slug):
    """What a page that is made now says that it shows."""
    return assessing.seen(assessing.held(draft, assessing.BY_SLUG[slug]))


def save(draft, slug, *, by=None, **values):
    draft = Assessment.objects.get(pk=draft.pk)
    return operations.save_part(draft, by=by or UserFactory(), part=slug, values=values, seen=shown(draft, slug))
