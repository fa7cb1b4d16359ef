"""The words in which the schema of summary.json is written."""

from enum import StrEnum
from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
TIME: Schema = {"type": "number"}
NUMBER: Schema = {"type": ["number", "null"]}
FRACTION: Schema = {"type": ["number", "null"], "minimum": 0, "maximum": 1}


def record(description: str, **properties: Schema) -> Schema:
    """Return an object with these properties and no others."""
    return {
        "description": description,
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def by_key(description: str, keys: list[str], definition: str) -> Schema:
    """Return an object that holds one ``definition`` for each key."""
    return record(description, **{key: ref(definition) for key in keys})


def list_of(items: Schema) -> Schema:
    """Return an array of such items."""
    return {"type": "array", "items": items}


def ref(name: str) -> Schema:
    """Return a reference to a definition."""
    return {"$ref": f"#/$defs/{name}"}


def or_null(schema: Schema) -> Schema:
    """Return the schema, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def one_of(words: type[StrEnum]) -> Schema:
    """Return one of these words."""
    return {"enum": [str(word) for word in words]}
