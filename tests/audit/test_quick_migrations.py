"""What changes no column of a model draws it not anew: constraints, indexes, and a new model that points to it."""

import pytest
from django.db import models
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    CreateModel,
    RemoveConstraint,
    RemoveIndex,
)
from django.db.migrations.state import ProjectState

FIELDS = [("id", models.AutoField(primary_key=True)), ("age", models.IntegerField())]
OF_AGE = models.CheckConstraint(condition=models.Q(age__gte=18), name="of_age")
BY_AGE = models.Index(fields=["age"], name="by_age")


@pytest.fixture
def state():
    state = ProjectState()
    CreateModel("Person", FIELDS).state_forwards("tests", state)
    CreateModel("Friend", [*FIELDS, ("of", models.ForeignKey("tests.Person", models.CASCADE))]).state_forwards(
        "tests", state
    )
    state.apps.get_model("tests", "Friend")  # drawn: from here on a change would draw it anew
    return state


def named(state, option):
    kept = [each.name for each in state.models["tests", "person"].options[option]]
    drawn = [each.name for each in getattr(state.apps.get_model("tests", "Person")._meta, option)]
    assert kept == drawn
    return kept


@pytest.mark.parametrize(
    ("option", "adding", "removing"),
    [
        ("constraints", AddConstraint("Person", OF_AGE), RemoveConstraint("Person", "of_age")),
        ("indexes", AddIndex("Person", BY_AGE), RemoveIndex("Person", "by_age")),
    ],
)
def test_it_is_there_and_is_gone_again_and_no_model_is_drawn_anew(state, option, adding, removing):
    before = [state.apps.get_model("tests", name) for name in ("Person", "Friend")]

    adding.state_forwards("tests", state)
    assert named(state, option) == [adding.constraint.name if option == "constraints" else adding.index.name]
    removing.state_forwards("tests", state)
    assert named(state, option) == []

    assert [state.apps.get_model("tests", name) for name in ("Person", "Friend")] == before


def test_a_state_that_nothing_was_drawn_from_is_changed_too():
    state = ProjectState()
    CreateModel("Person", FIELDS).state_forwards("tests", state)
    AddConstraint("Person", OF_AGE).state_forwards("tests", state)
    assert "apps" not in state.__dict__
    assert named(state, "constraints") == ["of_age"]


def test_a_new_model_is_drawn_alone_and_what_it_points_to_knows_of_it(state):
    person, friend = (state.apps.get_model("tests", name) for name in ("Person", "Friend"))
    pets = CreateModel("Pet", [*FIELDS, ("of", models.ForeignKey("tests.Person", models.CASCADE, related_name="pets"))])
    pets.state_forwards("tests", state)

    assert [state.apps.get_model("tests", name) for name in ("Person", "Friend")] == [person, friend]
    pet = state.apps.get_model("tests", "Pet")
    assert pet._meta.get_field("of").remote_field.model is person
    assert {relation.related_model for relation in person._meta.related_objects} == {friend, pet}
    assert "tests_pet" in str(person._default_manager.filter(pets__age=3).query)


def test_a_change_of_what_it_points_to_draws_them_all_anew(state):
    CreateModel("Pet", [*FIELDS, ("of", models.ForeignKey("tests.Person", models.CASCADE))]).state_forwards(
        "tests", state
    )
    pet = state.apps.get_model("tests", "Pet")
    AddField("Person", "height", models.IntegerField(default=0)).state_forwards("tests", state)
    assert state.apps.get_model("tests", "Pet") is not pet
    assert state.apps.get_model("tests", "Pet")._meta.get_field("of").remote_field.model is state.apps.get_model(
        "tests", "Person"
    )
