"""Whatever is sent, the server answers for it: never a fault of its own."""

from __future__ import annotations

import json
import random
import re
from typing import Any

import pytest

from .conftest import URL

REQUESTS = 1000
ODD = [
    None,
    True,
    0,
    -1,
    1 << 70,
    1e308,
    float("nan"),
    "",
    " ",
    "\x00",
    "'; DROP TABLE record; --",
    "%",
    "\ud800",
    "가" * 3000,
    "2024-02-30",
    "0000",
    "9999-12-31",
    "../../../etc/passwd",
    "{{7*7}}",
    "⏰\u202e\ufeff",
    [],
    {},
    [[]],
    ["x"] * 200,
    {"a": {"b": [1]}},
    '[1] "AND" (OR) * ~2 field:word',
]


def quote(value: Any) -> str:
    return str(value).encode("utf-8", "surrogatepass").decode("latin-1").replace("/", "%2f")[:2000]


class Fuzz:
    """Requests made from the OpenAPI document: sometimes as it says, mostly not."""

    def __init__(self, document: dict[str, Any], seed: int) -> None:
        self.random = random.Random(seed)
        self.shapes = document["components"]["schemas"]
        self.operations = [
            (method, path, operation)
            for path, operations in document["paths"].items()
            for method, operation in operations.items()
            if path not in ("/api/sign-out",)  # or the rest would only be refused
        ]

    def request(self) -> tuple[str, str, dict[str, Any]]:
        choose = self.random.choice
        method, path, operation = choose(self.operations)
        query: dict[str, Any] = {}
        for parameter in operation.get("parameters", ()):
            value = self.value(parameter["schema"])
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", re.sub(r"[?#\x00-\x20]", "_", quote(value)) or "_")
            elif self.random.random() < 0.7:
                query[parameter["name"]] = quote(value)
        options: dict[str, Any] = {"params": query}
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            kind = self.random.random()
            if kind < 0.75:
                options["content"] = self.json(self.value(content["application/json"]["schema"]))
            elif kind < 0.9:
                options["content"] = bytes(self.random.randrange(256) for _ in range(self.random.randrange(200)))
            options["headers"] = {"content-type": choose(["application/json", "text/plain", "nonsense", ""])}
        elif content:
            options["content"] = choose([b"", b"PK\x03\x04broken", b"\x1f\x8bbroken", b"a,b\n1,2\n", b"{}"])
        if self.random.random() < 0.1:
            method = choose(["get", "post", "put", "delete", "patch", "head", "trace"])
        return method, path, options

    def value(self, schema: dict[str, Any], depth: int = 0) -> Any:
        if self.random.random() < 0.35 or depth > 4:
            return self.random.choice(ODD)
        if "$ref" in schema:
            schema = self.shapes[schema["$ref"].rpartition("/")[2]]
        if options := schema.get("anyOf"):
            return self.value(self.random.choice(options), depth + 1)
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        match schema.get("type"):
            case "object":
                fields = schema.get("properties", {})
                return {name: self.value(one, depth + 1) for name, one in fields.items() if self.random.random() < 0.6}
            case "array":
                return [self.value(schema.get("items", {}), depth + 1) for _ in range(self.random.randrange(3))]
            case "integer" | "number":
                return self.random.choice([0, 1, 2, 10, 100, 1 << 40])
            case "boolean":
                return self.random.random() < 0.5
            case _:
                if schema.get("format") == "date-time":
                    return self.random.choice(["2024-06-01T12:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59Z"])
                told = [
                    "dentist",
                    "2024-05",
                    "phone",
                    "다락",
                    "0" * 8,
                    "0" * 64,
                    "0" * 16,
                    "2024-05-01",
                    "Mina",
                    "year",
                ]
                return self.random.choice(told)

    def json(self, value: Any) -> bytes:
        return json.dumps(value).encode()


@pytest.mark.parametrize("seed", range(2))
def test_malformed_requests_are_the_senders_fault(served, seed):
    client = served.owner
    fuzz = Fuzz(client.get("/api/openapi.json").json(), seed)
    codes: dict[int, int] = {}
    for number in range(REQUESTS // 2):
        method, path, options = fuzz.request()
        response = client.request(method, URL + path, **options)
        codes[response.status_code] = codes.get(response.status_code, 0) + 1
        assert response.status_code < 500, (seed, number, method, path, options, response.text)
    assert codes.get(422, 0) > 50 and codes.get(200, 0) > 50  # some of them were sound
