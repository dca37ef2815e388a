"""What is broken to see a run hold: ``python tests/faults.py`` prints what came of it.

A fault is a function of a scene (a folder and a seed) and an engine that breaks something while documents are
extracted, and gives a verdict. ``scene`` has both, and judges; ``workers``, ``drivers`` and ``machines`` are what is
broken, ``controls`` break the commit itself, ``clusters`` are what an engine stands on.
"""
