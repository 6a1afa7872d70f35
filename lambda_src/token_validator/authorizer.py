"""Answers API Gateway: settings and key sources wired once, then one decision per request."""

from collections.abc import Callable, Mapping
from typing import TypedDict

from token_validator.decision import Caller, Rules, decide
from token_validator.log import Log
from token_validator.refusal import Refusal
from token_validator.rules import build_rules
from token_validator.settings import parse_settings
from token_validator.shape import SettingsError
from token_validator.sources import Sources


class Answer(TypedDict):
    """A simple response of payload 2.0; API Gateway turns `isAuthorized: false` into 403."""

    isAuthorized: bool
    context: dict[str, str]


class Authorizer:
    """Answers one event; it never raises, since that would be a 500 for the caller.

    With settings that can't be used it refuses every request; `problem` says why.
    """

    def __init__(
        self, settings_text: str | None, *, clock: Callable[[], float], log: Log, sources: Sources
    ) -> None:
        self._clock = clock
        self._log = log
        self._rules: Rules | None = None
        self.problem: str | None = None
        try:
            self._rules = build_rules(parse_settings(settings_text), log=log, sources=sources)
        except SettingsError as error:
            self.problem = str(error)
            log.write("settings_refused", problem=self.problem)

    def __call__(self, event: object) -> Answer:
        """The answer to `event`: who the caller is, or a refusal whose reason only the log has."""
        try:
            return _accept(decide(event, self._require_rules(), self._clock()))
        except Refusal as refusal:
            return self._refuse(event, refusal.reason, refusal.about)
        except Exception as error:  # a fault of ours: refuse, and leave a trace of where
            return self._refuse(event, "unexpected", {"problem": _place_of(error)})

    def _require_rules(self) -> Rules:
        if self._rules is None:
            raise SettingsUnusable
        return self._rules

    def _refuse(self, event: object, reason: str, about: Mapping[str, str]) -> Answer:
        self._log.write("refused", reason=reason, **_request_of(event), **about)
        return {"isAuthorized": False, "context": {}}


class SettingsUnusable(Refusal):
    """There are no rules to accept anything by."""

    reason = "settings_unusable"


def _accept(caller: Caller) -> Answer:
    return {"isAuthorized": True, "context": caller._asdict()}


def _request_of(event: object) -> dict[str, str]:
    """API Gateway's own id and route of the request, to find it in the access log."""
    context = event.get("requestContext") if isinstance(event, dict) else None
    request_id = context.get("requestId") if isinstance(context, dict) else None
    route = event.get("routeKey") if isinstance(event, dict) else None
    said = {"request_id": request_id, "route": route}
    return {name: text for name, text in said.items() if isinstance(text, str)}


def _place_of(error: Exception) -> str:
    """Type and line of `error`, not its message, which might quote the token."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace else "unknown"
    return f"{type(error).__name__} in {place}"
