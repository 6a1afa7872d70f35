"""The documents that engines are compared on."""

from bench.engines.engine import Document
from mockenv.local.tools import CHECKOUT

GITHUB = Document(
    name="GitHub's API description",
    file=CHECKOUT / "node_modules" / "@octokit" / "openapi" / "generated" / "api.github.com.json",
    path="/repos/a/b/issues",
    varied="/repos/a/[<id>]/issues",
    invalid="/repos/a/b/issues?per_page=many",
    unmatched="/repos/a/[<id>]/issues/1/nothing",
)
PETSTORE = Document(
    name="pet store",
    file=CHECKOUT / "tests" / "specs" / "petstore-expanded.yaml",
    path="/pets",
    varied="/pets?tags=[<id>]&limit=10",
    invalid="/pets?limit=many",
    unmatched="/pets/[<id>]/nothing",
    server_path="/v2",
)
