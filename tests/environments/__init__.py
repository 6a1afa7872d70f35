"""Settings files of all sorts, synthesized and held to the limits of AWS.

What comes out is never deployed: the limits are as AWS documents them, with the page of each.
"""
