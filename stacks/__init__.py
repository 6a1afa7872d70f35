"""The three kinds of stacks: tables of contents of what mock_constructs builds."""
