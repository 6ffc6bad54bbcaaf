import sys
from contextlib import closing

import pytest

from isogen.errors import InputError, ParamsError
from isogen.models.registry import open_model
from isogen.params.infill import PRESETS
from isogen.params.reading import parse_params


@pytest.mark.parametrize("name", PRESETS)
def test_every_known_model_opens_without_keys_and_without_a_call(name):
    with closing(open_model(name, parse_params(""), {})) as model:
        assert (model.name, model.params) == (name, parse_params("").infill_model(name))
        assert ("kind", model.params.kind) in model.identity


def test_the_settings_of_an_entry_reach_the_model():
    params = parse_params("models: {mine: {kind: http, url: 'http://127.0.0.1:1', steps: 3}}")
    with closing(open_model("mine", params, {})) as model:
        assert ("steps", 3) in model.identity


def test_an_unknown_model_is_a_wrong_setting():
    with pytest.raises(ParamsError, match="there is no model 'orxen'") as error:
        open_model("orxen", parse_params(""), {})
    assert "Did you mean oxen?" in error.value.hint


def test_the_built_in_artist_completes_no_templates():
    with pytest.raises(InputError, match="pixelart is the built-in artist"):
        open_model("pixelart", parse_params(""), {})


def test_a_library_that_is_not_installed_is_named_with_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "httpx", None)
    for module in ("http", "exchange"):
        monkeypatch.delitem(sys.modules, f"isogen.models.{module}", raising=False)
    with pytest.raises(InputError, match="model local needs httpx") as error:
        open_model("local", parse_params(""), {})
    assert error.value.hint == "pip install 'isogen[models]'"
