"""What no run here can show, by name; types that none showed are added by the page itself."""

NOT_SHOWN = {
    "the VPC link": "a relay here took its place, whose address the run wrote into the integration",
    "the network": "subnets, routes and security groups are kept, and nothing is filtered by them",
    "ECS tasks": "tasks are counted, no container is started: images, CPU architectures, Spot, "
    "health checks, the circuit breaker and its rollback, draining. The loader and the mock host "
    "ran here, by the commands of the deployed task definition",
    "MockServer in its container": "the stack that has one was deployed, no MockServer ran",
    "permissions": "roles and policies are kept, and every call is allowed",
    "HTTPS and DNS": "requests were plain HTTP, told apart by their Host header; nobody proved the "
    "certificate, and `execute-api` stays open where a domain should close it",
    "a key of one's own": "nothing was seen to be encrypted with it",
    "the gateway's limits": "throttling, sizes, timeouts, access logs, its cache of the "
    "validator's answers (off here), preflights, which the emulator answers itself",
    "alarms and metrics": "alarms are kept, metric filters too; none was seen to fire. Alarms by "
    "metric math are refused",
    "blue-green deployments": "both target groups were there; the emulator knows no weights of a "
    "rule's groups, and ECS swaps nothing there",
    "scaling": "targets and policies are refused; [scaling.md](scaling.md) simulates them",
    "schedules and events": "the reaper was called by `mockenv reap`; that EventBridge calls it is "
    "not part of a run",
    "e-mail": "a queue was subscribed to the topic in place of people",
    "time": "the reaper's clock was put ahead; CloudFormation's durations, waits and races are "
    "none here",
    "what a deleted stack held": "AWS tells it for 90 days, the emulator not at all, so `mockenv "
    "destroy` goes by tags and names the ended ECS service, which is no leftover",
    "failing deletions": "the emulator deletes buckets that are not empty, and after the guard's "
    "refusal it deletes the rest of the stack, which AWS leaves as what the guard depends on",
    "ARM and Lambda's own Python": "functions ran on this machine's Python; the token validator's "
    "package was the one for its processor, from the same lock file",
}
