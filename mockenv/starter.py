"""Writes a first mockenv.yaml for an OpenAPI document that somebody has."""

import os
import re
import unicodedata
from pathlib import Path
from string import Template

import yaml

from mockenv import names
from mockenv.errors import ExitCode, MockenvError
from mockenv.settings.documents import DocumentError, read_openapi
from mockenv.settings.sizes import needed_memory_mib, smallest_fitting_size

LONGEST_SPEC_PATH = 200  # what the settings model takes
FALLBACK_NAME = "mocks"
NOT_DISTINCTIVE = {"api", "apis", "openapi", "rest", "spec", "swagger", "the"}

STARTER = Template("""\
# yaml-language-server: $$schema=mockenv.schema.json
#
# What mockenv serves: on this machine with `mockenv up`; on AWS with
# `make deploy ENV=pr-123 FILE=<this file>` in mockenv's own folder.
# `mockenv check` finds mistakes; `mockenv schema > mockenv.schema.json` writes the schema by which
# an editor completes this file.

# Part of the name of every stack: 1 to 16 lower-case letters and digits, a letter first.
project: $project

# Each mock has a base path and one source. The longest base path that fits a request answers it.
mocks:
  $mock:
    path: $path # or / to serve it at the top
    spec: $spec # relative to this file
  # A second mock, with state, from expectations of MockServer:
  # ledger:
  #   path: /ledger
  #   engine: mockserver
  #   expectations: mocks/ledger.json

# Who may call. Without this, nothing but the tokens of `mockenv token` opens an environment, and
# those are good on the machine that made them only. Before you deploy, name your identity provider,
# or the SHA-256 digests of tokens that you hand out.
# tokens:
#   header: authorization # x-mock-token, if the mocked API wants that header for itself
#   cache_seconds: 300 # how long the gateway may reuse an answer about a token
#   kinds:
#     - kind: jwt
#       issuer: https://identity.example.com
#       audience: [$project-mocks]
#       jwks_url: https://identity.example.com/.well-known/jwks.json
#       algorithms: [RS256]
#     - kind: static # printf %s "$$TOKEN" | sha256sum
#       sha256: ["0000000000000000000000000000000000000000000000000000000000000000"]

# Of all environments on AWS:
# domain: {name: mocks.example.com, hosted_zone_id: Z0123456789ABCDEFGHIJ} # else API Gateway's URL
# notifications: [you@example.com] # told before an environment ends, and of alarms

# What an environment has unless it says otherwise.
defaults:
  size: $size # this document needs about $need_mib MiB
  ttl: 8h # an environment deletes itself after this time without an update
  max_ttl: 7d # and extensions end here

# By name or by the start of one; an exact name counts before a pattern.
environments:
  pr-*: # pull requests; their number is the priority of their load balancer rule
    ttl: 8h
  # dev: # a named environment states a priority of its own, 40001 to 50000
  #   priority: 40001
  #   ttl: 3d
  #   owner: you@example.com

# Who gets tokens from a run on this machine, by POST /_mockenv/token as from a real provider, and
# what they may hold. Without this: developer, with a password that mockenv up prints.
# local:
#   users:
#     alice: {password: good-here-only, scopes: [read]}
""")


def starter_file(spec_path: Path, folder: Path, project: str | None = None) -> str:
    """Return the text of a commented settings file, to lie in `folder`, that serves one document.

    Without a project its name is made from the document's title, or else from the folder's name.
    Raises MockenvError (exit code 2) if the document or the project's name can't be used.
    """
    spec = _relative_path(spec_path, folder)
    try:
        document, load = read_openapi(spec_path, str(spec_path))
    except DocumentError as error:
        raise _bad_input(error.wrong, error.right) from error
    title = document["info"].get("title")
    words = _words(title if isinstance(title, str) else "")
    need_mib = needed_memory_mib([load])
    return STARTER.substitute(
        project=_scalar(_checked(project) if project is not None else _project_name(words, folder)),
        mock=_scalar(_mock_name(words)),
        path=f"/{_mock_name(words)}",
        spec=_scalar(spec),
        size=smallest_fitting_size(need_mib),
        need_mib=need_mib,
    )


def _relative_path(spec_path: Path, folder: Path) -> str:
    spec = spec_path.parent.resolve() / spec_path.name
    relative = Path(os.path.relpath(spec, folder.resolve())).as_posix()
    if len(relative) > LONGEST_SPEC_PATH:
        wrong = f"{relative} is longer than {LONGEST_SPEC_PATH} characters"
        raise _bad_input(wrong, "put the document nearer to the settings file")
    if not _is_unicode(relative):
        raise _bad_input(f"{relative!r} is not Unicode", "give the document another name")
    return relative


def _is_unicode(path: str) -> bool:
    """Tell a path from one with bytes that Python could only smuggle through as surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in path)


def _words(title: str) -> list[str]:
    """Split a title into lower-case ASCII words; accents fall away, other scripts too."""
    ascii_title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_title.lower())
    return [word for word in words if word not in NOT_DISTINCTIVE] or words


def _project_name(title_words: list[str], folder: Path) -> str:
    for words in (title_words, _words(folder.resolve().name)):
        letters_first = "".join(words).lstrip("0123456789")
        if letters_first:
            return letters_first[:16]
    return FALLBACK_NAME


def _mock_name(title_words: list[str]) -> str:
    name = "-".join(title_words).lstrip("0123456789-")[:31].rstrip("-")
    return name or FALLBACK_NAME


def _checked(project: str) -> str:
    if not names.PROJECT_FORM.fullmatch(project):
        wrong = f"{project!r} can't be a project's name"
        raise _bad_input(wrong, "use 1 to 16 lower-case letters and digits, a letter first")
    return project


def _scalar(text: str) -> str:
    """Write text as YAML on one line, in quotes only where it needs them (`no`, `a: b`)."""
    style = None if text.isprintable() else '"'
    dumped = yaml.safe_dump([text], default_style=style, allow_unicode=True, width=float("inf"))
    return dumped.removeprefix("- ").rstrip("\n")


def _bad_input(wrong: str, right: str) -> MockenvError:
    return MockenvError(wrong, next_step=right, exit_code=ExitCode.BAD_INPUT)
