"""Who listens to what the reaper tells: a queue, in the place of people."""

import json
import os
from typing import Any

from emulated_deployment.phases.deploying import published
from emulated_deployment.run import Run


def listen(run: Run) -> str:
    """Subscribe a queue to the topic, as a chat or a script would be."""
    queues = run.ministack.client("sqs")
    queue = str(queues.create_queue(QueueName="people")["QueueUrl"])
    arn = queues.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    run.ministack.client("sns").subscribe(
        TopicArn=published(run)["notifications-topic-arn"],
        Protocol="sqs",
        Endpoint=arn["Attributes"]["QueueArn"],
    )
    return queue


def heard(run: Run, queue: str) -> str:
    """Take all messages from a queue; the subjects and texts of what was published."""
    said: list[str] = []
    client = run.ministack.client("sqs")
    while messages := client.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get(
        "Messages"
    ):
        for message in messages:
            body: dict[str, Any] = json.loads(message["Body"])
            said.append(f"{body.get('Subject', '')}{os.linesep}{body.get('Message', '')}")
            client.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
    return "\n".join(said)
