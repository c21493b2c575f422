"""Whatever is typed into the forms of a time of being missing is an answer or an error."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from cases.enums import MissingType, ReturnTalk
from cases.forms.missing import PARTS, ReportMissingForm, TalkForm
from cases.models import MissingEpisode

DAYS = [f"{name}_on_{part}" for name in ("from", "told_us", "police_told", "until", "talk") for part in ("day", "year")]
TIMES = [f"{name}_time" for name in ("from", "told_us", "police_told", "until")]
NAMES = [*DAYS, *TIMES, "from_on_month", "until_on_month", "kind", "police_told", "told_us_by", "talk", "seen", "harm"]
NAMES += ["police_reference", "found_how", "talk_by", "talk_outcome", "last_seen", "own_words"]
TYPED = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["0", "31", "2026", "25:00", "midnight", "\x00", "\ud800", "ŵ", "yes", "no", "-1", "9" * 30]),
    st.sampled_from([*MissingType.values, *ReturnTalk.values]),
)


@given(typed=st.dictionaries(st.sampled_from(NAMES), TYPED, max_size=10), is_over=st.booleans())
def test_whatever_is_typed_is_an_answer_or_an_error(typed, is_over):
    at = datetime(2026, 11, 1, 12, tzinfo=UTC)
    episode = MissingEpisode(from_at=at, told_us_at=at, at=at, until_at=datetime.now(UTC) if is_over else None)
    forms = [form(typed, episode=episode) for form in (*PARTS.values(), TalkForm)]
    for form in (ReportMissingForm(typed), *forms):
        if form.is_valid():
            assert set(form.told)
        else:
            assert form.errors
        assert form.as_p()
