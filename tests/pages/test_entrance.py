"""Who is not signed in sees a page that says so and nothing else, and whoever leaves has left."""

from __future__ import annotations

import re

import pytest
from tests.pages.test_pages import words
from tests.server.conftest import serving


@pytest.mark.parametrize(("language", "told"), [("ko", "아직 들어오지 않았어요."), ("en", "You are not signed in.")])
def test_a_stranger_sees_the_entrance_in_their_language(served, language, told) -> None:
    shown = served.stranger.get("/timeline", headers={"accept-language": language})
    assert shown.status_code == 401 and told in words(shown) and "darak serve" in words(shown)
    for path in re.findall(r'(?:href|src)="([^"]+)"', shown.text):
        assert served.stranger.get(path).status_code == 200, path
    assert served.stranger.get("/assets/../api/status").status_code in (401, 404)


def test_a_wrong_password_is_told(vault) -> None:
    from argon2 import PasswordHasher

    with serving(vault, password=PasswordHasher().hash("a long password")) as served:
        wrong = served.stranger.post("/sign-in", data={"password": "another"}, headers={"accept-language": "en"})
        assert wrong.status_code == 401 and "That is another password." in words(wrong)


def test_whoever_signs_out_is_out(served) -> None:
    assert "Sign out" in served.owner.get("/privacy", headers={"accept-language": "en"}).text
    left = served.owner.post("/privacy/sign-out")
    assert left.url.path == "/sign-in"
    assert served.owner.get("/timeline").status_code == 401
