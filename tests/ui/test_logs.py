import json
import logging
import sys

from ui.logs import HideEverything, JsonFormatter

SECRET = "Gwenllian Secret"


def line(record):
    return json.loads(JsonFormatter().format(record))


def record(message, *args, exc_info=None, name="anything", **extra):
    made = logging.LogRecord(name, logging.INFO, "file.py", 1, message, args, exc_info)
    made.__dict__.update(extra)
    return made


def an_error():
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"bad name {SECRET}") from error
    except ValueError:
        return sys.exc_info()


def test_a_line_keeps_the_words_and_drops_what_was_put_into_them():
    written = line(record("could not reach %s", SECRET))
    assert written["event"] == "could not reach %s"
    assert written["level"] == "INFO"
    assert SECRET not in json.dumps(written)


def test_only_known_extras_are_written():
    written = line(record("done", incident="AB12", milliseconds=7, young_person=SECRET))
    assert written["incident"] == "AB12"
    assert written["milliseconds"] == 7
    assert SECRET not in json.dumps(written)


def test_an_error_tells_its_types_and_places_and_nothing_of_its_values():
    written = line(record("failed", exc_info=an_error()))
    assert [error["type"] for error in written["error"]] == ["ValueError", "KeyError"]
    assert any("test_logs.py" in place for place in written["error"][0]["places"])
    assert SECRET not in json.dumps(written)


def test_an_error_logged_as_a_message_gives_its_type_only():
    assert line(record(ValueError(SECRET)))["event"] == "ValueError"


def test_an_error_whose_text_is_the_message_gives_its_type_only():
    error = an_error()
    assert line(record(str(error[1]), exc_info=error))["event"] == "ValueError"


def test_a_task_is_told_by_id_name_and_time_without_its_arguments():
    facts = {"id": "17", "name": "outbox.relay", "args": SECRET, "return_value": SECRET, "runtime": 0.2}
    written = line(record("Task %(name)s[%(id)s] done: %(return_value)s", facts, name="celery.app.trace"))
    assert (written["id"], written["task"], written["seconds"]) == ("17", "outbox.relay", 0.2)
    assert SECRET not in json.dumps(written)


def test_a_report_of_an_error_hides_settings_headers_answers_and_values(rf):
    request = rf.post("/", {"name": SECRET}, headers={"X-Name": SECRET})
    hidden = HideEverything()
    frame = sys._getframe()
    assert hidden.get_post_parameters(request) == {}
    assert hidden.get_safe_request_meta(request) == {}
    assert hidden.get_safe_cookies(request) == {}
    assert hidden.get_safe_settings() == {}
    assert hidden.get_traceback_frame_variables(request, frame) == []
