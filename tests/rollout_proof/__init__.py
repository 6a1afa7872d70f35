"""Deployments as ECS and the load balancer make them, played on this machine with real mock hosts.

What is played is what is deployed: all times and percentages come from the synthesized templates,
scaled by one factor. What ECS and the balancer themselves do is written here, as AWS documents it.
"""
