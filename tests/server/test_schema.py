"""The API is what its OpenAPI document says: schemathesis asks every route, as it should be and not, and compares."""

from __future__ import annotations

import pytest
from bench.serve import serving
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable

from .conftest import LIFE

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed (darak[dev])")
requests = pytest.importorskip("requests")

APART = ("/api/sign-out", "/api/models", "/api/playground", "/api/leaving")
"""Routes that end the session or look for language models on this machine; their own tests ask them."""
CHECKS = (
    "not_a_server_error",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "status_code_conformance",
)
EXAMPLES = 4


def test_every_route_answers_as_its_document_says(darak, lines, tmp_path, home):
    assert darak("import", lines(tmp_path / "life.jsonl", LIFE)).returncode == 0
    checks = [getattr(schemathesis.checks, name) for name in CHECKS]
    with serving(home) as server, requests.Session() as browser:
        browser.trust_env = False
        browser.headers["origin"] = server.url
        link = browser.post(f"{server.url}/api/links", headers={"authorization": f"Bearer {server.token}"})
        browser.get(link.json()["link"])
        schema = schemathesis.openapi.from_dict(browser.get(f"{server.url}/api/openapi.json").json())
        problems: list[str] = []
        operations = [one.ok() for one in schema.get_all_operations()]
        for operation in operations:
            if not operation.path.startswith(APART):
                problems += compare(operation, server.url, browser, checks)
        assert len(operations) > 30
        assert not problems, "\n\n".join(problems)


def compare(operation, url, browser, checks) -> list[str]:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case):
        case.validate_response(case.call(base_url=url, session=browser), checks=checks)

    try:
        ask()
    except Unsatisfiable:
        return []
    except (AssertionError, ExceptionGroup) as fault:
        return [f"{operation.method} {operation.path}: {fault}"]
    return []
