"""Networks: shared, dedicated, somebody else's; several load balancers."""

from typing import Any

from hypothesis import strategies as st

from environments.texts import ids
from mockenv.settings.network import MOST_LOAD_BALANCERS

Draw = st.DrawFn

balancer_starts = st.lists(
    st.integers(2, 40_000), max_size=MOST_LOAD_BALANCERS - 1, unique=True
).map(lambda later: [1, *sorted(later)])
own_networks = st.fixed_dictionaries(
    {},
    optional={
        "cidr": st.sampled_from(["10.0.0.0/16", "10.20.0.0/24", "192.168.0.0/20"]),
        "nat": st.sampled_from(["none", "instance", "gateway"]),
        "load_balancers": balancer_starts,
        "zones": st.just(["eu-central-1a", "eu-central-1c"]),
    },
)


@st.composite
def existing_networks(draw: Draw) -> dict[str, Any]:
    """Draw a VPC that is there, alone, with its listener, or with its link as well."""
    zones = draw(st.integers(2, 6))
    subnets = st.lists(ids("subnet-"), min_size=zones, max_size=zones, unique=True)
    network: dict[str, Any] = {"vpc_id": draw(ids("vpc-")), "task_subnet_ids": draw(subnets)}
    network |= draw(
        st.fixed_dictionaries(
            {}, optional={"inner_subnet_ids": subnets, "public_tasks": st.just(True)}
        )
    )
    with_listener = draw(st.sampled_from(["nothing", "listener", "link"]))
    if with_listener != "nothing":
        network["listener_arn"] = (
            "arn:aws:elasticloadbalancing:eu-central-1:123456789012:listener/app/theirs/0a1b/2c3d"
        )
        network["load_balancer_security_group_id"] = draw(ids("sg-"))
    if with_listener == "link":
        network["gateway_link_id"] = "abc123"
    return network


shared_networks: st.SearchStrategy[dict[str, Any]] = st.one_of(
    own_networks,
    own_networks,
    existing_networks().map(lambda existing: {"existing": existing}),
)
