"""Answers to questions about an organisation: who, forecast, scorecard, graph, catalogue."""
