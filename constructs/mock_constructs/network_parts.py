"""The parts of a network that are slow to create, for the shared stack and for environments."""

from collections.abc import Sequence
from dataclasses import dataclass

from aws_cdk import aws_elasticloadbalancingv2 as elb
from constructs import Construct, IDependable

from mock_constructs.existing_vpc import ExistingVpc
from mock_constructs.gateway_link import GatewayLink
from mock_constructs.imported import imported_listener
from mock_constructs.internal_load_balancer import InternalLoadBalancer
from mock_constructs.network import NewVpc
from mock_constructs.security_groups import SecurityGroups
from mockenv.settings.network import Network

Place = NewVpc | ExistingVpc


@dataclass(frozen=True)
class NetworkParts:
    """A network; `listeners` are those of its load balancers, the first one first.

    `made_link` is the gateway link, empty if it was there already.
    """

    place: Place
    groups: SecurityGroups
    listeners: Sequence[elb.IApplicationListener]
    gateway_link_id: str
    made_link: Sequence[IDependable]


def make_network(scope: Construct, *, name: str, whose: str, network: Network) -> NetworkParts:
    """Make what `network` asks for and does not name; `whose` it is stands in descriptions."""
    place = _place(scope, network)
    groups = SecurityGroups(
        scope, "SecurityGroups", vpc=place.vpc, whose=whose, existing=network.existing
    )
    place.admit_to_nat(groups.tasks)
    listeners = _listeners(scope, network, place, groups)
    given_link = network.existing.gateway_link_id if network.existing else None
    if given_link is not None:
        return NetworkParts(place, groups, listeners, given_link, ())
    link = GatewayLink(
        scope,
        "GatewayLink",
        name=name,
        subnets=place.inner_subnets,
        security_group=groups.add_gateway_link(),
    )
    return NetworkParts(place, groups, listeners, link.link_id, (link,))


def _place(scope: Construct, network: Network) -> Place:
    if network.existing is not None:
        return ExistingVpc(scope, "Network", existing=network.existing)
    return NewVpc(scope, "Network", network=network)


def _listeners(
    scope: Construct, network: Network, place: Place, groups: SecurityGroups
) -> Sequence[elb.IApplicationListener]:
    if network.existing is not None and network.existing.listener_arn is not None:
        arn = network.existing.listener_arn
        return (imported_listener(scope, arn, security_group=groups.load_balancer),)
    count = len(network.load_balancers)
    balancers = [
        InternalLoadBalancer(
            scope,
            _construct_id(number),
            vpc=place.vpc,
            subnets=place.inner_subnets,
            security_group=groups.load_balancer,
        )
        for number in range(1, count + 1)
    ]
    return [balancer.listener for balancer in balancers]


def _construct_id(load_balancer: int) -> str:
    """Leave the first one's id as it is when others come: a new id would replace it."""
    return "Balancer" if load_balancer == 1 else f"Balancer{load_balancer}"
