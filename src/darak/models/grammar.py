"""A JSON Schema as a grammar in GBNF, the notation of llama.cpp."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import orjson

_COMMON = r"""space ::= | " " | "\n" [ \t]{0,20}
string ::= "\"" char* "\""
char ::= [^"\\\x7F\x00-\x1F] | "\\" (["\\bfnrt/] | "u" [0-9a-fA-F]{4})
integer ::= "-"? ("0" | [1-9] [0-9]{0,15})
number ::= integer ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,3})?
boolean ::= "true" | "false"
null ::= "null"
value ::= object | array | string | number | boolean | null
object ::= "{" space (string space ":" space value (space "," space string space ":" space value)*)? space "}"
array ::= "[" space (value (space "," space value)*)? space "]"
"""
_PLAIN = ("string", "integer", "number", "boolean", "null", "object", "array")


def grammar_of(schema: Mapping[str, Any]) -> str:
    """The grammar of every JSON text that fits the schema, its keys in the schema's order.

    It knows types, properties (all of them are written), items with their least and greatest number, enum, const and
    anyOf; what else a schema demands is left to the check afterwards.
    """
    rules: list[str] = []
    return f"root ::= {_rule(schema, rules)} space\n" + "".join(f"{rule}\n" for rule in rules) + _COMMON


def _literal(value: Any) -> str:
    return orjson.dumps(orjson.dumps(value).decode()).decode()


def _rule(schema: Mapping[str, Any], rules: list[str]) -> str:
    """What stands for the schema in a rule; longer ones become rules of their own."""
    if "enum" in schema or "const" in schema:
        values = schema["enum"] if "enum" in schema else [schema["const"]]
        return _named(" | ".join(map(_literal, values)), rules)
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return _named(" | ".join(_rule(one, rules) for one in schema[key]), rules)
    kind = schema.get("type")
    if isinstance(kind, list):
        kinds = cast(list[str], kind)
        return _named(" | ".join(_rule({**schema, "type": one}, rules) for one in kinds), rules)
    if kind == "object" and schema.get("properties"):
        properties = cast(Mapping[str, Mapping[str, Any]], schema["properties"])
        pairs = [f'{_literal(name)} space ":" space {_rule(one, rules)}' for name, one in properties.items()]
        joined = ' space "," space '.join(pairs)
        return _named(f'"{{" space {joined} space "}}"', rules)
    if kind == "array" and schema.get("prefixItems"):
        joined = ' space "," space '.join(_rule(one, rules) for one in schema["prefixItems"])
        return _named(f'"[" space {joined} space "]"', rules)
    if kind == "array" and isinstance(schema.get("items"), dict):
        return _named(_items(schema, rules), rules)
    return kind if kind in _PLAIN else "value"


def _items(schema: Mapping[str, Any], rules: list[str]) -> str:
    item, least, most = _rule(schema["items"], rules), schema.get("minItems", 0), schema.get("maxItems")
    if most == 0:
        return '"[" space "]"'
    further = f"{{{max(least - 1, 0)},{'' if most is None else most - 1}}}"
    some = f'{item} (space "," space {item}){further}'
    return f'"[" space {some if least else f"({some})?"} space "]"'


def _named(body: str, rules: list[str]) -> str:
    name = f"r{len(rules)}"
    rules.append(f"{name} ::= {body}")
    return name


def plain_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema without references, its objects closed and all their keys required, as strict servers want it.

    ValueError for a schema that refers to itself.
    """
    definitions = cast(Mapping[str, Any], schema.get("$defs", {}))
    return _inlined({key: value for key, value in schema.items() if key != "$defs"}, definitions, ())


def _inlined(schema: Any, definitions: Mapping[str, Any], within: Sequence[str]) -> Any:
    if isinstance(schema, list):
        return [_inlined(one, definitions, within) for one in cast(list[Any], schema)]
    if not isinstance(schema, dict):
        return schema
    told = cast(dict[str, Any], schema)
    if "$ref" in told:
        name = str(told["$ref"]).rpartition("/")[2]
        if name in within:
            raise ValueError(f"{name} refers to itself; a reply can have no such shape")
        return _inlined(definitions[name], definitions, (*within, name))
    plain = {
        key: {name: _inlined(one, definitions, within) for name, one in value.items()}
        if key == "properties"
        else _inlined(value, definitions, within)
        for key, value in told.items()
        if key not in ("title", "default")
    }
    if plain.get("type") == "object" and "properties" in plain:
        plain |= {"required": list(plain["properties"]), "additionalProperties": False}
    return plain
