"""What holds for every test."""

from hypothesis import settings

settings.register_profile("dermlock", deadline=None)  # these machines are shared: no test judges by the clock
settings.load_profile("dermlock")
