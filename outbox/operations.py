"""Owing a letter. Nothing here sends one."""

from outbox.models import Message


def owe(template, *, key, to, language, reference="", path="", due_on=None, counts=None):
    """Owe one e-mail, in the caller's transaction; a second with the same ``key`` changes nothing.

    ``path`` is an address on our site without the host. Raises ``ValueError``
    when a count is not a whole number: a letter holds no other free value.
    """
    return owe_each(
        template, recipients={key: to}, language=language, reference=reference, path=path,
        due_on=due_on, counts=counts,
    )  # fmt: skip


def owe_each(template, *, recipients, language, reference="", path="", due_on=None, counts=None):
    """Owe the same letter to several people, in one statement. ``recipients`` maps key to address."""
    counts = counts or {}
    if not all(isinstance(count, int) for count in counts.values()):
        raise ValueError("counts are whole numbers")
    Message.objects.bulk_create(
        [
            Message(
                template=template, key=key, to=to, language=language, reference=reference, path=path,
                due_on=due_on, counts=counts,
            )
            for key, to in recipients.items()
        ],
        ignore_conflicts=True,
    )  # fmt: skip
