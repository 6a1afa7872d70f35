"""Speeds as ratios, each from one interleaved run on one machine: `make bench`."""
