"""Templates whose creation is computed: those of this project, and one to compare them with."""

from pathlib import Path
from typing import Any

from synthesized import Synthesized

Template = dict[str, Any]
OURS = "a pull request's"
VPC_EACH = "VPC, 2 NAT gateways, load balancer each"
VPC_EACH_FAST = "the same, with our health checks"
# As in docs/creation.md. For another stack of tests/synthesized.py: a line here, then
# make creation-docs.
STACKS = {
    OURS: "pr-123",
    "the same under a domain of its own": "pr-443",
    "size `large`, 10 to 200 tasks": "load",
    "two MockServers beside the mock host, size `large`": "pr-7",
    "a network of its own (`dedicated`), 2 to 50 tasks": "dedicated",
    "its own load balancer and link in an existing VPC": "existing",
    "shared: network, no NAT": "network-none",
    "shared: network, NAT gateway": "network-gateway",
    "shared: network, no NAT, certificate and key": "network-domain-key",
    "shared: TTL cleanup": "ttl-cleanup",
}


def all_templates(synthesized: Synthesized, folder: Path) -> dict[str, Template]:
    """Return every template of the docs, by what the docs call it."""
    ours = {name: synthesized.template(stack) for name, stack in STACKS.items()}
    return ours | _vpc_each(folder)


def _vpc_each(folder: Path) -> dict[str, Template]:
    """Synthesize what people have today, and the same with our health checks."""
    from aws_cdk import App, Duration  # noqa: PLC0415 (must come after prepare_cdk)
    from aws_cdk import aws_elasticloadbalancingv2 as elb  # noqa: PLC0415

    from creation_time.vpc_per_pull_request import VpcPerPullRequest  # noqa: PLC0415
    from mock_constructs import ending_times  # noqa: PLC0415

    app = App(outdir=str(folder))
    ours = elb.HealthCheck(
        interval=Duration.seconds(ending_times.HEALTH_CHECK_SECONDS),
        timeout=Duration.seconds(ending_times.HEALTH_CHECK_SECONDS - 1),
        healthy_threshold_count=ending_times.HEALTHY_AFTER_CHECKS,
    )
    stacks = {
        VPC_EACH: VpcPerPullRequest(app, "own-checks"),
        VPC_EACH_FAST: VpcPerPullRequest(app, "our-checks", health_check=ours),
    }
    assembly = app.synth()
    return {n: assembly.get_stack_by_name(s.stack_name).template for n, s in stacks.items()}
