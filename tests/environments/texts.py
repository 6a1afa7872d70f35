"""Names, ids and addresses as settings take them, to the lengths that these allow."""

import string

from hypothesis import strategies as st

LETTERS = string.ascii_lowercase
WORD = LETTERS + string.digits
ACCOUNT = "123456789012"
REGION = "eu-central-1"
HEX = "0123456789abcdef"
OWNER_CHARACTERS = string.ascii_letters + string.digits + "+-=._:/@ äöü"

projects = st.one_of(
    st.sampled_from(["a", "shop", "p" * 16]),
    st.text(WORD, max_size=15).map(lambda rest: "x" + rest),
)
pull_requests = st.one_of(st.sampled_from([1, 40_000]), st.integers(1, 40_000))
named_environments = st.one_of(
    st.sampled_from(["e", "int", "e" * 20, "a-b-c-d-e-f-g-h-i-jk"]),
    st.text(WORD + "-", max_size=18).map(lambda middle: f"n{middle}z"),
)
owners = st.text(OWNER_CHARACTERS, min_size=1, max_size=98).map(lambda text: f"o{text}o")
# ACM takes 64 characters, of which *. and a project go before these.
hosts = st.text(WORD, min_size=1, max_size=30).map(lambda name: f"{name}.example.com")
mail_addresses = hosts.map(lambda host: f"team@{host}")
digests = st.text(HEX, min_size=64, max_size=64)
scopes = st.text(WORD + ":._", min_size=1, max_size=20).map(lambda text: f"s{text}")


def ids(prefix: str) -> st.SearchStrategy[str]:
    """Draw ids as EC2 gives them."""
    return st.text(HEX, min_size=17, max_size=17).map(lambda text: prefix + text)


def arns(service: str, resource: str) -> st.SearchStrategy[str]:
    """Draw ARNs; {} in `resource` is an id as KMS and ACM give them."""
    identity = st.uuids().map(str)
    return identity.map(lambda i: f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource.format(i)}")
