"""The synthesized stacks, deployed by the pinned CDK CLI into an emulator on loopback, and used.

`make emulated-deploy` runs it and writes docs/emulated-deployment.json and .md.
"""
