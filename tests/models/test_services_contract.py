import orjson
import pybase64
import pytest

from isogen.models.gemini import GeminiModel
from isogen.models.oxen import OxenModel
from isogen.params.infill import GeminiModelParams, OxenModelParams
from tests.models.contract import KEY, QUICK, Heard, ServiceContract
from tests.support.gemini_server import GeminiServer
from tests.support.oxen_server import OxenServer, Ways

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def opened():
    """Models to be closed in the end."""
    models = []
    yield models
    for model in models:
        model.close()


class TestOxen(ServiceContract):
    KEEPS_SEED = False

    @pytest.fixture
    def server(self):
        with OxenServer() as server:
            server.key = KEY
            yield server

    @pytest.fixture
    def open_model(self, server, opened):
        def open_one(policy=QUICK, **settings):
            params = OxenModelParams(url=server.edit_url, **settings)
            environ = {params.key_env: KEY}
            opened.append(OxenModel("oxen", params, environ, policy=policy, look_s=0.01))
            return opened[-1]

        return open_one

    @pytest.fixture
    def last_edit(self, server):
        return lambda: heard_by_oxen(server)

    def test_equal_requests_have_equal_answers(self):
        pytest.skip("Oxen's images/edit takes no seed: it promises nothing")


class TestOxensQueue(TestOxen):
    KEEPS_SEED = True

    @pytest.fixture
    def server(self):
        with OxenServer(Ways(cost=None)) as server:
            server.key = KEY
            yield server

    @pytest.fixture
    def open_model(self, server, opened):
        def open_one(policy=QUICK, **settings):
            params = OxenModelParams(url=server.edit_url, queue=True, **settings)
            environ = {params.key_env: KEY}
            opened.append(OxenModel("oxen", params, environ, policy=policy, look_s=0.01))
            return opened[-1]

        return open_one

    def test_equal_requests_have_equal_answers(self, open_model):
        ServiceContract.test_equal_requests_have_equal_answers(self, open_model)


class TestGemini(ServiceContract):
    HAS_NEGATIVE_PROMPT = False

    @pytest.fixture
    def server(self):
        with GeminiServer() as server:
            server.key = KEY
            yield server

    @pytest.fixture
    def open_model(self, server, opened):
        def open_one(policy=QUICK, **settings):
            params = GeminiModelParams(url=server.origin, **settings)
            opened.append(GeminiModel("gemini", params, {params.key_env: KEY}, policy=policy))
            return opened[-1]

        return open_one

    @pytest.fixture
    def last_edit(self, server):
        return lambda: heard_by_gemini(server)


def heard_by_oxen(server):
    told = orjson.loads(server.paid[-1].body)
    return Heard(
        pybase64.b64decode(told["input_image"].partition(",")[2]),
        told["prompt"],
        told.get("negative_prompt"),
        told.get("seed"),
    )


def heard_by_gemini(server):
    told = orjson.loads(server.paid[-1].body)
    parts = told["contents"][0]["parts"]
    picture = next(part["inlineData"]["data"] for part in parts if "inlineData" in part)
    text = parts[-1]["text"]
    return Heard(pybase64.urlsafe_b64decode(picture), text, None, told["generationConfig"]["seed"])
