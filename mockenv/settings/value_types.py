"""The kinds of text that settings hold, each refused with what would be right."""

import re
from collections.abc import Callable
from ipaddress import IPv4Network
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

from mockenv import names
from mockenv.settings.durations import parse_ttl

SECRET_FORM = re.compile(
    r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}"
    r"-[A-Za-z0-9]{6}"
)
PUBLIC_JWK_MEMBERS = {"kty", "crv", "x", "y", "kid", "alg", "use"}
EXAMPLE_ID = "0a1b2c3d4e5f60718"
REGISTRY_HOST = r"[a-z0-9][a-z0-9.-]*\.[a-z]{2,63}(:[0-9]{2,5})?"
IMAGE_FORM = re.compile(
    r"[a-z0-9][a-z0-9.-]*(:[0-9]{2,5}/)?[a-z0-9._/-]{0,250}"
    r"(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}(@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64})"
)
# The lengths up to a quarter that CloudWatch Logs offers (API reference, PutRetentionPolicy).
LOG_RETENTION_DAYS = (1, 3, 5, 7, 14, 30, 60, 90)
NETWORK_RANGE_FORM = "a private IPv4 range from /16 to /24, such as 10.0.0.0/16"


def _check_project(name: str) -> str:
    if not names.PROJECT_FORM.fullmatch(name):
        raise ValueError("a project is 1 to 16 lower-case letters and digits, a letter first")
    return name


def _check_mock_name(name: str) -> str:
    if not names.MOCK_FORM.fullmatch(name):
        raise ValueError(
            "a mock's name is 1 to 31 lower-case letters, digits and hyphens, a letter first"
        )
    return name


def _check_base_path(path: str) -> str:
    if not names.BASE_PATH_FORM.fullmatch(path) or {".", ".."} & set(path.split("/")):
        raise ValueError(
            "a path is / or /name or /name/name: letters, digits and . _ ~ -, no slash at its end"
        )
    if path == names.OWN_PATH or path.startswith(f"{names.OWN_PATH}/"):
        raise ValueError(f"{names.OWN_PATH} is mockenv's own: choose another path")
    return path


def _check_ttl(text: str) -> str:
    parse_ttl(text)
    return text


def _refuse_bare_number(value: object) -> object:
    if isinstance(value, int | float):
        raise ValueError(f"a TTL has a unit: {value}h, {value}d, or never")
    return value


def _check_https_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.fragment:
        raise ValueError(
            "an address here starts with https:// and has a host, no user or #fragment"
        )
    return url


def _check_remote_address(url: str) -> str:
    _check_https_url(url)
    parts = urlsplit(url)
    if parts.query or not parts.path:
        raise ValueError(
            "name a file, or a folder with a slash at its end: https://schemas.example.com/common/"
        )
    return url


def _check_digest(text: str) -> str:
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise ValueError("a SHA-256 digest is 64 lower-case hexadecimal digits; never the token")
    return text


def _check_secret_arn(text: str) -> str:
    if not SECRET_FORM.fullmatch(text):
        raise ValueError(
            "a secret's whole ARN: arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-AbCdEf"
        )
    return text


def _check_user_pool_id(text: str) -> str:
    if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-[0-9]+_[A-Za-z0-9]{1,55}", text):
        raise ValueError("a user pool's id holds its region: eu-central-1_AbCdEfGhI")
    return text


def _check_web_host(text: str) -> str:
    if not re.fullmatch(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", text):
        raise ValueError(
            "a domain is a host's name in lower case, without https://: mocks.example.com"
        )
    return text


def _check_repository_id(value: object) -> object:
    """Admit a number too, as ids look like one."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not re.fullmatch(r"[1-9][0-9]{0,18}", text):
        raise ValueError("a repository's id is a number: gh api repos/OWNER/NAME --jq .id")
    return text


def _check_public_jwk(jwk: dict[str, str]) -> dict[str, str]:
    if set(jwk) - PUBLIC_JWK_MEMBERS or jwk.get("kty") != "EC" or jwk.get("crv") != "P-256":
        raise ValueError(
            "a public key has kty: EC, crv: P-256, x, y and perhaps kid, alg, use; never d"
        )
    return jwk


def _check_network_range(text: str) -> str:
    try:
        network = IPv4Network(text)
    except ValueError as error:
        raise ValueError(NETWORK_RANGE_FORM) from error
    if not network.is_private or not 16 <= network.prefixlen <= 24:
        raise ValueError(NETWORK_RANGE_FORM)
    return text


def _check_pattern(pattern: str) -> str:
    literal = pattern.removesuffix("*")
    if literal == pattern:
        return names.check_environment_name(pattern)
    if not re.fullmatch(r"([a-z][a-z0-9-]{0,19})?", literal):
        raise ValueError("a pattern is the start of a name and one * at its end, such as pr-*")
    return pattern


def _check_id(prefix: str) -> Callable[[str], str]:
    """Return a check of an id as EC2 and API Gateway give them: vpc-0a1b2c3d."""

    def check(text: str) -> str:
        if not re.fullmatch(rf"{prefix}[0-9a-z]{{6,17}}", text):
            raise ValueError(f"an id here looks like {prefix}{EXAMPLE_ID}")
        return text

    return check


def _check_zone(text: str) -> str:
    """Refuse ids (`euw3-az1`), which subnets are not made by, and names of local zones."""
    if not re.fullmatch(r"[a-z]{2}(-[a-z]+)+-[0-9][a-z]", text):
        raise ValueError("a zone's name in this account, such as eu-west-3a")
    return text


def _check_arn(service: str, resource: str, example: str) -> Callable[[str], str]:
    """Return a check of an ARN of one kind of resource, as a pattern."""

    def check(text: str) -> str:
        if not re.fullmatch(rf"arn:aws[a-z-]*:{service}:[a-z0-9-]+:[0-9]{{12}}:{resource}", text):
            raise ValueError(f"a whole ARN: arn:aws:{service}:REGION:ACCOUNT:{example}")
        return text

    return check


def _check_hosted_zone_id(text: str) -> str:
    if not re.fullmatch(r"Z[A-Z0-9]{1,31}", text):
        raise ValueError("a hosted zone's id starts with Z: Z0123456789ABCDEFGHIJ")
    return text


def _check_image(text: str) -> str:
    """Admit what names one image for good: with an exact tag, a digest, or both."""
    if not IMAGE_FORM.fullmatch(text):
        raise ValueError(
            "an image has an exact tag or a digest: registry.example.com/node:24.19.0-alpine"
        )
    if text.endswith(":latest") or ":latest@" in text:
        raise ValueError("latest is another image every day: give an exact tag or a digest")
    return text


def _check_registry_host(text: str) -> str:
    if not re.fullmatch(REGISTRY_HOST, text):
        raise ValueError("a registry is a host's name: public.ecr.aws, docker.io")
    return text


def _check_registry_prefix(text: str) -> str:
    if not re.fullmatch(rf"{REGISTRY_HOST}(/[a-z0-9][a-z0-9._-]*)*", text):
        raise ValueError(
            "a host's name and a path: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/ecr-public"
        )
    return text


def _check_log_retention(days: int) -> int:
    if days not in LOG_RETENTION_DAYS:
        raise ValueError(f"CloudWatch Logs keeps {', '.join(map(str, LOG_RETENTION_DAYS))} days")
    return days


def _check_owner(text: str) -> str:
    """Admit what an AWS tag's value may hold (AWS, "Tag naming limits and requirements")."""
    if not re.fullmatch(r"[\w +\-=.:/@]{1,100}", text) or text != text.strip():
        raise ValueError("an owner is 1 to 100 letters, digits, spaces and + - = . _ : / @")
    return text


def _check_email_address(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}", text):
        raise ValueError("an e-mail address is name@domain.example")
    return text


Project = Annotated[str, AfterValidator(_check_project)]
MockName = Annotated[str, AfterValidator(_check_mock_name)]
BasePath = Annotated[str, AfterValidator(_check_base_path)]
Ttl = Annotated[str, BeforeValidator(_refuse_bare_number), AfterValidator(_check_ttl)]
HttpsUrl = Annotated[str, AfterValidator(_check_https_url)]
RemoteAddress = Annotated[str, AfterValidator(_check_remote_address)]
Sha256 = Annotated[str, AfterValidator(_check_digest)]
SecretArn = Annotated[str, AfterValidator(_check_secret_arn)]
UserPoolId = Annotated[str, AfterValidator(_check_user_pool_id)]
WebHost = Annotated[str, AfterValidator(_check_web_host)]
RepositoryId = Annotated[str, BeforeValidator(_check_repository_id)]
PublicJwk = Annotated[dict[str, str], AfterValidator(_check_public_jwk)]
NetworkRange = Annotated[str, AfterValidator(_check_network_range)]
EnvironmentPattern = Annotated[str, AfterValidator(_check_pattern)]
EmailAddress = Annotated[str, AfterValidator(_check_email_address)]
VpcId = Annotated[str, AfterValidator(_check_id("vpc-"))]
SubnetId = Annotated[str, AfterValidator(_check_id("subnet-"))]
ZoneName = Annotated[str, AfterValidator(_check_zone)]
SecurityGroupId = Annotated[str, AfterValidator(_check_id("sg-"))]
GatewayLinkId = Annotated[str, AfterValidator(_check_id(""))]
ListenerArn = Annotated[
    str,
    AfterValidator(
        _check_arn(
            "elasticloadbalancing",
            r"listener/app/[A-Za-z0-9-]{1,32}/[0-9a-f]+/[0-9a-f]+",
            "listener/app/NAME/ID/ID",
        )
    ),
]
CertificateArn = Annotated[
    str, AfterValidator(_check_arn("acm", r"certificate/[0-9a-f-]{36}", "certificate/ID"))
]
KmsKeyArn = Annotated[
    str,
    AfterValidator(
        _check_arn("kms", r"key/[0-9a-f-]{36}", "key/ID, neither an alias nor of several regions")
    ),
]
HostedZoneId = Annotated[str, AfterValidator(_check_hosted_zone_id)]
ImageName = Annotated[str, AfterValidator(_check_image)]
RegistryHost = Annotated[str, AfterValidator(_check_registry_host)]
RegistryPrefix = Annotated[str, AfterValidator(_check_registry_prefix)]
LogRetentionDays = Annotated[int, AfterValidator(_check_log_retention)]
Owner = Annotated[str, AfterValidator(_check_owner)]
Text = Annotated[str, Field(min_length=1, max_length=200)]
