"""What was done, by whom, when and from which station: chained, signed, sealed to the auditors."""
