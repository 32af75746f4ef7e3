"""The shared record: what a neighbourhood commits to, so that no party alone can rewrite it and a home can check its line.

One deterministic state machine (``apply``), its Merkle log, and evidence that ``verify`` checks without trusting any
server. Nothing here knows an engine, a clock or a network; drivers are adapters.
"""
