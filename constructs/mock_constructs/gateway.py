"""The HTTP API in front of an environment: the only thing of it that the internet reaches."""

import json

from aws_cdk import Aws
from aws_cdk import aws_apigatewayv2 as apigateway
from constructs import Construct

from mock_constructs.acknowledged import acknowledge
from mock_constructs.environment_network import EnvironmentNetwork
from mock_constructs.metric_dimensions import GATEWAY_STAGE
from mock_constructs.route_keys import RouteKey, route_keys
from mock_constructs.token_authorizer import TokenAuthorizer
from mock_constructs.written_log import log_group_arn
from mockenv import names
from mockenv.log_names import gateway_log
from mockenv.mock_host_config import needs_route
from mockenv.settings.model import Throttle
from mockenv.settings.resolve import EnvironmentSettings

TIMEOUT_MILLISECONDS = 29_000  # as locally; API Gateway itself allows 30,000
PREFLIGHTS_ARE_OPEN = "A preflight carries no token; the mock host answers it, and no mock sees it"
OPEN_BY_CHOICE = "mockenv.yaml says tokens: none-i-want-this-open; each synth warns of it"
# One line of JSON per request, with the environment's name, as all gateways share a log. No header,
# so no token, and the path without its query. REST APIs have more variables: here another name
# under `authorizer` is read as one of the validator's own answer, and stays empty.
ACCESS_LOG_FIELDS = {
    "requestId": "$context.requestId",
    "requestTime": "$context.requestTime",
    "sourceIp": "$context.identity.sourceIp",
    "method": "$context.httpMethod",
    "path": "$context.path",
    "routeKey": "$context.routeKey",
    "status": "$context.status",
    "responseBytes": "$context.responseLength",
    "latencyMs": "$context.responseLatency",
    "mockStatus": "$context.integrationStatus",
    "mockLatencyMs": "$context.integrationLatency",
    "mockError": "$context.integrationErrorMessage",
    "tokenError": "$context.authorizer.error",
}


class Gateway(Construct):
    """An API whose routes all lead to one load balancer, under this environment's name.

    `url` is where callers find it: in the project's own domain if it has one, and then nowhere
    else. Routes are added once the authorizer exists.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, settings: EnvironmentSettings
    ) -> None:
        super().__init__(scope, construct_id)
        self._settings = settings
        name = names.environment_stack(settings.project, settings.environment)
        self.api = apigateway.CfnApi(
            self,
            "Api",
            name=name,
            protocol_type="HTTP",
            disable_execute_api_endpoint=True if settings.domain else None,
        )
        self.url = f"https://{self._host()}"
        self.stage = self._stage(settings.throttle)

    def _host(self) -> str:
        domain = self._settings.domain
        if domain is None:
            return f"{self.api.ref}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}"
        return domain.host(self._settings.environment)

    def _stage(self, throttle: Throttle) -> apigateway.CfnStage:
        return apigateway.CfnStage(
            self,
            "Stage",
            api_id=self.api.ref,
            stage_name=GATEWAY_STAGE,
            auto_deploy=True,
            default_route_settings=apigateway.CfnStage.RouteSettingsProperty(
                throttling_rate_limit=throttle.requests_per_second,
                throttling_burst_limit=throttle.burst,
            ),
            access_log_settings=apigateway.CfnStage.AccessLogSettingsProperty(
                destination_arn=log_group_arn(gateway_log(self._settings.project)),
                format=json.dumps({"environment": self._settings.environment} | ACCESS_LOG_FIELDS),
            ),
        )

    def lead_to(self, network: EnvironmentNetwork, *, authorizer: TokenAuthorizer | None) -> None:
        """Send the mocks' routes to the network's listener, marked with the environment's name.

        Without an authorizer they are open to all. The header is overwritten, whatever a caller
        sent: the load balancer chooses by it.
        """
        integration = apigateway.CfnIntegration(
            self,
            "Mocks",
            api_id=self.api.ref,
            integration_type="HTTP_PROXY",
            integration_method="ANY",
            integration_uri=network.listener.listener_arn,
            connection_type="VPC_LINK",
            connection_id=network.gateway_link_id,
            payload_format_version="1.0",
            timeout_in_millis=TIMEOUT_MILLISECONDS,
            request_parameters=self._headers(),
        )
        self.stage.node.add_dependency(*network.needed_by_stage)
        for key in route_keys(mock.path for mock in self._settings.mocks):
            checked_by = authorizer.authorizer_id if authorizer and key.needs_token else None
            self._route(key, integration, checked_by)

    def _headers(self) -> dict[str, str]:
        """Overwrite what only the gateway may say; the route matters where mocks need scopes."""
        headers = {f"overwrite:header.{names.ENVIRONMENT_HEADER}": self._settings.environment}
        if needs_route(self._settings):
            headers[f"overwrite:header.{names.ROUTE_HEADER}"] = "$context.routeKey"
        return headers

    def _route(
        self, key: RouteKey, integration: apigateway.CfnIntegration, authorizer_id: str | None
    ) -> None:
        route = apigateway.CfnRoute(
            self,
            f"Route {key.method} {key.path.replace('/', ':')}",
            api_id=self.api.ref,
            route_key=str(key),
            target=f"integrations/{integration.ref}",
            authorization_type="CUSTOM" if authorizer_id else "NONE",
            authorizer_id=authorizer_id,
        )
        if authorizer_id is None:
            reason = OPEN_BY_CHOICE if key.needs_token else PREFLIGHTS_ARE_OPEN
            acknowledge(route, {"AwsSolutions-APIG4": reason})
