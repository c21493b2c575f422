"""Statements that every page asks, written with the ORM and compiled once in each process.

To build and compile a statement takes Django one to three milliseconds, and
PostgreSQL about as long to plan it; the answer itself takes a tenth of that.
What is kept is SQL with places for values: who asks and when is bound to each
statement, as always. What is the same for everybody, a status say, is written
into it, so that the planner knows which partial index holds.
"""

from collections import defaultdict
from copy import copy
from types import SimpleNamespace

from django.db import connections, models
from django.db.backends.postgresql.base import ServerBindingCursor
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


# Who asks, while a statement is prepared; each then brings ``user=asker(user)``.
ASKER = SimpleNamespace(pk=Place("user"), is_active=True)


def asker(user):
    """Who may not sign in any more is nobody: no grant is theirs."""
    return user.pk if user.is_active else None


class IsAmong(Func):
    """A condition that a column holds one of some ids: one statement, however many they are."""

    output_field = models.BooleanField()
    template = "%(expressions)s = ANY(%%s::bigint[])"

    def __init__(self, column, ids):
        super().__init__(column)
        self.ids = ids if isinstance(ids, Place) else list(ids)

    def as_sql(self, compiler, connection):
        sql, params = super().as_sql(compiler, connection)
        return sql, [*params, self.ids]


class Cursor(ServerBindingCursor):
    """Values are bound by the server, which plans a statement once for each connection (PREPARE_STATEMENTS)."""

    def _send_query_prepared(self, name, pgq, **options):
        self._query = pgq  # Django's own list of queries asks, and psycopg tells the first time only
        super()._send_query_prepared(name, pgq, **options)


class Prepared:
    """A queryset with places for values; ``build`` makes it, when it is first asked for."""

    def __init__(self, build):
        self.build, self.kept = build, {}

    def exists_for(self, column, **values):
        """A condition on rows whose ``column`` is the outer row of this queryset."""
        return PreparedExists(column, self, values)

    def rows(self, using="default", **values):
        """The rows as tuples, as the database gives them."""
        _queryset, _compiler, sql, params = self._whole(using)
        with connections[using].cursor() as cursor:
            cursor.cursor = Cursor(cursor.connection)
            cursor.execute(sql, filled(params, values))
            return cursor.fetchall()

    def found(self, using="default", **values):
        """What the queryset gives: instances with those that ``select_related`` names, or dictionaries."""
        queryset, compiler, _sql, _params = self._whole(using)
        compiler, query = copy(compiler), copy(queryset.query)
        compiler.execute_sql = lambda *_args, **_options: [self.rows(using, **values)]
        query.get_compiler = lambda *_args, **_options: compiler
        asked = SimpleNamespace(db=using, query=query, model=queryset.model, _known_related_objects={})
        return list(queryset._iterable_class(asked))

    def first(self, using="default", **values):
        return next(iter(self.found(using, **values)), None)

    def exists_sql(self, using):
        """The text of an ``EXISTS``, and its parameters with places among them."""
        if (using, "exists") not in self.kept:
            query = self.build().query.exists()
            # Names of its own, so that no outer query that reads the same table takes the inner row for its own.
            query.change_aliases({alias: f"prepared_{alias}" for alias in query.alias_map})
            self.kept[using, "exists"] = written_in(*query.get_compiler(using).as_sql(), connections[using])
        return self.kept[using, "exists"]

    def _whole(self, using):
        if using not in self.kept:
            queryset = self.build()
            compiler = queryset.query.get_compiler(using)
            statement = written_in(*compiler.as_sql(), connections[using])
            converters = compiler.get_converters([column for column, *_words in compiler.select])
            compiler.get_converters = lambda _columns: converters
            self.kept[using] = queryset, compiler, *statement
        return self.kept[using]


class PreparedExists(Func):
    """``EXISTS`` of a prepared queryset."""

    output_field = models.BooleanField()

    def __init__(self, column, prepared, values):
        super().__init__(column)
        self.prepared, self.values = prepared, values

    def as_sql(self, compiler, connection):
        column, _params = compiler.compile(self.source_expressions[0])
        sql, params = self.prepared.exists_sql(connection.alias)
        return f"EXISTS({sql.replace(ROW, column)})", filled(params, self.values)


def keep_beside(owners, owner_of, name, rows):
    """Leave ``rows`` beside their ``owners``, by ``name``, as ``prefetch_related`` does; each row knows its owner."""
    of = defaultdict(list)
    for row in rows:
        of[getattr(row, f"{owner_of}_id")].append(row)
    for owner in owners:
        kept = getattr(owner, name).all()
        kept._result_cache, kept._prefetch_done = of[owner.pk], True
        for row in of[owner.pk]:
            setattr(row, owner_of, owner)
        owner._prefetched_objects_cache = getattr(owner, "_prefetched_objects_cache", {}) | {name: kept}


def aggregated(queryset, **aggregates):
    """What ``queryset.aggregate`` asks, as a queryset of one row to prepare."""
    queryset = queryset.order_by()
    for name, aggregate in aggregates.items():
        queryset.query.add_annotation(aggregate, name)
    queryset.query.default_cols = False
    queryset._iterable_class = models.query.ValuesIterable
    return queryset


def written_in(sql, params, connection):
    """The statement with its constants in its text, and the places that are left for values."""
    parts = sql.split("%s")
    texts = ["%s" if isinstance(param, Place) else _literal(param, connection) for param in params]
    text = "".join(part + word for part, word in zip(parts, [*texts, ""], strict=True))
    return text, tuple(param for param in params if isinstance(param, Place))


def _literal(value, connection):
    return connection.ops.compose_sql("%s", [value]).replace("%", "%%")


def filled(params, values):
    return tuple(values[param.name] if isinstance(param, Place) else param for param in params)
