"""Who acted and by which route stands in pghistory's own table, whose model is not ours: a trigger in plain SQL.

The row is written again by each statement of its request, which may learn more
of it (the user, the route): it may gain facts, and neither change nor lose one.
"""

from django.db import migrations

KEEP = """
CREATE FUNCTION keep_history_context() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.id = OLD.id AND NEW.created_at = OLD.created_at AND NEW.metadata @> OLD.metadata THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the context of history is append-only';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON pghistory_context
    FOR EACH ROW EXECUTE FUNCTION keep_history_context();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON pghistory_context
    FOR EACH STATEMENT EXECUTE FUNCTION keep_history_context();
"""
FORGET = """
DROP TRIGGER append_only ON pghistory_context;
DROP TRIGGER no_truncate ON pghistory_context;
DROP FUNCTION keep_history_context();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [migrations.RunSQL(KEEP, FORGET)]
