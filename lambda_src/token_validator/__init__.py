"""The token validator: decides for every request whether its token opens the mock environment.

On AWS it is the Lambda authorizer of an HTTP API, locally a process beside the mock host; both
run `token_validator.handler.handler`. Modules are kept light to import (no dataclasses, no
urllib, no cryptography unless a configured kind needs it): a cold authorizer is a slow first
request.
"""
