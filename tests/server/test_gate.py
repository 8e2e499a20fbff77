"""Who comes in: nobody without a token, no foreign Host, no foreign Origin, no endless body; and the headers."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.testclient import TestClient

from darak.server.address import Address
from darak.server.door import Door, Throttle, hash_password

from .conftest import PORT, URL, serving

METHODS = ("get", "post", "put", "patch", "delete")


def routes(served) -> list[tuple[str, str]]:
    """Every operation of the document, its parameters filled with what fits them."""
    fitting = {"job_id": "0" * 16, "blob_hash": "0" * 64, "record_id": "0" * 8, "day": "2024-05-01"}
    paths = served.owner.get("/api/openapi.json").json()["paths"]
    assert len(paths) > 10
    return [
        (method, re.sub(r"\{(\w+)\}", lambda name: fitting.get(name[1], "1"), path))
        for path, operations in paths.items()
        for method in operations
        if method in METHODS
    ] + [("get", "/api/openapi.json")]


def test_every_endpoint_refuses_without_a_token(served):
    for method, path in routes(served):
        assert served.stranger.request(method, path).status_code == 401, path


def test_every_endpoint_refuses_a_foreign_host(served):
    for method, path in routes(served):
        for host in ("evil.example", "evil.example:7340", "127.0.0.1", "127.0.0.1:80", "127.0.0.1.evil.example:7340"):
            assert served.owner.request(method, path, headers={"host": host}).status_code == 421, path


def test_every_endpoint_refuses_a_foreign_origin(served):
    for method, path in routes(served):
        for origin in ("https://evil.example", "null", "http://127.0.0.1:1", "http://localhost:7340"):
            assert served.owner.request(method, path, headers={"origin": origin}).status_code == 403, path


def test_every_endpoint_refuses_what_another_site_fetches(served):
    for method, path in routes(served):
        for site in ("cross-site", "same-site"):
            assert served.owner.request(method, path, headers={"sec-fetch-site": site}).status_code == 403, path


def test_a_cookie_alone_changes_nothing(served):
    bare = TestClient(served.owner.app, base_url=URL, cookies=dict(served.owner.cookies))
    assert bare.get("/api/status").status_code == 200
    assert bare.post("/api/sign-out").status_code == 403
    assert bare.post("/api/sign-out", headers={"sec-fetch-site": "same-origin"}).status_code == 204
    assert served.owner.get("/api/status").status_code == 401


def test_a_link_opens_once(served):
    token = served.door.link()
    other = TestClient(served.owner.app, base_url=URL)
    first = other.get("/enter", params={"token": token}, follow_redirects=False)
    assert first.status_code == 303
    cookie = first.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie
    assert other.get("/api/status").status_code == 200
    again = TestClient(served.owner.app, base_url=URL).get("/enter", params={"token": token})
    assert again.status_code == 401


def test_a_link_grows_old():
    now = [0.0]
    door = Door(clock=lambda: now[0])
    token = door.link()
    now[0] = 601
    assert door.enter(token) is None


def test_guessing_is_slowed_down(served):
    codes = [
        served.stranger.get("/api/status", headers={"authorization": f"Bearer {n}"}).status_code for n in range(15)
    ]
    assert codes == [401] * 10 + [429] * 5
    assert served.owner.get("/api/status").status_code == 200  # who is signed in is not locked out


def test_a_throttle_forgets():
    now = [0.0]
    throttle = Throttle(lambda: now[0])
    for _ in range(10):
        throttle.failed("a")
    assert throttle.wait("a") == 60 and throttle.wait("b") == 0
    now[0] = 60
    assert throttle.wait("a") == 0


def test_a_network_of_one_machine_is_one_address():
    throttle = Throttle(lambda: 0.0)
    waits = [throttle.attempt(f"2001:db8:0:1::{n:x}") for n in range(12)]
    assert waits == [0.0] * 10 + [60.0] * 2
    assert [throttle.wait(other) for other in ("2001:db8:0:2::1", "::ffff:10.0.0.1", "127.0.0.1", "", "odd")] == [0] * 5
    for _ in range(20):
        assert throttle.attempt("::ffff:10.0.0.1") == 0
        throttle.passed("::ffff:10.0.0.1")


def test_another_site_that_opens_bad_links_keeps_nobody_out(served):
    codes = [served.stranger.get("/enter", params={"token": str(n)}).status_code for n in range(15)]
    assert codes == [401] * 10 + [429] * 5
    assert (
        served.stranger.get("/enter", params={"token": served.door.link()}, follow_redirects=False).status_code == 303
    )


def test_many_guesses_at_once_are_no_more_than_a_few(life):
    with serving(life, password=hash_password("a long password")) as served, ThreadPoolExecutor(30) as threads:

        def guess(n: int) -> int:
            browser = TestClient(served.owner.app, base_url=URL, headers={"origin": URL})
            return browser.post("/sign-in", data={"password": f"guess {n}"}).status_code

        codes = Counter(threads.map(guess, range(30)))
        assert codes == {401: 10, 429: 20}


def test_a_body_has_a_bound(served):
    assert served.owner.post("/api/ask", content=b"x" * (2 << 20)).status_code == 413

    def endless():
        for _ in range(100):
            yield b" " * 65536

    assert served.owner.post("/api/ask", content=endless()).status_code == 413


def test_responses_protect_the_browser(served):
    for path in ("/api/status", "/", "/enter", "/nowhere"):
        headers = served.owner.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff" and headers["x-frame-options"] == "DENY"
    assert served.owner.get("/api/status").headers["cache-control"] == "no-store"


def test_nothing_says_that_other_sites_may_read(served):
    headers = served.owner.options("/api/ask", headers={"access-control-request-method": "POST"}).headers
    assert not [name for name in headers if name.startswith("access-control")]


def test_assets_are_for_everybody_and_nothing_beside_them(life, tmp_path):
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "page.css").write_text("main {}")
    (tmp_path / "secret").write_text("secret")
    with serving(life, assets=assets) as served:
        assert served.owner.get("/assets/page.css").text == "main {}"
        assert served.stranger.get("/assets/page.css").text == "main {}"
        for path in ("/assets/../secret", "/assets/%2e%2e/secret", "/assets/..%2fsecret"):
            assert served.owner.get(path).status_code == 404
            assert served.stranger.get(path).status_code in (401, 404)


def test_the_password_opens_a_session_over_tls(life):
    address = Address("https", PORT, frozenset({"127.0.0.1", "attic.home"}), open=True)
    with serving(life, address=address, password=hash_password("a long password")) as served:
        browser = TestClient(served.owner.app, base_url=f"https://attic.home:{PORT}")
        assert 'type="password"' in browser.get("/").text
        assert browser.post("/sign-in", data={"password": "another"}).status_code == 401
        inside = browser.post("/sign-in", data={"password": "a long password"}, follow_redirects=False)
        assert inside.status_code == 303 and "secure" in inside.headers["set-cookie"].lower()
        assert browser.get("/api/status").status_code == 200
        assert browser.get("/api/status", headers={"host": "192.168.0.7:7340"}).status_code == 200
        assert browser.get("/api/status", headers={"host": "rebound.example:7340"}).status_code == 421
        codes = [browser.post("/sign-in", data={"password": "another"}).status_code for _ in range(10)]
        assert codes[-1] == 429


@pytest.mark.parametrize(
    ("host", "ours"),
    [("127.0.0.1:7340", True), ("LOCALHOST:7340", True), ("[::1]:7340", True), ("[::1]", False), ("::1:7340", False)],
)
def test_a_host_is_ours_by_name_and_port(host, ours):
    assert Address("http", PORT).is_ours(host) is ours


def test_what_is_not_there_is_told_as_it_was_asked(served):
    for path in ("/api/nothing", "/api", "/api/records/zz/yy"):
        answer = served.owner.get(path)
        assert answer.status_code == 404 and answer.json()["detail"], path
    for language, told in (("ko", "여기 없어요"), ("en", "no such thing here")):
        page = served.owner.get("/nowhere", headers={"accept-language": language})
        assert page.status_code == 404 and "text/html" in page.headers["content-type"]
        assert f'lang="{language}"' in page.text and told in page.text
    assert served.stranger.get("/nowhere").status_code == 401
    assert served.owner.put("/people").status_code == 405
