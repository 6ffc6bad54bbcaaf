"""What the server does with calls that are equal, too many, too late or given up."""

import socket

import httpx
import pytest

from tests.inference.conftest import body, picture, pixels_of

pytestmark = pytest.mark.enable_socket


def hold(engine):
    """Let the engine wait until its gate opens."""
    engine.gate.clear()
    engine.working.clear()


def queued(client):
    return client.get("/info").json()["queued"]


def test_the_same_call_is_run_once(serve, engine):
    client = serve()
    first = client.post("/", content=body())
    again = client.post("/", content=body())
    assert first.json()["image_b64"] == again.json()["image_b64"]
    assert engine.seeds == [7]


def test_the_same_call_in_flight_is_shared(serve, engine, at_once, until, log):
    client = serve()
    hold(engine)
    calls = [at_once(client.post, "/", content=body()) for _ in range(5)]
    engine.working.wait(20)
    until(lambda: client.get("/info").json()["queued"] == 0)
    engine.gate.set()
    assert {call.result().status_code for call in calls} == {200}
    assert engine.seeds == [7]
    assert len(log.of("made")) == 1


@pytest.mark.parametrize(
    "changes", [{"seed": 8}, {"steps": 3}, {"negative_prompt": ""}, {"window": [512, 0]}]
)
def test_another_call_is_run(serve, engine, changes):
    client = serve()
    client.post("/", content=body())
    client.post("/", content=body(**changes))
    assert len(engine.seeds) == 2


def test_another_picture_is_another_call(serve, engine):
    client = serve()
    client.post("/", content=body(picture(seed=1)))
    client.post("/", content=body(picture(seed=2)))
    assert len(engine.seeds) == 2


def test_a_call_without_a_seed_is_known_by_its_key(serve, engine):
    client = serve()
    key = {"idempotency-key": "a"}
    first = client.post("/", content=body(seed=None), headers=key).json()
    again = client.post("/", content=body(seed=None), headers=key).json()
    assert first == again
    assert len(engine.seeds) == 1


def test_a_key_belongs_to_one_call(serve):
    client = serve()
    key = {"idempotency-key": "a"}
    client.post("/", content=body(), headers=key)
    answer = client.post("/", content=body(seed=8), headers=key)
    assert (answer.status_code, answer.json()["error"]["type"]) == (422, "idempotency_conflict")


def test_a_call_that_failed_may_be_asked_for_again(serve, engine):
    client = serve()
    assert client.post("/", content=body(prompt="break")).status_code == 500
    assert client.post("/", content=body(prompt="break")).status_code == 500
    assert len(engine.seeds) == 2


def test_only_so_many_pictures_are_remembered(serve, engine):
    client = serve(keep_results=2)
    for seed in (1, 2, 3, 1, 3):
        client.post("/", content=body(seed=seed))
    assert engine.seeds == [1, 2, 3, 1]


def test_only_so_many_bytes_are_remembered(serve, engine):
    client = serve(keep_bytes=10)
    for seed in (1, 1):
        client.post("/", content=body(seed=seed))
    assert engine.seeds == [1, 1]


def test_a_full_queue_asks_to_come_back(serve, engine, at_once, until):
    client = serve(max_queue=2)
    hold(engine)
    waiting = [at_once(client.post, "/", content=body(seed=0))]
    engine.working.wait(20)
    waiting += [at_once(client.post, "/", content=body(seed=seed)) for seed in (1, 2)]
    until(lambda: queued(client) == 2)
    refused = client.post("/", content=body(seed=3))
    assert (refused.status_code, refused.json()["error"]["type"]) == (429, "queue_full")
    assert int(refused.headers["retry-after"]) >= 1
    joined = at_once(client.post, "/", content=body(seed=2))
    engine.gate.set()
    assert {call.result().status_code for call in [*waiting, joined]} == {200}
    assert sorted(engine.seeds) == [0, 1, 2]


def test_a_caller_that_waited_too_long_is_told_so(serve, engine):
    client = serve(deadline_s=0.2)
    hold(engine)
    answer = client.post("/", content=body())
    assert (answer.status_code, answer.json()["error"]["type"]) == (504, "deadline")
    assert int(answer.headers["retry-after"]) > 0


def test_a_picture_that_came_too_late_is_there_for_the_next_call(serve, engine, until, log):
    client = serve(deadline_s=0.3)
    hold(engine)
    assert client.post("/", content=body()).status_code == 504
    engine.gate.set()
    until(lambda: log.of("made"))
    assert client.post("/", content=body()).status_code == 200
    assert engine.seeds == [7]


def test_a_call_that_nobody_waits_for_is_not_begun(serve, engine, at_once, until):
    client = serve()
    hold(engine)
    first = at_once(client.post, "/", content=body(seed=0))
    engine.working.wait(20)
    with pytest.raises(httpx.ReadTimeout):
        client.post("/", content=body(seed=1), timeout=0.3)
    until(lambda: queued(client) == 0)
    engine.gate.set()
    assert first.result().status_code == 200
    assert client.post("/", content=body(seed=2)).status_code == 200
    assert engine.seeds == [0, 2]


def test_a_call_goes_on_for_those_who_still_wait(serve, engine, at_once, until, log):
    client = serve()
    hold(engine)
    first = at_once(client.post, "/", content=body(seed=0))
    engine.working.wait(20)
    patient = at_once(client.post, "/", content=body(seed=1))
    until(lambda: queued(client) == 1)
    with pytest.raises(httpx.ReadTimeout):
        client.post("/", content=body(seed=1), timeout=0.3)
    until(lambda: [r for r in log.of("called") if r["status"] == 499])
    engine.gate.set()
    assert {first.result().status_code, patient.result().status_code} == {200}
    assert engine.seeds == [0, 1]


def test_a_picture_in_the_making_is_kept_when_the_caller_goes_away(serve, engine, until, log):
    client = serve()
    hold(engine)
    with pytest.raises(httpx.ReadTimeout):
        client.post("/", content=body(), timeout=0.3)
    engine.gate.set()
    until(lambda: log.of("made"))
    assert client.post("/", content=body()).status_code == 200
    assert engine.seeds == [7]


def test_a_caller_that_goes_away_while_it_sends_leaves_the_server_alive(serve, log, until):
    client = serve()
    port = client.base_url.port
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    until(lambda: log.of("called"))
    (left,) = log.of("called")
    assert (left["status"], left["error"]) == (499, "gone")
    assert client.post("/", content=body()).status_code == 200


def test_an_engine_that_loses_a_picture_goes_on_with_the_next(serve, engine):
    client = serve()
    edit, engine.edit = engine.edit, lambda _: []
    answer = client.post("/", content=body())
    assert (answer.status_code, "0 pictures" in answer.text) == (500, True)
    engine.edit = edit
    assert client.post("/", content=body()).status_code == 200


def test_calls_of_a_kind_are_worked_on_together(serve, engine, at_once, until):
    client = serve(max_batch=3)
    hold(engine)
    calls = [at_once(client.post, "/", content=body(seed=0))]
    engine.working.wait(20)
    others = [{"seed": 1}, {"seed": 2}, {"seed": 3, "steps": 9}, {"seed": 4}, {"seed": 5}]
    calls += [at_once(client.post, "/", content=body(**changes)) for changes in others]
    until(lambda: queued(client) == 5)
    engine.gate.set()
    assert {call.result().status_code for call in calls} == {200}
    assert sorted(map(len, engine.batches)) == [1, 1, 1, 3]
    assert [3] in engine.batches


def test_a_bad_call_does_not_sink_the_others_of_its_batch(serve, engine, at_once, until):
    client = serve(max_batch=3)
    hold(engine)
    first = at_once(client.post, "/", content=body(seed=0))
    engine.working.wait(20)
    engine.refused = {2}
    calls = [at_once(client.post, "/", content=body(seed=seed)) for seed in (1, 2, 3)]
    until(lambda: queued(client) == 3)
    engine.gate.set()
    assert first.result().status_code == 200
    assert [call.result().status_code for call in calls] == [200, 422, 200]


def test_pictures_of_a_batch_go_to_those_who_asked(serve, engine, at_once):
    client = serve(max_batch=2, batch_wait_s=0.2)
    calls = [at_once(client.post, "/", content=body(seed=seed)) for seed in (5, 9)]
    five, nine = (pixels_of(call.result())[..., 0].astype(int) for call in calls)
    assert engine.batches in ([[5, 9]], [[9, 5]])
    assert set(((nine - five) % 256).ravel()) == {4}


def test_every_call_leaves_a_line_and_every_picture_one(serve, log):
    client = serve(api_key="s3cret")
    key = {"x-api-key": "s3cret", "idempotency-key": "k", "x-request-id": "r1"}
    client.post("/", content=body(prompt="a secret prompt"), headers=key)
    client.post("/", content=body(prompt="a secret prompt"), headers=key)
    client.post("/", content=body())
    first, again, refused = log.of("called")
    assert (first["status"], first["share"], first["client_key"], first["id"]) == (
        200,
        "ran",
        "k",
        "r1",
    )
    assert (again["status"], again["share"], again["key"]) == (200, "remembered", first["key"])
    assert (refused["status"], refused["error"]) == (401, "unauthenticated")
    assert [made["key"] for made in log.of("made")] == [first["key"]]
    assert "secret" not in log.getvalue()
