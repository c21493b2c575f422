"""Addresses of styles and scripts, from the manifest that a deployment collects."""

import json

import pytest

from ui.static_files import KeptAddresses


@pytest.fixture
def storage(settings, tmp_path):
    settings.DEBUG = False  # as deployed: with it, every address is that of the file itself
    files = {"css/app.css": "css/app.0123456789ab.css"}
    (tmp_path / "staticfiles.json").write_text(json.dumps({"version": "1.1", "paths": files, "hash": ""}))
    return KeptAddresses(location=tmp_path, base_url="/static/")


def test_an_address_is_that_of_the_manifest_however_often_it_is_asked_for(storage):
    assert [storage.url("css/app.css") for _time in range(2)] == ["/static/css/app.0123456789ab.css"] * 2


def test_what_was_not_collected_is_missing_each_time(storage):
    for _time in range(2):
        with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
            storage.url("fonts/app-sans.css")
