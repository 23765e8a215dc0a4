"""The only station that decodes pictures: opened as untrusted, shown small, and drawn for practice."""
