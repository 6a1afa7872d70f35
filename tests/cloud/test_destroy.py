"""`mockenv destroy` as a process, against the emulator."""

import json
import os
import pty
import subprocess
import sys

from aws_emulator import KEY_VARIABLES
from cloud.conftest import Deployed, mockenv
from cloud.deployed_environment import BUCKET
from cloud.registered_environment import deploy


def stacks(project: Deployed) -> list[str]:
    described = project.emulator.client("cloudformation").describe_stacks()
    return [stack["StackName"] for stack in described["Stacks"]]


def at_a_terminal(project: Deployed, *arguments: str, types: str) -> tuple[int, str]:
    """Run the program with a terminal as its standard input; return its code and its talk."""
    ours, theirs = pty.openpty()
    os.write(ours, types.encode())
    variables = KEY_VARIABLES | {"AWS_ENDPOINT_URL": project.emulator.url, "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "mockenv", *arguments],
        cwd=project.file.parent, env=variables | {"PATH": os.environ["PATH"]}, stdin=theirs,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    os.close(theirs)
    os.close(ours)
    return done.returncode, done.stderr


def test_without_a_terminal_it_takes_yes(project: Deployed) -> None:
    deploy(project.emulator)
    code, out, talk = mockenv(project, "destroy", "pr-7")
    assert (code, out) == (2, "")
    assert "add --yes" in talk
    assert stacks(project) == ["mockenv-shop-env-pr-7"]
    code, out, talk = mockenv(project, "destroy", "pr-7", "--yes", "--json")
    assert code == 0, talk
    assert "1 S3::Bucket" in talk
    assert "pr-7 is gone, all of it" in talk
    told = json.loads(out)
    assert (told["environment"], told["stack_status"]) == ("pr-7", "DELETE_COMPLETE")
    assert told["left_over"] == []
    assert stacks(project) == []


def test_at_a_terminal_it_asks(project: Deployed) -> None:
    deploy(project.emulator)
    code, talk = at_a_terminal(project, "destroy", "pr-7", types="n\n")
    assert code == 1
    assert "Delete pr-7? [y/N]" in talk
    assert "nothing was changed" in talk
    assert stacks(project) == ["mockenv-shop-env-pr-7"]
    code, talk = at_a_terminal(project, "destroy", "pr-7", types="y\n")
    assert code == 0, talk
    assert stacks(project) == []


def test_what_still_carries_the_tags_is_left_over(project: Deployed) -> None:
    deploy(project.emulator)
    s3 = project.emulator.client("s3")
    project.emulator.bucket("forgotten")
    tags = [{"Key": f"mockenv:{key}", "Value": value}
            for key, value in {"project": "shop", "environment": "pr-7"}.items()]  # fmt: skip
    s3.put_bucket_tagging(Bucket="forgotten", Tagging={"TagSet": tags})
    code, out, talk = mockenv(project, "destroy", "pr-7", "--yes", "--json")
    assert code == 4, talk
    assert "these are left over:\n  arn:aws:s3:::forgotten\n" in talk
    assert json.loads(out)["left_over"] == ["arn:aws:s3:::forgotten"]
    assert BUCKET not in out


def test_an_unknown_environment(project: Deployed) -> None:
    code, _, talk = mockenv(project, "destroy", "pr-8", "--yes")
    assert code == 3
    assert "there is no environment pr-8 of shop" in talk
