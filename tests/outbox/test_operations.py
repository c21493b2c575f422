"""Owing a letter: once, from an allow-list, in the act's own transaction."""

import pytest
from django.db import IntegrityError, transaction

from outbox.models import Message
from outbox.operations import owe, owe_each
from tests.traces import leaves_no_trace, writes

pytestmark = pytest.mark.django_db

LETTER = {"to": "alex@school.example", "language": "en-gb"}


def test_a_letter_is_owed_once_whatever_happens_again():
    with writes(Message=1):
        owe("referral-received", key="received:1", **LETTER, reference="PR-7K4M-2Q", path="/refer/", counts={"a": 2})
    with leaves_no_trace():
        owe("referral-received", key="received:1", **LETTER)

    message = Message.objects.get()
    assert (message.template, message.to, message.reference, message.path, message.counts) == (
        "referral-received",
        "alex@school.example",
        "PR-7K4M-2Q",
        "/refer/",
        {"a": 2},
    )
    assert (message.sent_at, message.tries, message.address_blanked_at) == (None, 0, None)
    assert list(Message.objects.owed()) == [message]


def test_the_same_letter_to_several_people_takes_one_statement(django_assert_num_queries):
    people = {f"danger:1:{n}": f"worker.{n}@service.example" for n in range(5)}

    with django_assert_num_queries(1):
        owe_each("danger", recipients=people, language="en-gb")

    assert dict(Message.objects.values_list("key", "to")) == people


def test_a_message_has_no_room_for_a_name_or_a_sentence():
    """The allow-list: a column more is a way for a child's detail to leave the building."""
    assert {field.name for field in Message._meta.fields} == {
        "id", "key", "template", "language", "to", "reference", "path", "due_on", "counts",
        "created_at", "try_after", "tries", "failure", "sent_at", "address_blanked_at",
    }  # fmt: skip


@pytest.mark.parametrize("count", ["Sam Example", 1.5, None, ["Sam"]])
def test_counts_are_whole_numbers(count):
    with leaves_no_trace(), pytest.raises(ValueError, match="whole numbers"):
        owe("digest", key="digest:1", **LETTER, counts={"overdue": count})


def test_a_letter_to_nobody_is_refused():
    with pytest.raises(IntegrityError, match="message_has_an_address_until_it_is_blanked"), transaction.atomic():
        owe("digest", key="digest:1", to="", language="en-gb")
