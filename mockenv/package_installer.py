"""Installs locked wheels for another platform into a folder, by uv."""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from mockenv.errors import MockenvError

# Runs uv with these arguments; raises InstallError with what uv said if it fails.
RunUv = Callable[[Sequence[str]], None]


class InstallError(Exception):
    """uv failed; the message is what it printed."""


def run_uv(arguments: Sequence[str]) -> None:
    """Runs the uv that is installed beside this Python."""
    from uv import find_uv_bin  # noqa: PLC0415 - not needed while a package is found built

    try:
        subprocess.run(
            [find_uv_bin(), *arguments], check=True, capture_output=True, text=True, timeout=600
        )
    except subprocess.CalledProcessError as error:
        raise InstallError(error.stderr.strip()) from None
    except (OSError, subprocess.TimeoutExpired) as error:
        raise InstallError(str(error)) from None


def install_wheels(
    requirements: Path, target: Path, *, platform: str, python_version: str, run_uv: RunUv
) -> None:
    """Installs `requirements` (all with hashes) into `target`, if possible without network.

    `platform` is one of uv's names, such as "aarch64-manylinux2014". Raises MockenvError when
    the wheels are neither in uv's cache nor to be had from the package index.
    """
    arguments = _arguments(requirements, target, platform, python_version)
    try:
        run_uv([*arguments, "--offline"])
    except InstallError:
        _install_online(arguments, requirements, run_uv)


def _install_online(arguments: Sequence[str], requirements: Path, run_uv: RunUv) -> None:
    try:
        run_uv(arguments)
    except InstallError as error:
        raise MockenvError(
            f"the packages in {requirements} can't be installed for Lambda: {error}",
            next_step="run `make setup` once with a network; later builds need none",
        ) from None


def _arguments(
    requirements: Path, target: Path, platform: str, python_version: str
) -> tuple[str, ...]:
    return (
        *("pip", "install", "--requirements", os.fspath(requirements), "--require-hashes"),
        *("--target", os.fspath(target), "--python", sys.executable),
        *("--python-platform", platform, "--python-version", python_version),
        # Copies, since links would share modes and times with uv's cache.
        *("--only-binary", ":all:", "--link-mode", "copy", "--no-progress"),
    )
