"""RSA keys that give their factors away.

Nemec et al., "The Return of Coppersmith's Attack" (CVE-2017-15361, "ROCA"): a library in smart
cards and TPMs chose primes that are powers of 65537 modulo many small primes at once. So is their
product, which for a sound key happens once in 2^27 or less often.
"""

_GENERATOR = 65537
_SMALL_PRIMES = (
    *(3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89),
    *(97, 101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167),
)


def is_factorable(modulus: int) -> bool:
    """Whether `modulus` bears the mark of such primes."""
    return all(modulus % prime in _powers(prime) for prime in _SMALL_PRIMES)


def _powers(prime: int) -> set[int]:
    """The powers of the generator modulo `prime`."""
    powers, power = set(), 1
    while power not in powers:
        powers.add(power)
        power = power * _GENERATOR % prime
    return powers
