"""The interviews that belong to an intake itself: patient, pictures, views, review."""
