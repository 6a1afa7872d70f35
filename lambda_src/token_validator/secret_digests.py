"""The digests of fixed tokens that a secret holds: {"sha256": ["<64 hex digits>", …]}."""

from collections.abc import Callable, Iterable

from token_validator import strict_json
from token_validator.kept import Kept, Rhythm, Source
from token_validator.kinds import read_digests
from token_validator.log import Log
from token_validator.shape import SettingsError
from token_validator.static_tokens import DigestsUnavailable

REREAD_SECONDS = 60
_NOTHING_USABLE = "no version of the secret holds digests"

ReadVersions = Callable[[str], Iterable[str]]


class SecretDigests:
    """A source of digests over the secret of that ARN; `read` gives its versions' texts.

    Both versions count. One that is not usable is left out and told to the log, as the one before
    a first mistake stays `AWSPREVIOUS` after it was mended.
    """

    def __init__(self, arn: str, *, read: ReadVersions, log: Log) -> None:
        self._arn = arn
        self._read = read
        self._log = log
        self._kept = Kept(
            self._load,
            rhythm=Rhythm(REREAD_SECONDS, REREAD_SECONDS),
            source=Source("secret_refused", arn),
            log=log,
        )

    def digests(self, now: float) -> tuple[bytes, ...]:
        """The digests (32 bytes each) at `now`, in seconds since 1970."""
        digests = self._kept.get(now)
        if digests is None:
            raise DigestsUnavailable
        return digests

    def _load(self) -> tuple[bytes, ...]:
        versions = [self._parse(text) for text in self._read(self._arn)]
        digests = tuple(digest for version in versions for digest in version)
        if not digests:
            raise ValueError(_NOTHING_USABLE)
        return digests

    def _parse(self, text: str) -> list[bytes]:
        try:
            members = strict_json.parse_object(text.encode("utf-8"))
            if members.keys() != {"sha256"}:
                raise ValueError("the secret is not a JSON object with sha256, and nothing else")
            return read_digests(members["sha256"], "sha256")
        except (ValueError, SettingsError) as error:
            self._log.write("secret_version_refused", source=self._arn, problem=str(error))
            return []
