"""A MockServer beside the mock host, which alone can reach it: one for each mock it serves."""

from aws_cdk import Duration
from aws_cdk import aws_ecs as ecs

from mockenv.names import MOST_EXPECTATIONS_AT_ONCE
from mockenv.settings.resolve import MockSettings
from mockenv.settings.sizes import MOCKSERVER_MIB

# One that ends sooner than this after its start stays ended, and with it the task: ECS's least.
RESTART_AFTER_SECONDS = 60


def add_mockserver(
    task: ecs.FargateTaskDefinition,
    *,
    image: str,
    mock: MockSettings,
    port: int,
    logging: ecs.LogDriver,
) -> None:
    """Add the MockServer of one mock, on a loopback port of the task.

    It starts empty, and again in its place should it end: the mock host gives it its expectations.
    Its image has no shell to check it with: the mock host's health covers it. Its file system
    stays writable, as the Java runtime and Netty unpack libraries under /tmp.
    """
    task.add_container(
        f"MockServer-{mock.name}",
        container_name=f"mockserver-{mock.name}",
        image=ecs.ContainerImage.from_registry(image),
        essential=True,
        memory_reservation_mib=MOCKSERVER_MIB,
        environment=_variables(port),
        enable_restart_policy=True,
        restart_attempt_period=Duration.seconds(RESTART_AFTER_SECONDS),
        logging=logging,
    )


def _variables(port: int) -> dict[str, str]:
    """Configure MockServer (mock-server.com, "Configuration Properties").

    Without the third line it passes unmatched requests on to whatever host they name.
    """
    return {
        "MOCKSERVER_SERVER_PORT": str(port),
        "MOCKSERVER_LOCAL_BOUND_IP": "127.0.0.1",
        "MOCKSERVER_ATTEMPT_TO_PROXY_IF_NO_MATCHING_EXPECTATION": "false",
        "MOCKSERVER_MAX_EXPECTATIONS": str(MOST_EXPECTATIONS_AT_ONCE),
        "MOCKSERVER_LOG_LEVEL": "WARN",
        "JAVA_TOOL_OPTIONS": (
            f"-XX:MaxRAM={MOCKSERVER_MIB}m -XX:MaxRAMPercentage=50 "
            "-XX:+UseSerialGC -XX:TieredStopAtLevel=1"
        ),
    }
