"""What a caller of a local environment sees, over real HTTP, from the real processes."""

import hashlib
import json
import shlex
import subprocess

import pytest

from integration.local_environment import STATIC_TOKEN, Running

UNAUTHORIZED = {"message": "Unauthorized"}
FORBIDDEN = {"message": "Forbidden"}
NOT_FOUND = {"message": "Not Found"}


def test_the_curl_line_that_it_prints_answers_200(running: Running) -> None:
    command = [*shlex.split(running.said["curl"]), "--silent", "--show-error"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    assert done.stdout.startswith("HTTP/1.1 200")


def test_it_names_its_mocks(running: Running) -> None:
    named = [(mock["name"], mock["path"], mock["engine"]) for mock in running.said["mocks"]]
    assert named == [
        ("petstore", "/petstore", "prism"),
        ("patents", "/offices/us", "prism"),
        ("games", "/games", "prism"),
    ]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/petstore/pets", 200),
        ("/petstore/pets?limit=3&tags=a", 200),
        ("/petstore/pets/7", 200),
        ("/offices/us", 200),
        ("/offices/us/", 200),
        ("/offices/us/oa_citations/v1/fields", 200),
        ("/games/board", 401),  # the document asks for a credential of its own
        ("/petstore", 404),
        ("/petstore/", 404),
        ("/petstore/nothing", 404),
        ("/petstorex", 404),
        ("/petstorex/pets", 404),
        ("/games", 404),
        ("/offices", 404),
        ("/", 404),
        ("/_mockenv", 404),
        ("/_mockenv/anything", 404),
    ],
)
def test_paths_and_their_edges(running: Running, path: str, status: int) -> None:
    assert running.get(path).status == status


@pytest.mark.parametrize("path", ["/petstorex", "/offices", "/", "/_mockenv/anything"])
def test_a_path_of_no_mock_is_answered_as_api_gateway_does(running: Running, path: str) -> None:
    answer = running.request("GET", path)
    assert (answer.status, answer.json()) == (404, NOT_FOUND)
    assert answer.headers["content-type"] == "application/json"


def test_a_path_that_the_document_lacks_is_answered_by_prism(running: Running) -> None:
    answer = running.get("/petstore/nothing")
    assert answer.status == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith("#NO_PATH_MATCHED_ERROR")


def test_an_invalid_request_is_422_with_what_is_wrong(running: Running) -> None:
    answer = running.request(
        "POST", "/petstore/pets", json.dumps({"tag": 1}).encode(),
        authorization=f"Bearer {running.token}", content_type="application/json",
    )  # fmt: skip
    assert answer.status == 422
    problems = json.loads(answer.headers["sl-violations"])
    assert any("required property 'name'" in problem["message"] for problem in problems)


def test_prefer_chooses_the_response(running: Running) -> None:
    answer = running.get("/petstore/pets", prefer="code=500")
    assert answer.status == 500
    assert set(answer.json()) == {"code", "message"}


@pytest.mark.parametrize("header", [{}, {"authorization": ""}, {"x-mock-token": "a"}])
def test_without_a_token_401(running: Running, header: dict[str, str]) -> None:
    answer = running.request("GET", "/petstore/pets", None, **header)
    assert (answer.status, answer.json()) == (401, UNAUTHORIZED)


@pytest.mark.parametrize(
    "value",
    ["Bearer nonsense", "Bearer a.b.c", "Basic YTpi", "Bearer ", "nonsense", "Bearer a, Bearer b"],
)
def test_with_a_token_that_is_not_accepted_403(running: Running, value: str) -> None:
    answer = running.request("GET", "/petstore/pets", authorization=value)
    assert (answer.status, answer.json()) == (403, FORBIDDEN)


def test_a_token_whose_signature_is_changed_403(running: Running) -> None:
    head, _, signature = running.token.rpartition(".")
    changed = signature[:10] + ("A" if signature[10] != "A" else "B") + signature[11:]
    answer = running.request("GET", "/petstore/pets", authorization=f"Bearer {head}.{changed}")
    assert (answer.status, answer.json()) == (403, FORBIDDEN)


def test_static_tokens_of_the_settings_are_accepted_too(running: Running) -> None:
    assert hashlib.sha256(STATIC_TOKEN.encode()).hexdigest().startswith("d7ecdf25")
    answer = running.request("GET", "/petstore/pets", authorization=f"Bearer {STATIC_TOKEN}")
    assert answer.status == 200


@pytest.mark.parametrize("path", ["/petstore/pets", "/petstore", "/offices/us", "/games/board"])
def test_a_preflight_needs_no_token(running: Running, path: str) -> None:
    answer = running.request(
        "OPTIONS", path, origin="https://shop.example.com",
        access_control_request_method="GET", access_control_request_headers="authorization",
    )  # fmt: skip
    assert answer.status in {200, 204}
    assert answer.headers["access-control-allow-origin"] in {"*", "https://shop.example.com"}
    assert "authorization" in answer.headers["access-control-allow-headers"].lower()


def test_health_names_each_mock(running: Running) -> None:
    answer = running.request("GET", "/_mockenv/health")
    assert answer.status == 200
    assert "petstore" in answer.body.decode()
    assert "games" in answer.body.decode()


def test_a_spoofed_environment_header_changes_nothing(running: Running) -> None:
    plain = running.get("/petstore/pets/7")
    spoofed = running.get("/petstore/pets/7", x_mock_environment="pr-1")
    assert (spoofed.status, spoofed.body) == (plain.status, plain.body)


def test_head_is_answered_without_a_body(running: Running) -> None:
    """The status is Prism's: 405, as the document has no HEAD operation."""
    answer = running.request("HEAD", "/petstore/pets", authorization=f"Bearer {running.token}")
    assert (answer.status, answer.body) == (405, b"")


def test_a_body_over_10_mb_is_413(running: Running) -> None:
    answer = running.request(
        "POST", "/petstore/pets", b"x" * (10 * 1024 * 1024 + 1),
        authorization=f"Bearer {running.token}", content_type="application/json",
    )  # fmt: skip
    assert answer.status == 413


def test_the_token_is_in_no_log(running: Running) -> None:
    running.get("/petstore/pets")
    state = running.folder / ".mockenv" / "local"
    signature = running.token.rpartition(".")[2]
    logs = [log.read_text() for log in state.glob("*.log")]
    assert logs
    assert not any(signature in log or STATIC_TOKEN in log for log in logs)


def test_a_caller_fails_its_own_request(running: Running) -> None:
    answer = running.get("/petstore/pets", x_mock_status="503")
    assert answer.status == 503
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_caller_delays_its_own_request_and_still_gets_its_answer(running: Running) -> None:
    answer = running.get("/petstore/pets", x_mock_delay_ms="50")
    assert answer.status == 200


@pytest.mark.parametrize(
    "headers",
    [{"x_mock_delay_ms": "25000"}, {"x_mock_delay_ms": "soon"}, {"x_mock_status": "200"}],
)
def test_a_fault_that_can_t_be_is_400(running: Running, headers: dict[str, str]) -> None:
    assert running.get("/petstore/pets", **headers).status == 400


def test_faults_need_a_token_too(running: Running) -> None:
    assert running.request("GET", "/petstore/pets", x_mock_status="503").status == 401
