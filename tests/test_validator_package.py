"""The token validator's real package, installed by the real uv from its cache."""

import subprocess
import sys
from pathlib import Path

import pytest

from mockenv.lambda_package import Architecture, LambdaPackage, build_lambda_package
from mockenv.package_installer import InstallError, run_uv
from package_entries import contents

ROOT = Path(__file__).resolve().parents[1]
VALIDATOR = ROOT / "lambda_src" / "token_validator"


# ELF header: e_machine at offset 18.
MACHINES: dict[Architecture, int] = {"arm64": 183, "x86_64": 62}


@pytest.fixture(scope="module")
def validator_package(tmp_path_factory: pytest.TempPathFactory) -> LambdaPackage:
    return real_package(tmp_path_factory.mktemp("one"), "arm64")


def real_package(output_root: Path, architecture: Architecture) -> LambdaPackage:
    return build_lambda_package(
        VALIDATOR, VALIDATOR / "requirements.txt", output_root, architecture=architecture
    )


@pytest.mark.parametrize("architecture", MACHINES)
def test_the_validators_package_is_built_for_its_machine_and_small_enough(
    tmp_path: Path, architecture: Architecture
) -> None:
    package = real_package(tmp_path, architecture)
    assert (package.path / "token_validator" / "handler.py").is_file()
    assert not (package.path / "token_validator" / "requirements.txt").exists()
    libraries = list(package.path.rglob("*.so"))
    assert libraries
    for library in libraries:
        machine = int.from_bytes(library.read_bytes()[18:20], "little")
        assert machine == MACHINES[architecture]
    assert package.archive.stat().st_size <= 6_000_000


def test_the_validators_package_is_the_same_wherever_it_is_built(
    validator_package: LambdaPackage, tmp_path: Path
) -> None:
    again = real_package(tmp_path / "a" / "rather" / "deeper" / "place", "arm64")
    assert contents(again.path) == contents(validator_package.path)


def test_a_package_names_no_folder_of_the_machine_it_was_built_on(
    validator_package: LambdaPackage,
) -> None:
    here = str(validator_package.path.parent).encode()
    prefix = sys.prefix.encode()
    for path in validator_package.path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert here not in content
            assert prefix not in content


def test_the_command_builds_the_validators_package_and_says_where() -> None:
    command = [sys.executable, "-m", "mockenv.lambda_package"]
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert (ROOT / output.strip() / "token_validator" / "handler.py").is_file()
    assert "-arm64-" in output


def test_uv_says_what_it_can_not_do(tmp_path: Path) -> None:
    with pytest.raises(InstallError, match=r"missing\.txt"):
        run_uv(["pip", "install", "--offline", "--requirements", str(tmp_path / "missing.txt")])
