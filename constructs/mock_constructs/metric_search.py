"""Searches for metrics of environments that are not known yet.

Source: CloudWatch user guide, "Using search expressions": a schema of namespace and dimensions in
braces, then what has to match; quotes ask for an exact match.
"""

from mock_constructs.reload_metrics import ENVIRONMENT_DIMENSION

MINUTE_SECONDS = 60
FIVE_MINUTES_SECONDS = 300


def service_search(cluster: str, namespace: str, metric: str, statistic: str) -> str:
    """Find a metric of every service of a cluster."""
    schema = f"{namespace},ClusterName,ServiceName"
    return _search(schema, f'ClusterName="{cluster}"', metric, statistic, MINUTE_SECONDS)


def balancer_search(load_balancer: str, metric: str, statistic: str) -> str:
    """Find a metric of every target group of a load balancer, by its full name."""
    schema = "AWS/ApplicationELB,LoadBalancer,TargetGroup"
    matching = f'LoadBalancer="{load_balancer}"'
    return _search(schema, matching, metric, statistic, MINUTE_SECONDS)


def environment_search(namespace: str, metric: str) -> str:
    """Find a metric of ours of every environment."""
    schema = f"{namespace},{ENVIRONMENT_DIMENSION}"
    return _search(schema, "", metric, "Sum", FIVE_MINUTES_SECONDS)


def _search(schema: str, matching: str, metric: str, statistic: str, period_seconds: int) -> str:
    terms = " ".join(filter(None, (f"{{{schema}}}", matching, f'MetricName="{metric}"')))
    return f"SEARCH('{terms}', '{statistic}', {period_seconds})"
