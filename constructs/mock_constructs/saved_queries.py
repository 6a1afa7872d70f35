"""Questions to the shared logs, saved where people ask them: in the Logs Insights console."""

from collections.abc import Mapping

from aws_cdk import aws_logs as logs
from constructs import Construct

from mockenv.log_queries import Log, saved_queries


class SavedQueries(Construct):
    """One saved query for each question, in the folder `mockenv/<project>`."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        project: str,
        log_groups: Mapping[Log, logs.ILogGroup],
    ) -> None:
        super().__init__(scope, construct_id)
        for query in saved_queries(project):
            logs.CfnQueryDefinition(
                self,
                query.name,
                name=f"mockenv/{project}/{query.name}",
                query_string=query.text,
                log_group_names=[log_groups[query.log].log_group_name],
            )
