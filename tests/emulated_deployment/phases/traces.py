"""What is left of an environment that was deleted."""

from emulated_deployment.projects import PROJECT
from emulated_deployment.run import Run
from mockenv import names


def gone(run: Run, name: str, bucket: str) -> None:
    """Nothing of an environment is left: no stack, no bucket, no resource, no tag."""
    stack = names.environment_stack(PROJECT, name)
    state = run.stack_state(stack)
    run.findings.expect(f"the stack of {name} is gone", state == "gone", state)
    buckets = [each["Name"] for each in run.ministack.client("s3").list_buckets()["Buckets"]]
    run.findings.expect(
        "its bucket too, with every version",
        bucket not in buckets,
        bucket,
        "Custom::MockenvRegistration",
        "AWS::S3::Bucket",
    )
    left = found_of(run, stack)
    run.findings.expect("nothing of it is found", not left, left or "nothing")
    tagged = run.ministack.client("resourcegroupstaggingapi").get_resources(
        TagFilters=[{"Key": names.TAG_ENVIRONMENT, "Values": [name]}]
    )["ResourceTagMappingList"]
    arns = [each["ResourceARN"] for each in tagged]
    run.findings.expect(
        "nothing carries its tag but the ended service, which is kept for a while",
        all(is_ended_service(run, arn) for arn in arns),
        arns or "nothing",
    )


def found_of(run: Run, *stacks: str) -> list[str]:
    """Name what services still have of stacks that were deleted."""
    left = [each for stack in stacks for each in run.inventory.after_deletion(stack)]
    return [f"{each.kind} {each.physical_id}" for each in left]


def is_ended_service(run: Run, arn: str) -> bool:
    """Tell an ended service, which ECS goes on to list for a while, from what is left over."""
    if ":service/" not in arn:
        return False
    _, cluster, service = arn.rsplit("/", 2)
    found = run.ministack.client("ecs").describe_services(cluster=cluster, services=[service])
    return all(each["status"] == "INACTIVE" for each in found["services"])
