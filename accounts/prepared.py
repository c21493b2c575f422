"""Conditions that every page asks, written with the ORM and compiled once in each process.

To build and compile one subquery takes Django about a millisecond, PostgreSQL
a tenth of that to answer it; and a page asks the same ones, with other
values, several times. What is kept is SQL with places for values: who asks
and when is bound to each statement, as always.
"""

from django.db import connections, models
from django.db.models import Expression, Func

ROW = "<row>"  # stands in the kept SQL for the column of the outer row


class Place(Expression):
    """A value that each statement brings: ``filter(user=Place("user"))``."""

    def __init__(self, name):
        super().__init__()
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [self]


class OuterRow(Expression):
    """The column of the outer row, as ``OuterRef`` says it in a subquery of its own."""

    def as_sql(self, compiler, connection):
        return ROW, []


class Prepared:
    """A queryset with places for values; ``build`` makes it, when it is first asked for."""

    def __init__(self, build):
        self.build, self.kept = build, {}

    def exists_for(self, column, **values):
        """A condition on rows whose ``column`` is the outer row of this queryset."""
        return PreparedExists(column, self, values)

    def rows(self, using="default", **values):
        """The rows as tuples, as the database gives them."""
        sql, params = self.sql(using)
        with connections[using].cursor() as cursor:
            cursor.execute(sql, filled(params, values))
            return cursor.fetchall()

    def sql(self, using, *, exists=False):
        """The statement, and its parameters with places among them."""
        if (using, exists) not in self.kept:
            query = self.build().query
            query = query.exists() if exists else query.clone()
            # Names of its own, so that no outer query that reads the same table takes the inner row for its own.
            query.change_aliases({alias: f"prepared_{alias}" for alias in query.alias_map})
            self.kept[using, exists] = query.get_compiler(using).as_sql()
        return self.kept[using, exists]


class PreparedExists(Func):
    """``EXISTS`` of a prepared queryset."""

    output_field = models.BooleanField()

    def __init__(self, column, prepared, values):
        super().__init__(column)
        self.prepared, self.values = prepared, values

    def as_sql(self, compiler, connection):
        column, _params = compiler.compile(self.source_expressions[0])
        sql, params = self.prepared.sql(connection.alias, exists=True)
        return f"EXISTS({sql.replace(ROW, column)})", filled(params, self.values)


def filled(params, values):
    return tuple(values[param.name] if isinstance(param, Place) else param for param in params)
