"""A cloud assembly made to fit the emulator, before anything of it is uploaded."""

import json
import platform
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError  # type: ignore[import-untyped]

from emulated_deployment.refusals import refused_types, without
from mockenv.lambda_package import Architecture, build_lambda_package

HOST: Mapping[str, Architecture] = {"x86_64": "x86_64", "AMD64": "x86_64", "aarch64": "arm64"}
MOST_TEMPLATE_BYTES = 51_200  # of a template that is sent along instead of uploaded


def templates(assembly: Path) -> dict[str, dict[str, Any]]:
    """Read all templates of an assembly, by stack."""
    files = sorted(assembly.glob("*.template.json"))
    return {file.name.split(".")[0]: json.loads(file.read_text()) for file in files}


def ask(cloudformation: Any, template: Mapping[str, Any]) -> set[str]:
    """Have the emulator look at a template: the types of its resources that it refuses."""
    body = json.dumps(template, separators=(",", ":"))
    if len(body.encode()) > MOST_TEMPLATE_BYTES:  # types are all that it is asked about
        resources = {name: {"Type": each["Type"]} for name, each in template["Resources"].items()}
        body = json.dumps({"Resources": resources})
    try:
        cloudformation.validate_template(TemplateBody=body)
    except ClientError as error:
        return refused_types(error.response["Error"]["Message"])
    return set()


def fit(assembly: Path, refuses: Callable[[Mapping[str, Any]], set[str]], root: Path) -> set[str]:
    """Leave out what is refused, exchange the token validator's package; return what is refused."""
    refused: set[str] = set()
    for file in assembly.glob("*.template.json"):
        template = json.loads(file.read_text())
        types = refuses(template)
        file.write_text(json.dumps(without(template, types)))
        refused |= types
    _exchange_validator(assembly, root)
    return refused


def _exchange_validator(assembly: Path, root: Path) -> None:
    """Put the package for this machine in the place of the one for ARM: both are locked alike."""
    archive = _validator(root, "arm64").read_bytes()
    own = _validator(root, HOST[platform.machine()]).read_bytes()
    for file in assembly.glob("asset.*.zip"):
        if file.read_bytes() == archive:
            file.write_bytes(own)


def _validator(root: Path, architecture: Architecture) -> Path:
    source = root / "lambda_src" / "token_validator"
    built = root / ".build" / "lambda"
    requirements = source / "requirements.txt"
    return build_lambda_package(source, requirements, built, architecture=architecture).archive
