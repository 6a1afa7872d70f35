"""The token validator, and its place in front of a gateway's routes."""

from collections.abc import Sequence

from aws_cdk import Annotations, Aws, CfnResource
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_iam as iam
from constructs import Construct

from mock_constructs.encryption_key import READ, key_permissions
from mock_constructs.python_function import Program, PythonFunction
from mock_constructs.settings_variable import settings_variable
from mock_constructs.written_log import WrittenLog, shared_log
from mockenv.lambda_package import LambdaPackage
from mockenv.log_names import token_validator_function, token_validators_log
from mockenv.settings.resolve import EnvironmentSettings
from mockenv.settings.tokens import OPEN, Tokens
from mockenv.token_settings import secrets_of, token_settings

# API Gateway waits 10 s for an authorizer; two secrets and an issuer's keys may take 2 s each.
TIMEOUT_SECONDS = 8
MEMORY_MIB = 512  # CPU follows memory, and importing the signature library needs some
NOBODY_GETS_IN = (
    "no token opens this environment: say under tokens.kinds in mockenv.yaml which ones do"
)

ANYBODY_GETS_IN = (
    f"tokens is {OPEN}: this environment needs no token, so whoever knows its URL can call it"
)


def add_token_check(
    scope: Construct,
    *,
    api: apigateway.CfnApi,
    settings: EnvironmentSettings,
    package: LambdaPackage,
) -> "TokenAuthorizer | None":
    """Add the validator and its authorizer; None, and a warning, where the settings want none."""
    if settings.tokens is None:
        Annotations.of(scope).add_warning_v2("mockenv:open", ANYBODY_GETS_IN)
        return None
    validator = TokenValidator(
        scope, "Tokens", settings=settings, tokens=settings.tokens, package=package
    )
    return TokenAuthorizer(
        scope, "Authorizer", api=api, validator=validator, tokens=settings.tokens
    )


class TokenValidator(Construct):
    """The function that decides whether a request may pass.

    Its name is fixed: it is what its streams are told by in the log that all validators share.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: EnvironmentSettings,
        tokens: Tokens,
        package: LambdaPackage,
    ) -> None:
        super().__init__(scope, construct_id)
        if not tokens.kinds:
            Annotations.of(self).add_warning_v2("mockenv:no-token-kinds", NOBODY_GETS_IN)
        name = token_validator_function(settings.project, settings.environment)
        described = token_settings(tokens, settings.mocks)
        function = PythonFunction(
            self,
            "Validator",
            program=Program(
                package, "token_validator.handler.handler", TIMEOUT_SECONDS, MEMORY_MIB
            ),
            function_name=name,
            description="Decides by their token which requests reach the mocks",
            log=_own_streams(settings.project, name),
            environment={"TOKEN_SETTINGS": settings_variable(described)},
        )
        self.function_arn = function.function_arn
        _may_read(function, secrets_of(tokens), settings.kms_key)


class TokenAuthorizer(Construct):
    """Asks the validator for every route; answers are cached for each token and route.

    Without the route key among the identity sources, an answer for one route would open all
    (API Gateway developer guide, "Control access to HTTP APIs with Lambda authorizers").
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        api: apigateway.CfnApi,
        validator: TokenValidator,
        tokens: Tokens,
    ) -> None:
        super().__init__(scope, construct_id)
        authorizer = apigateway.CfnAuthorizer(
            self,
            "Authorizer",
            api_id=api.ref,
            name="token-validator",
            authorizer_type="REQUEST",
            authorizer_uri=_invocation_uri(validator.function_arn),
            authorizer_payload_format_version="2.0",
            enable_simple_responses=True,
            identity_source=[f"$request.header.{tokens.header}", "$context.routeKey"],
            authorizer_result_ttl_in_seconds=tokens.cache_seconds,
        )
        self.authorizer_id = authorizer.ref
        CfnResource(
            self,
            "GatewayMayAsk",
            type="AWS::Lambda::Permission",
            properties={
                "Action": "lambda:InvokeFunction",
                "FunctionName": validator.function_arn,
                "Principal": "apigateway.amazonaws.com",
                "SourceArn": f"arn:{Aws.PARTITION}:execute-api:{Aws.REGION}:{Aws.ACCOUNT_ID}"
                f":{api.ref}/authorizers/{authorizer.ref}",
            },
        )


def _own_streams(project: str, function: str) -> WrittenLog:
    """Refer to the streams of one function: Lambda names them by day, function and process."""
    return shared_log(token_validators_log(project), f"????/??/??/{function}[*")


def _may_read(function: PythonFunction, secrets: Sequence[str], kms_key: str | None) -> None:
    """Grant the one call that the validator makes, on exactly these secrets.

    The project's key may be the one that encrypts them; no other key of one's own can.
    """
    if not secrets:
        return
    reading = iam.PolicyStatement(actions=["secretsmanager:GetSecretValue"], resources=[*secrets])
    decrypting = key_permissions(kms_key, service="secretsmanager", actions=READ)
    for statement in (reading, *decrypting):
        function.role.add_to_principal_policy(statement)


def _invocation_uri(function_arn: str) -> str:
    return (
        f"arn:{Aws.PARTITION}:apigateway:{Aws.REGION}:lambda:path/2015-03-31/functions/"
        f"{function_arn}/invocations"
    )
