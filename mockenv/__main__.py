"""`python -m mockenv`: the same program."""

from mockenv.cli import main

main()
