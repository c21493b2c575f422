"""docs/states.md has every table of moves there is, as it is."""

import pytest
from django.core.management import CommandError, call_command

from cases.enums import CARER_ONLY_MOVES
from protect_respect.management.commands import print_states
from sessions.carer_enums import STRAND_MOVES
from sessions.enums import SESSION_MOVES


def test_the_tables_of_sessions_of_strands_and_of_a_carer_alone_are_among_them():
    tables = [moves for _title, moves in print_states.tables()]
    assert all(moves in tables for moves in (SESSION_MOVES, STRAND_MOVES, CARER_ONLY_MOVES))
    assert len({title for title, _moves in print_states.tables()}) == len(tables)


def test_the_document_is_not_stale_and_one_that_is_is_said_to_be(tmp_path, settings):
    call_command("print_states", check=True)
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="stale"):
        call_command("print_states", check=True)
