"""The pages of the front desk, where a signal, a report or advice begins: the only place that knows all three."""
