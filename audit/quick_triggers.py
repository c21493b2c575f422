"""A registry of triggers that does not go through all of them for each that is added.

pgtrigger asks of every new trigger whether its name is taken, and puts the
names of all others together anew to find out. With some six hundred triggers
that was more than half of the time the product takes to start.
"""

from pgtrigger import registry


def install():
    """Keep beside the registry what it asks of itself. Its own checks stay, and so does what it answers."""
    kept = registry._registry
    tables, names = kept.by_db_table, kept.pg_function_names
    add, remove = type(kept).__setitem__, type(kept).__delitem__

    def set_one(self, uri, value):
        add(self, uri, value)
        model, trigger = value
        tables[model._meta.db_table, trigger.name] = trigger
        names.add(trigger.get_pgid(model))

    def delete_one(self, uri):
        model, trigger = self[uri]
        remove(self, uri)
        tables.pop((model._meta.db_table, trigger.name), None)
        names.discard(trigger.get_pgid(model))

    type(kept).by_db_table = property(lambda self: tables)
    type(kept).pg_function_names = property(lambda self: names)
    type(kept).__setitem__, type(kept).__delitem__ = set_one, delete_one
