"""Whole settings files, valid ones, each with the environment in it that is meant."""

import json
from typing import Any, NamedTuple

from hypothesis import strategies as st

from environments.mocks import mock_sets, served_count
from environments.networks import existing_networks, shared_networks
from environments.profiles import profiles
from environments.texts import (
    arns,
    digests,
    hosts,
    mail_addresses,
    named_environments,
    projects,
    pull_requests,
)
from environments.tokens import token_checks
from mockenv.settings.tokens import OPEN
from mockenv.settings.value_types import LOG_RETENTION_DAYS

Draw = st.DrawFn
Data = dict[str, Any]

WITH_SHARED = [False] * 7 + [True]


class Drawn(NamedTuple):
    """A settings file as data, the name of one of its environments, and whether the shared stacks
    that it wants are tried as well.
    """

    data: Data
    environment: str
    with_shared: bool = False

    @property
    def text(self) -> str:
        """The file's text: JSON, as every JSON is YAML."""
        return json.dumps(self.data, ensure_ascii=False)


images = st.one_of(
    digests.map(lambda digest: f"registry.example.com:5000/own/image@sha256:{digest}"),
    st.sampled_from(["node:24.19.0-alpine", "own/image:1.0"]),
    st.just({"image": "own/image:1.0", "arm64": False}),
)
cache = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/ecr-public"
image_sets = st.fixed_dictionaries(
    {},
    optional={
        "registries": st.just({"public.ecr.aws": cache}),
        "mock_host": images,
        "mockserver": images,
    },
)
domains = st.builds(
    lambda name, rest: {"name": name, "hosted_zone_id": "Z0123456789ABCDEFGHIJ", **rest},
    hosts,
    st.fixed_dictionaries({}, optional={"certificate_arn": arns("acm", "certificate/{}")}),
)
for_the_project: st.SearchStrategy[Data] = st.fixed_dictionaries(
    {"project": projects},
    optional={
        "images": image_sets,
        "domain": domains,
        "kms_key": arns("kms", "key/{}"),
        "log_retention_days": st.sampled_from(LOG_RETENTION_DAYS),
        "notifications": st.lists(mail_addresses, max_size=20, unique=True),
    },
)


@st.composite
def settings_files(draw: Draw) -> Drawn:
    """Draw a file of every key, and a pull request or a named environment of it."""
    data: Data = dict(draw(for_the_project))
    if "domain" in data:  # which no two projects share
        data["domain"] |= {"name": f"{data['project']}.{data['domain']['name']}"}
    data["tokens"] = draw(token_checks())
    is_open = data["tokens"] == OPEN
    data["mocks"] = draw(mock_sets(scoped=not is_open))
    data["network"] = draw(shared_networks)
    profile = draw(profiles(mockservers=served_count(data["mocks"]), may_stay=not is_open))
    if draw(st.booleans()):
        drawn = _pull_request(data, profile, draw(pull_requests), draw(choices))
    else:
        drawn = _named(data, profile, draw(named_environments), draw(own_keys))
    return drawn._replace(with_shared=draw(st.sampled_from(WITH_SHARED)))


choices: st.SearchStrategy[Data] = st.one_of(
    st.just({}),
    st.just({}),
    st.fixed_dictionaries({"network": st.sampled_from(["shared", "dedicated"])}),
    st.fixed_dictionaries({"network": existing_networks()}),
)
own_keys: st.SearchStrategy[Data] = st.builds(
    lambda choice, rest: choice | rest,
    choices,
    st.fixed_dictionaries(
        {"priority": st.integers(40_001, 50_000)},
        optional={"deployment": st.sampled_from(["rolling", "blue-green"])},
    ),
)


def _pull_request(data: Data, profile: Data, number: int, choice: Data) -> Drawn:
    """The profile stands where all environments have it, what is chosen at a pattern."""
    return Drawn(data | {"defaults": profile, "environments": {"pr-*": choice}}, f"pr-{number}")


def _named(data: Data, profile: Data, name: str, own: Data) -> Drawn:
    balancers = data["network"].get("load_balancers", [1])
    if own.get("network", "shared") == "shared":
        own = own | {"load_balancer": len(balancers)}
    smallest = {"size": profile["size"]}  # defaults are checked as well: the mocks must fit
    return Drawn(data | {"defaults": smallest, "environments": {name: profile | own}}, name)
