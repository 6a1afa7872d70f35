"""The load balancer of a blue-green service, as a fake: two groups, and the rule between them."""

from collections.abc import Mapping, Sequence
from typing import Any

ARNS = "arn:aws:elasticloadbalancing:eu-central-1:123456789012"
BLUE, GREEN = (f"{ARNS}:targetgroup/{color}/1" for color in ("blue", "green"))
RULE = f"{ARNS}:listener-rule/app/shop/1/2/3"
SERVICE: dict[str, Any] = {
    "loadBalancers": [
        {
            "targetGroupArn": BLUE,
            "advancedConfiguration": {
                "alternateTargetGroupArn": GREEN,
                "productionListenerRule": RULE,
            },
        }
    ]
}


class TwoGroups:
    """Groups with the states of their targets, and the weights of the rule."""

    def __init__(
        self, states: Mapping[str, Sequence[str]], weights: Mapping[str, int] | None
    ) -> None:
        self.states = states
        self.weights = weights

    def describe_rules(self, *, RuleArns: list[str]) -> dict[str, Any]:  # noqa: N803
        assert RuleArns == [RULE]
        if self.weights is None:
            return {"Rules": [{"Actions": [{"Type": "fixed-response"}]}]}
        groups = [{"TargetGroupArn": arn, "Weight": w} for arn, w in self.weights.items()]
        return {"Rules": [{"Actions": [{"ForwardConfig": {"TargetGroups": groups}}]}]}

    def describe_target_health(self, *, TargetGroupArn: str) -> dict[str, Any]:  # noqa: N803
        found = [
            {"Target": {"Id": f"10.0.0.{number}", "Port": 8080}, "TargetHealth": {"State": state}}
            for number, state in enumerate(self.states[TargetGroupArn])
        ]
        return {"TargetHealthDescriptions": found}
