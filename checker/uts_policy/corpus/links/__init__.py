"""Adjacency and closures that make every rule linear on every engine. What is judged is judged in the rules."""
