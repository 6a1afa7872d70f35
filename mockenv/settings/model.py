"""What a `mockenv.yaml` may hold: frozen models that refuse unknown keys.

The models check what can be said of one value or of one object; checks.py looks at the whole file
and at the files that it names, resolve.py at what an environment comes to.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import (
    AfterValidator,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from mockenv import names
from mockenv.settings.domain import Domain
from mockenv.settings.faults import Errors, Latency
from mockenv.settings.frozen import Frozen
from mockenv.settings.images import Images
from mockenv.settings.local import Local
from mockenv.settings.network import MOST_LOAD_BALANCERS, Network, NetworkChoice
from mockenv.settings.sizes import FARGATE_MEMORY_MIB, NAMED_SIZES, TaskSize, fargate_problem
from mockenv.settings.tokens import MockScope, NoTokens, Tokens, tokens_form
from mockenv.settings.value_types import (
    BasePath,
    EmailAddress,
    EnvironmentPattern,
    KmsKeyArn,
    LogRetentionDays,
    MockName,
    Owner,
    Project,
    RemoteAddress,
    Text,
    Ttl,
)

MOST_MOCKS = 70  # each takes four of the 300 routes of an HTTP API
MOST_TASKS = 200


class Engine(StrEnum):
    """What answers for a mock."""

    PRISM = "prism"
    MOCKSERVER = "mockserver"


class Mock(Frozen):
    """One mocked API: where it stands, what answers, and its source file."""

    path: BasePath = Field(description="Base path of the mock: / or /name")
    engine: Engine = Field(default=Engine.PRISM, strict=False, description="prism or mockserver")
    spec: Text | None = Field(default=None, description="OpenAPI document, for engine prism")
    expectations: Text | None = Field(
        default=None, description="MockServer expectations (JSON), for engine mockserver"
    )
    stateless: bool = Field(
        default=False,
        description="The expectations keep no state, so that several tasks may serve them",
    )
    remote_refs: tuple[RemoteAddress, ...] = Field(
        default=(),
        max_length=50,
        description="Files, or with a slash at the end folders, that mockenv fetch may copy",
    )
    scopes: tuple[MockScope, ...] = Field(
        default=(), max_length=10, description="Scopes that a token needs for this mock, all"
    )
    latency: Latency | None = Field(default=None, description="How long answers take")
    errors: Errors | None = Field(default=None, description="Which share of requests fails")

    @model_validator(mode="after")
    def _one_source(self) -> "Mock":
        wanted, other = ("spec", "expectations")
        if self.engine is Engine.MOCKSERVER:
            wanted, other = other, wanted
        if getattr(self, wanted) is None:
            raise ValueError(f"a mock with engine {self.engine} needs the key {wanted}")
        if getattr(self, other) is not None:
            raise ValueError(f"{other} does not go with engine {self.engine}: remove it")
        if self.remote_refs and self.spec is None:
            raise ValueError(f"remote_refs does not go with engine {self.engine}: remove it")
        return self

    @property
    def source(self) -> str:
        """The source file, as the settings file names it."""
        return self.spec or self.expectations or ""


class ExplicitSize(Frozen):
    """A task size in numbers, for what the named sizes do not fit."""

    cpu: int = Field(description=f"One of {', '.join(map(str, FARGATE_MEMORY_MIB))}")
    memory_mib: int = Field(description="As Fargate offers it with these CPU units")

    @model_validator(mode="after")
    def _offered(self) -> "ExplicitSize":
        problem = fargate_problem(TaskSize(self.cpu, self.memory_mib))
        if problem:
            raise ValueError(problem)
        return self


def _check_named_size(size: str) -> str:
    if size not in NAMED_SIZES:
        raise ValueError(f"a size is {', '.join(NAMED_SIZES)}, or {{cpu: …, memory_mib: …}}")
    return size


def _size_form(value: object) -> str:
    return "explicit" if isinstance(value, dict | ExplicitSize) else "named"


Size = Annotated[
    Annotated[str, AfterValidator(_check_named_size), Tag("named")]
    | Annotated[ExplicitSize, Tag("explicit")],
    Discriminator(_size_form),
]


class TaskCount(Frozen):
    """How many tasks serve an environment."""

    min: int = Field(default=1, ge=1, le=MOST_TASKS, description="Tasks that always serve")
    max: int = Field(
        default=1, ge=1, le=MOST_TASKS, description="Above min: tasks follow the load up to here"
    )
    requests_per_second: float | None = Field(
        default=None,
        ge=0.1,
        description="What one task answers at most, if you measured it; scaling goes by it",
    )

    @model_validator(mode="after")
    def _ordered(self) -> "TaskCount":
        if self.min > self.max:
            raise ValueError("min must not be above max")
        return self


class Throttle(Frozen):
    """How many requests the gateway lets through."""

    requests_per_second: int = Field(
        default=200, ge=1, le=10_000, description="More are answered with 429"
    )
    burst: int = Field(
        default=400, ge=1, le=5_000, description="How many more at once, for a moment"
    )


class AlarmSet(StrEnum):
    """How much of an environment alarms people."""

    ONE = "one"
    ALL = "all"


class Deployment(StrEnum):
    """How new tasks take over from old ones."""

    ROLLING = "rolling"
    BLUE_GREEN = "blue-green"


class Profile(Frozen):
    """Settings of environments; what is left out comes from `defaults`."""

    size: Size | None = Field(default=None, description=f"{', '.join(NAMED_SIZES)} or numbers")
    tasks: TaskCount | None = Field(default=None, description="How many tasks serve")
    spot: bool | None = Field(default=None, description="Run tasks on Fargate Spot")
    on_demand_base: int | None = Field(
        default=None,
        ge=0,
        le=MOST_TASKS,
        description="With spot: so many tasks, the first ones, stay on demand",
    )
    ttl: Ttl | None = Field(default=None, description="Time to live: 8h, 3d, never")
    max_ttl: Ttl | None = Field(default=None, description="No extension goes past this")
    owner: Owner | None = Field(default=None, description="Whom to ask about the environment")
    throttle: Throttle | None = Field(
        default=None, description="How many requests the gateway lets through"
    )
    alarms: AlarmSet | None = Field(
        default=None,
        strict=False,
        description="Which alarms notify: one or all. Built in: one for pull requests, else all",
    )


class EnvironmentProfile(Profile):
    """Settings of the environments whose name fits a name or pattern."""

    priority: int | None = Field(
        default=None,
        ge=names.NAMED_PRIORITIES.start,
        le=names.NAMED_PRIORITIES.stop - 1,
        description="Load balancer rule of a named environment; pull requests use their number",
    )
    load_balancer: int | None = Field(
        default=None,
        ge=1,
        le=MOST_LOAD_BALANCERS,
        description="Which one serves a named environment; pull requests go by their number",
    )
    network: NetworkChoice | None = Field(
        default=None, description="shared, dedicated, or the ids of a VPC that is there already"
    )
    deployment: Deployment | None = Field(
        default=None,
        strict=False,
        description="rolling, or blue-green (experimental) for environments that stay",
    )


TokenCheck = Annotated[
    Annotated[Tokens, Tag("checked")] | Annotated[NoTokens, Tag("unchecked")],
    Discriminator(tokens_form),
]


class SettingsFile(Frozen):
    """A whole mockenv.yaml."""

    project: Project = Field(description="Short name of the project: letters and digits")
    mocks: dict[MockName, Mock] = Field(
        min_length=1, max_length=MOST_MOCKS, description="Each mocked API by its name"
    )
    tokens: TokenCheck = Field(
        default=Tokens(), description="Who may call, or none-i-want-this-open"
    )
    network: Network = Field(
        default=Network(), description="The network that environments share: make deploy"
    )
    images: Images = Field(default=Images(), description="Container images of tasks")
    domain: Domain | None = Field(
        default=None, description="Domain of your own that environments answer under"
    )
    kms_key: KmsKeyArn | None = Field(
        default=None,
        description="ARN of the KMS key that encrypts what is stored, in place of AWS's own",
    )
    log_retention_days: LogRetentionDays = Field(
        default=7, description="How long logs are kept, also of environments that are gone: 1 to 90"
    )
    notifications: tuple[EmailAddress, ...] = Field(
        default=(),
        max_length=20,
        description="E-mail addresses that are told of environments that end, and of alarms",
    )
    defaults: Profile = Field(
        default=Profile(), description="What an environment has unless it says otherwise"
    )
    environments: dict[EnvironmentPattern, EnvironmentProfile] = Field(
        default_factory=dict,
        description="By name, or by the start of one: pr-*. The longest that fits counts",
    )
    local: Local = Field(default=Local(), description="What only `mockenv up` reads")
