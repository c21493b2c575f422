"""What was written stays written: triggers for rows that are neither changed nor deleted.

A refusal is an ``IntegrityError``, as a constraint's is: it names the rule and says it in a sentence.
"""

import pgtrigger


def refuse(name, sentence):
    return f"""RAISE EXCEPTION '"{name}": {sentence}'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = '{name}', TABLE = TG_TABLE_NAME;"""


def written_once(name, sentence, *, unless="FALSE", may_go=""):
    """Once written, a row is neither changed nor deleted nor swept away with the rest of its table.

    ``unless`` is SQL over OLD and NEW: a change that is no rewriting; ``may_go`` over OLD: what may be deleted.
    """
    goes = f"IF TG_OP = 'DELETE' AND ({may_go}) THEN RETURN OLD; END IF; " if may_go else ""
    return [
        pgtrigger.Trigger(
            name=name,
            operation=pgtrigger.Update | pgtrigger.Delete,
            when=pgtrigger.Before,
            func=f"{goes}IF TG_OP = 'UPDATE' AND ({unless}) THEN RETURN NEW; END IF; {refuse(name, sentence)}",
        ),
        pgtrigger.Trigger(
            name="no_truncate",
            level=pgtrigger.Statement,
            operation=pgtrigger.Truncate,
            when=pgtrigger.Before,
            func=refuse(name, sentence),
        ),
    ]


def same_but(*columns):
    """SQL: nothing else than ``columns`` differs; a column that is added one day is kept too."""
    named = ", ".join(f"'{column}'" for column in columns)
    return f"to_jsonb(NEW) - ARRAY[{named}] = to_jsonb(OLD) - ARRAY[{named}]"
