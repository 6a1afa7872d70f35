"""Which network an environment runs in."""

from aws_cdk import Annotations
from constructs import Construct

from mock_constructs.environment_network import EnvironmentNetwork
from mock_constructs.own_network import OwnNetwork
from mock_constructs.shared_network import SharedNetwork
from mockenv import names
from mockenv.cost.network_costs import usd_per_hour
from mockenv.settings.network import ExistingNetwork, Network, NetworkKind
from mockenv.settings.resolve import EnvironmentSettings

SLOW_NETWORK_WARNING = "mockenv:slowNetwork"


def environment_network(
    scope: Construct, construct_id: str, settings: EnvironmentSettings
) -> EnvironmentNetwork:
    """Import the shared network, or make the environment's own in its stack."""
    own = own_network_settings(settings)
    if own is None:
        return SharedNetwork(scope, "SharedNetwork", settings=settings)
    if names.pull_request_number(settings.environment) is not None:
        _warn(scope, own)
    return OwnNetwork(scope, construct_id, settings=settings, network=own)


def own_network_settings(settings: EnvironmentSettings) -> Network | None:
    """Return what an environment's own network is made from, None if it runs in the shared one."""
    choice = settings.network_choice
    if isinstance(choice, ExistingNetwork):
        return Network(existing=choice)
    if choice is NetworkKind.SHARED:
        return None
    shared = settings.network
    return Network(cidr=shared.cidr, nat=shared.nat, zones=shared.zones)


def _warn(scope: Construct, network: Network) -> None:
    """Say what a pull request's own network takes; nothing if all of it is there already."""
    existing = network.existing
    if existing is not None and existing.gateway_link_id is not None:
        return
    quotas = "10 VPC links" if existing else "5 VPCs and 10 VPC links"
    usd = usd_per_hour(network)
    price = f", costs {usd:.4f} USD an hour" if usd else ""
    Annotations.of(scope).add_warning_v2(
        SLOW_NETWORK_WARNING,
        f"a network of its own takes minutes to create{price}, and an account has {quotas}: "
        "pull requests are better off in the shared one, load tests in an environment with a name",
    )
