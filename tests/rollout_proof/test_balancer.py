"""The balancer of the proof behaves as its documentation says, before targets that are fakes."""

from dataclasses import dataclass

from rollout_proof.balancer import Group
from rollout_proof.target import Target
from rollout_proof.times import Times

TIMES = Times(
    check_interval=5,
    healthy_checks=2,
    unhealthy_checks=2,
    deregistration=30,
    drain=5,
    finish=29,
    stop=35,
    keep_alive=65,
    idle=60,
    grace=60,
    longest_request=29,
    bake=0,
    least_percent=100,
    most_percent=200,
)


@dataclass(eq=False)
class Stand(Target):
    """A target that answers its health check as it is told."""

    answers: bool = True

    def _answers_well(self) -> bool:
        return self.answers


def stand(group: Group) -> Stand:
    target = Stand(port=1, idle_seconds=60)
    group.targets.append(target)
    return target


def checked(group: Group, times: int) -> None:
    for _ in range(times):
        group.check()


def test_a_target_is_healthy_and_ill_after_two_checks_each() -> None:
    group = Group(TIMES)
    target = stand(group)
    checked(group, 1)
    assert not target.is_healthy
    checked(group, 1)
    assert target.is_healthy
    target.answers = False
    checked(group, 1)
    assert target.is_healthy
    checked(group, 1)
    assert not target.is_healthy


def test_requests_go_to_healthy_targets_in_turn() -> None:
    group = Group(TIMES)
    well = [stand(group), stand(group)]
    ill = stand(group)
    ill.answers = False
    checked(group, 2)
    chosen = [group.next() for _ in range(4)]
    assert ill not in chosen
    assert all(chosen.count(target) == 2 for target in well)


def test_with_none_healthy_they_go_to_all_but_those_deregistered() -> None:
    group = Group(TIMES)
    one, other = stand(group), stand(group)
    assert group.next() in {one, other}
    group.deregister(one)
    assert [group.next() for _ in range(3)] == [other] * 3
    group.deregister(other)
    assert group.next() is None


def test_a_deregistered_target_is_not_checked() -> None:
    group = Group(TIMES)
    target = stand(group)
    group.deregister(target)
    checked(group, 2)
    assert not target.is_healthy
