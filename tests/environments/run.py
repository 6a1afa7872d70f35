"""A run of hypothesis over environments."""

from hypothesis import HealthCheck, Phase, given, seed, settings

from environments.files import Drawn, settings_files
from environments.trial import Trial

MOST_REFUSED_SHARE = 0.1


def run(trial: Trial, *, count: int, starting_with: int) -> None:
    """Try so many environments, the same for the same start; raises for the simplest at fault."""

    @seed(starting_with)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(settings_files())
    def attempt(drawn: Drawn) -> None:
        trial.attempt(drawn)

    attempt()
    assert trial.tried >= count, f"only {trial.tried} were tried"
    refused = trial.refused.total()
    assert refused <= MOST_REFUSED_SHARE * count, f"{refused} were refused"
