import html5lib
import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from ui.forms import Button, DatePartsField, Include, PrForm, Reveal, Section, Together, form_helper

YES_NO = [("yes", "Yes"), ("no", "No"), ("unsure", "Not sure")]


class Form(PrForm):
    name = forms.CharField(label="Name", max_length=20, help_text="As they like it.")
    notes = forms.CharField(label="Notes", max_length=50, widget=forms.Textarea, required=False)
    agreed = forms.ChoiceField(label="Agreed?", choices=YES_NO, widget=forms.RadioSelect)
    agreed_on = DatePartsField(label="When?", past=True)
    why_not = forms.CharField(label="Why not?")
    asked = forms.ChoiceField(label="Asked?", choices=YES_NO, widget=forms.RadioSelect)
    asked_by = forms.CharField(label="By whom?")
    email = forms.EmailField(label="E-mail", required=False)
    sure = forms.BooleanField(label="I am sure", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper(
            Section("First", "name", "notes", "email", intro="Why we ask."),
            Section(
                "Second",
                "agreed",
                Reveal("agreed_on", when="agreed=yes"),
                Reveal(
                    Include("ui/_panel_danger.html", level=3),
                    "why_not",
                    "asked",
                    Reveal("asked_by", when="asked=yes"),
                    when="agreed=no|unsure",
                ),
                "sure",
            ),
            extra_buttons=[("later", "Come back later"), Button("Delete", "delete", "danger")],
        )
        self.helper.disable_csrf = True


SAID_YES = {"name": "Siân", "agreed": "yes", "agreed_on_day": "1", "agreed_on_month": "5", "agreed_on_year": "2020"}


def page(form):
    return html5lib.parse(render_crispy_form(form), namespaceHTMLElements=False)


def by_id(tree, name):
    (found,) = [element for element in tree.iter() if element.get("id") == name]
    return found


def test_every_label_error_and_hint_belongs_to_its_control():
    form = Form({"agreed": "yes"})
    tree = page(form)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in tree.iter():
        for target in [element.get("for"), *(element.get("aria-describedby") or "").split()]:
            assert target is None or target in ids
    assert by_id(tree, "id_name").get("aria-describedby") == "id_name_helptext id_name_error"
    assert by_id(tree, "id_name").get("aria-invalid") == "true"


def test_hint_and_error_stand_before_the_control():
    markup = render_crispy_form(Form({}))
    assert (
        markup.index('for="id_name"')
        < markup.index('id="id_name_helptext"')
        < markup.index('id="id_name_error"')
        < markup.index('id="id_name"')
    )


def test_radio_buttons_are_a_group_with_a_legend():
    tree = page(Form())
    groups = [element for element in tree.iter("fieldset") if element.find("legend").text.strip() == "Agreed?"]
    assert len(groups) == 1
    assert len([box for box in groups[0].iter("input") if box.get("type") == "radio"]) == 3


def test_the_browsers_own_checks_are_off():
    markup = render_crispy_form(Form())
    assert "novalidate" in markup
    assert " required" not in markup


def test_optional_questions_say_so_and_others_have_no_star():
    markup = render_crispy_form(Form())
    assert markup.count("(optional)") == 2  # notes and e-mail; a lone tick box says it by itself
    assert "*" not in markup


def test_buttons_come_in_order_and_carry_their_names():
    buttons = list(page(Form()).iter("button"))
    assert ["".join(button.itertext()) for button in buttons] == ["Save and continue", "Come back later", "Delete"]
    assert [button.get("name") for button in buttons] == [None, "later", "delete"]


def test_a_reveal_names_the_answer_it_waits_for_and_stands_outside_the_group():
    tree = page(Form(prefix="first"))
    reveals = [element for element in tree.iter("div") if element.get("data-when")]
    assert [reveal.get("data-when") for reveal in reveals] == [
        "first-agreed=yes",
        "first-agreed=no|unsure",
        "first-asked=yes",
    ]
    assert not [inner for group in tree.iter("fieldset") for inner in group.iter() if inner.get("data-when")]


def test_answers_of_several_people_stand_together_under_their_question():
    class Marks(PrForm):
        theirs, mine = forms.IntegerField(label="The young person"), forms.IntegerField(label="You")

    form = Marks({"mine": "x"})
    form.helper = form_helper(Together("How hopeful?", "theirs", "mine"))
    form.helper.disable_csrf = True
    (group,) = page(form).iter("fieldset")
    assert "".join(next(group.iter("legend")).itertext()) == "How hopeful?"
    assert [box.get("name") for box in group.iter("input")] == ["theirs", "mine"]
    assert [box.get("aria-invalid") for box in group.iter("input")] == ["true", "true"]


def test_what_was_not_asked_is_neither_required_nor_kept():
    form = Form(SAID_YES | {"why_not": "typed, then thought better", "asked": "yes", "asked_by": "somebody"})
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["why_not"], form.cleaned_data["asked"], form.cleaned_data["asked_by"]) == ("", "", "")
    assert form.cleaned_data["agreed_on"].year == 2020


def test_what_was_asked_is_required():
    form = Form({"name": "Siân", "agreed": "no", "asked": "yes"})
    assert set(form.errors) == {"why_not", "asked_by"}


def test_a_question_below_a_hidden_question_is_hidden_too():
    form = Form(SAID_YES | {"asked": "yes"})
    assert "asked_by" not in form.errors


def test_rules_can_be_given_without_a_layout():
    class Plain(PrForm):
        danger = forms.ChoiceField(choices=YES_NO)
        several = forms.MultipleChoiceField(choices=YES_NO)
        sure = forms.BooleanField()

        def clean(self):
            self.clear_hidden({"several": "danger=yes", "sure": "danger=yes"})

    form = Plain({"danger": "no", "several": ["yes"], "sure": "on"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["several"] == []
    assert form.cleaned_data["sure"] is False


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\u202eSiân", "Siân"),
        ("two\r\nlines", "two lines"),
        ("O'Brien", "O'Brien"),
        ("Null", "Null"),
        ("Gwŷdd ŵ", "Gwŷdd ŵ"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
    ],
)
def test_one_line_is_one_line_and_reads_in_one_direction(typed, kept):
    form = Form(SAID_YES | {"name": typed})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == kept


def test_a_name_of_nothing_but_marks_is_no_name():
    assert "Answer this question: Name" in Form(SAID_YES | {"name": "\u202e\u2066"}).errors["name"]


NOTHING = "\u00a0\u00ad\u200b\u200c\u200d\u2060\u2007\u202e\u2800\u3000\u3164\ufe0f\ufeff \t\r\n"


class Note(PrForm):
    line = forms.CharField(max_length=20)
    text = forms.CharField(max_length=20, widget=forms.Textarea)


@given(st.text(alphabet=NOTHING))
def test_a_text_in_which_nobody_sees_anything_is_no_answer(nothing):
    assert set(Note({"line": nothing, "text": nothing}).errors) == {"line", "text"}


@given(st.text(alphabet=NOTHING, max_size=9), st.sampled_from("aŵ1.؟你👧"), st.text(alphabet=NOTHING, max_size=9))
def test_a_text_with_anything_to_see_is_kept_whatever_stands_around_it(before, seen, after):
    form = Note({"line": seen, "text": before + seen + after})
    assert form.is_valid(), form.errors
    assert seen in form.cleaned_data["text"]


def test_notes_keep_their_lines_and_their_marks():
    form = Form(SAID_YES | {"notes": "one\r\ntwo \u202e"})
    assert form.is_valid()
    assert form.cleaned_data["notes"] == "one\ntwo \u202e".strip()


@pytest.mark.parametrize("bad", ["a\x00b", "a\ud800b"])
@pytest.mark.parametrize("field", ["name", "notes"])
def test_what_cannot_be_stored_is_refused_in_words(bad, field):
    errors = Form(SAID_YES | {field: bad}).errors
    assert "cannot store" in errors[field][0]


def test_too_long_is_an_error_to_read_and_not_a_text_cut_short():
    form = Form(SAID_YES | {"name": "x" * 25, "notes": "y" * 50})
    assert form.errors["name"] == ["Use 20 characters or fewer. There are 25 now."]
    assert " maxlength" not in render_crispy_form(form)


def test_new_lines_count_once():
    assert Form(SAID_YES | {"notes": "\r\n".join("x" * 25)}).is_valid()


def test_a_long_answer_says_how_much_fits():
    assert "You can write up to 50 characters." in render_crispy_form(Form())


def test_our_sentences_never_replace_an_authors():
    class Careful(PrForm):
        name = forms.CharField(error_messages={"required": "Tell us a name."})
        email = forms.EmailField(error_messages={"invalid": "That is no e-mail address."})

    assert Careful({"email": "x"}).errors == {"name": ["Tell us a name."], "email": ["That is no e-mail address."]}


def test_our_sentences_replace_djangos():
    class Bare(PrForm):
        email = forms.EmailField()
        choice = forms.ChoiceField(choices=YES_NO)
        sure = forms.BooleanField(label="I am sure")

    errors = Bare({"email": "x", "choice": "<b>"}).errors
    assert errors["email"] == ["Write an e-mail address like name@example.org."]
    assert errors["choice"] == ["Choose one of the answers that are offered."]
    assert errors["sure"] == ["Tick the box: I am sure"]


def test_cleaning_belongs_to_one_form_and_leaves_the_class_alone():
    Form({}).is_valid()
    assert "is_prepared" not in vars(Form.base_fields["name"])
    assert Form.base_fields["name"].error_messages["required"] == "This field is required."


def test_the_error_summary_links_to_the_first_control():
    form = Form({"agreed_on_day": "1", "agreed": "yes"})
    form.add_error(None, "The two do not agree.")
    summary = html5lib.parse(render_to_string("ui/_error_summary.html", {"form": form}), namespaceHTMLElements=False)
    box = by_id(summary, "error-summary")
    assert (box.get("role"), box.get("tabindex")) == ("alert", "-1")
    links = [link.get("href") for link in box.iter("a")]
    assert links == ["#id_name", "#id_agreed_on_1"]
    controls = {element.get("id") for element in page(form).iter()}
    assert {link[1:] for link in links} <= controls
    assert "The two do not agree." in "".join(box.itertext())


def test_the_summary_leads_to_the_first_radio_button():
    summary = render_to_string("ui/_error_summary.html", {"form": Form({"name": "x"})})
    assert 'href="#id_agreed_0"' in summary


@given(st.data())
def test_no_answer_breaks_a_form(data):
    text = st.text(max_size=40)
    names = ["name", "notes", "agreed", "agreed_on_day", "agreed_on_month", "agreed_on_year", "why_not", "email"]
    form = Form(data.draw(st.dictionaries(st.sampled_from(names), text)))
    form.is_valid()
    assert render_crispy_form(form)


def test_a_form_that_is_not_ours_is_rendered_the_same_way():
    class Foreign(forms.Form):
        login = forms.CharField(label="E-mail", help_text="Your work address.")
        remember = forms.BooleanField(label="Remember", required=False)

    template = Template("{% load crispy_forms_tags %}{{ form|crispy }}{{ form|as_crispy_errors }}")
    markup = template.render(Context({"form": Foreign({})}))
    assert 'id="id_login_helptext"' in markup
    assert 'href="#id_login"' in markup


def test_filters_do_not_call_themselves_optional():
    form = Form()
    form.helper.hide_optional = True
    assert "(optional)" not in render_crispy_form(form)


def test_a_set_of_forms_is_rendered_in_one():
    class One(PrForm):
        name = forms.CharField(label="Name")

    formset = forms.formset_factory(One, extra=2)()
    helper = form_helper("name", submit="Save all")
    helper.disable_csrf = True
    markup = render_crispy_form(formset, helper)
    assert 'id="id_form-1-name"' in markup
    assert 'name="form-TOTAL_FORMS"' in markup
    assert markup.count("<form") == markup.count("<button") == 1
