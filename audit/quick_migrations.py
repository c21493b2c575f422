"""Migrations that change no column of a model need not draw it anew.

After each trigger, constraint and index the state of a model is rendered
again, and with it every model it is related to. None of the three changes a
column. With some five hundred triggers and three hundred constraints, drawing
took longer than everything else a migration does.

A model that is new was drawn with all that it points to, and all that those
point to: nearly every model there is, once for each. Those stand drawn
already, and learn of it as they do when the product starts.
"""

from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger


def _with_trigger(self, app_label, state):
    options = state.models[app_label, self.model_name.lower()].options
    options["triggers"] = [*options.get("triggers", []), self.trigger]


def _without_trigger(self, app_label, state):
    options = state.models[app_label, self.model_name.lower()].options
    options["triggers"] = [trigger for trigger in options.get("triggers", []) if trigger.name != self.name]


def _append(self, app_label, model_name, option_name, obj):
    _set(self, app_label, model_name, option_name, [*_now(self, app_label, model_name, option_name), obj])


def _remove(self, app_label, model_name, option_name, obj_name):
    kept = [obj for obj in _now(self, app_label, model_name, option_name) if obj.name != obj_name]
    _set(self, app_label, model_name, option_name, kept)


def _now(state, app_label, model_name, option_name):
    return state.models[app_label, model_name].options[option_name]


def _set(state, app_label, model_name, option_name, objects):
    """In the state, and in the model that was drawn from it: nothing else knows of constraints and indexes."""
    state.models[app_label, model_name].options[option_name] = objects
    if "apps" in state.__dict__:
        setattr(state.apps.get_model(app_label, model_name)._meta, option_name, list(objects))


def _add_model(self, model_state):
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:
        self.resolve_model_relations(key)
    if "apps" in self.__dict__:
        self.apps.render_multiple([model_state])


def install():
    AddTrigger.state_forwards = _with_trigger
    RemoveTrigger.state_forwards = _without_trigger
    ProjectState.add_model = _add_model
    ProjectState._append_option = _append
    ProjectState._remove_option = _remove
