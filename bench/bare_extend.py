"""The least that extends an environment: the calls of `mockenv extend-ttl`, and nothing else."""

import boto3  # type: ignore[import-untyped]

session = boto3.Session()
ssm, cloudformation = session.client("ssm"), session.client("cloudformation")
dynamodb = session.client("dynamodb")
table = ssm.get_parameter(Name="/mockenv/shop/ttl-cleanup/registry-table-name")["Parameter"][
    "Value"
]
cloudformation.describe_stacks(StackName="mockenv-shop-env-pr-7")
key = {"environment": {"S": "pr-7"}}
item = dynamodb.get_item(TableName=table, Key=key, ConsistentRead=True)["Item"]
generation = item["generation"]
item["generation"] = {"N": str(int(generation["N"]) + 1)}
item["expires_at"] = {"N": str(int(item["expires_at"]["N"]) + 360)}
dynamodb.put_item(
    TableName=table,
    Item=item,
    ConditionExpression="generation = :generation",
    ExpressionAttributeValues={":generation": generation},
)
print(item["expires_at"]["N"])
