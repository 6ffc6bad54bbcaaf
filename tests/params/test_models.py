import re
from pathlib import Path

import pytest

from isogen.errors import ParamsError
from isogen.params import default_params_yaml
from isogen.params.infill import (
    PRESETS,
    TASK_PROMPT,
    DiffusersModelParams,
    GeminiModelParams,
    HttpModelParams,
    OxenModelParams,
    is_address,
)
from isogen.params.reading import parse_params

GUIDE = Path(__file__).parents[2] / "docs" / "models.md"
KINDS = "http, oxen, gemini or diffusers"


def refusal(models):
    with pytest.raises(ParamsError) as error:
        parse_params(f"models: {models}")
    return error.value


def test_every_preset_is_known_without_an_entry():
    params = parse_params("")
    assert {params.infill_model(name).kind for name in PRESETS} == set(
        KINDS.replace(" or ", ", ").split(", ")
    )
    assert params.infill_model("modal").prompt == TASK_PROMPT


def test_an_entry_of_a_known_name_changes_some_of_its_settings():
    modal = parse_params("models: {modal: {steps: 8}}").infill_model("modal")
    assert isinstance(modal, HttpModelParams)
    assert (modal.steps, modal.url_env, modal.concurrency) == (8, "MODAL_INFERENCE_URL", 8)


def test_an_entry_of_a_known_name_and_another_kind_is_a_model_of_its_own():
    models = parse_params("models: {modal: {kind: oxen}, oxen: }").models
    assert models["modal"] == OxenModelParams()
    assert models["oxen"] == OxenModelParams()


def test_a_model_of_any_other_name_says_its_kind():
    mine = parse_params("models: {mine: {kind: gemini}}").infill_model("mine")
    assert mine == GeminiModelParams()


@pytest.mark.parametrize(
    ("models", "says", "hint"),
    [
        ("{mine: {url: 'http://a'}}", "models.mine.kind is missing", f"Say kind: {KINDS}"),
        ("{mine: }", "models.mine.kind is missing", f"Say kind: {KINDS}"),
        (
            "{mine: {kind: htp}}",
            f"models.mine.kind must be {KINDS}, got 'htp'",
            "Did you mean http?",
        ),
        ("{mine: {kind: xyz}}", f"models.mine.kind must be {KINDS}, got 'xyz'", "Say kind: http"),
        ("{mine: {kind: [1]}}", f"models.mine.kind must be {KINDS}, got [1]", "Say kind: http"),
        ("{mine: {kind: http}}", "models.mine needs a url or a url_env", "url is the address"),
        ("{local: {url: null}}", "models.local needs a url or a url_env", "url is the address"),
        ("{Mine: {kind: oxen}}", "models.Mine is no name of a model", "small letters"),
        ("{1: {kind: oxen}}", "models.1 is no name of a model", "small letters"),
        ("{pixelart: {kind: oxen}}", "may not name a model pixelart", "another name"),
        ("{mine: 3}", "models.mine must be a section of settings, got 3", "modal, oxen"),
        ("[1]", "models must be a section of settings, got [1]", "modal, oxen"),
        ("{modal: {step: 3}}", "models.modal.step is not", "Did you mean models.modal.steps?"),
        ("{oxen: {upload_: 1}}", "models.oxen.upload_ is not", "Did you mean models.oxen.upload?"),
        ("{gemini: {label: 1}}", "models.gemini.label is", "Did you mean models.gemini.labels?"),
        ("{modal: {steps: 0}}", "models.modal.steps must be greater", "from 1 to 200"),
        ("{seed: {kind: oxen, steps: 0}}", "models.seed.steps must be", "from 1 to 200"),
        ("{modal: {wire: xml}}", "models.modal.wire must be 'json' or 'multipart'", "a file in"),
        ("{modal: {preprocess: {noise: 3}}}", "models.modal.preprocess.noise must be", "to 1"),
        ("{modal: {seed: 9999999999}}", "models.modal.seed must be less", "2147483647"),
    ],
)
def test_a_wrong_entry_is_named_with_what_to_write(models, says, hint):
    error = refusal(models)
    assert says in str(error)
    assert hint in error.hint
    assert TASK_PROMPT not in str(error)


@pytest.mark.parametrize(
    "setting",
    [
        "url: 'https://me:CANARY@example.com/edit_b64'",
        "url: 'CANARY'",
        "url_env: 'https://CANARY.example.com'",
        "url: 'http://a', key_env: 'sk-CANARY'",
        "url: 'http://a', proxy_env: ['wk-CANARY', 'ws-CANARY']",
    ],
)
def test_a_key_that_stands_where_none_may_is_not_shown(setting):
    error = refusal(f"{{mine: {{kind: http, {setting}}}}}")
    assert "CANARY" not in f"{error} {error.hint} {error.__cause__} {error.__context__!r}"
    assert "models.mine." in str(error)


IMPOSSIBLE = ["http://[::1", "http://[a]/", "http://a..b", "http://a:99999/x", "http://a:0/x",
              "http://a:x/", f"http://{'a' * 64}/", "http://a b/", "//a/b"]  # fmt: skip
POSSIBLE = [
    "http://[::1]:8888/edit_b64",
    "https://a_b.example:444/?x=1#y",
    "http://\u00e4.fi/",
    "http://a./",
]


@pytest.mark.parametrize("url", IMPOSSIBLE + POSSIBLE)
def test_an_address_is_one_that_can_be_asked(url):
    assert is_address(url) == (url in POSSIBLE)


def test_an_unknown_model_names_the_nearest_known_one():
    with pytest.raises(ParamsError, match="there is no model 'modl'") as error:
        parse_params("models: {mine: {kind: oxen}}").infill_model("modl")
    assert error.value.hint.startswith("Did you mean modal? Known: pixelart, diffusers")
    assert "mine" in error.value.hint


def test_the_commented_example_of_the_default_file_is_right():
    _, _, below = default_params_yaml().partition("models: {}\n")
    comment = re.match(r"(?:#.*\n)+", below)[0].splitlines()[1:]
    models = parse_params("\n".join(line.removeprefix("# ") for line in comment)).models
    assert isinstance(models["mine"], HttpModelParams)
    assert isinstance(models["gemini"], GeminiModelParams)


KINDS_OF_PARAMS = (HttpModelParams, OxenModelParams, GeminiModelParams, DiffusersModelParams)


@pytest.mark.parametrize("kind", KINDS_OF_PARAMS, ids=lambda kind: kind.__name__)
def test_the_page_about_models_knows_every_setting(kind):
    named = set(re.findall(r"`(\w+)`", GUIDE.read_text()))
    assert set(kind.model_fields) - named == set()


def test_the_examples_of_the_page_about_models_are_right():
    examples = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(), re.DOTALL)
    models = [name for text in examples for name in parse_params(text).models]
    assert models == ["modal", "oxen", "diffusers", "mine"]


def test_a_map_is_painted_by_a_model_that_is_known():
    assert (
        parse_params("generate: {model: own}\nmodels: {own: {kind: oxen}}").generate.model == "own"
    )
    with pytest.raises(
        ParamsError, match=r"params.yaml: generate.model: there is no model 'modl'"
    ) as e:
        parse_params("generate: {model: modl}")
    assert "Did you mean modal?" in e.value.hint
