"""The JSON Schema of a settings file."""

import json

from mockenv.settings.model import SettingsFile


def settings_schema() -> str:
    """Return the schema as text: the same bytes for the same model."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema |= SettingsFile.model_json_schema()
    schema["title"] = "mockenv.yaml"
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
