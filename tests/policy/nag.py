"""cdk-nag's AwsSolutions rules over templates as they are deployed.

Its rules look at classes of constructs. Some resources of ours are written out without one, and
some properties set past theirs, so it would see neither in the app itself; a template that is read
in again has a construct for each resource, with what is deployed.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from policy.finding import Finding
from policy.judgement import CDK_NAG


def nag_findings(templates: Iterable[tuple[str, Path]]) -> Iterator[Finding]:
    """Yield what breaks a rule in each stack's template; CDK must be prepared."""
    from aws_cdk import App, Stack  # noqa: PLC0415 (must come after prepare_cdk)
    from aws_cdk.cloudformation_include import CfnInclude  # noqa: PLC0415
    from cdk_nag import AwsSolutionsChecks  # noqa: PLC0415

    app = App(tree_metadata=False)
    checks = AwsSolutionsChecks(app)
    for stack, template in templates:
        read = Stack(app, stack)
        CfnInclude(read, "Template", template_file=str(template))
        for broken in checks.validate_scope(read).violations:
            for resource in broken.violating_resources:
                logical_id = str(resource.construct_path).rsplit("/", 1)[-1]
                yield Finding(CDK_NAG, stack, logical_id, broken.rule_name, broken.description)
