"""One version of an assessment as its pages read it, with everything that is said in it and was said of it afterwards.

Prepared once (``accounts.prepared``): its eight kinds of rows are a statement each.
"""

from accounts.prepared import Place, Prepared, keep_beside
from cases.comparing import CARRIED_ON
from cases.models import Assessment

SAID_AFTERWARDS = ("addenda", "reflective_comments")


def version(case, number):
    """The version with this number, or nothing."""
    assessment = VERSION.first(case=case.pk, version=number)
    if assessment is None:
        return None
    assessment.case = case
    for name, rows in ROWS.items():
        keep_beside([assessment], "assessment", name, rows.found(assessment=assessment.pk))
    return assessment


def _rows(name, *people):
    rows = Assessment._meta.get_field(name).related_model.objects.all()
    if people:  # without a name ``select_related`` follows every key there is
        rows = rows.select_related(*people)
    return Prepared(lambda: rows.filter(assessment=Place("assessment")))


VERSION = Prepared(lambda: Assessment.objects.for_list().filter(case=Place("case"), version=Place("version")))
ROWS = {name: _rows(name) for name in (*CARRIED_ON, "marks")} | {name: _rows(name, "by") for name in SAID_AFTERWARDS}
