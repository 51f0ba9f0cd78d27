"""My letters: found again, marked as sent and answered, reminded of, deleted."""
