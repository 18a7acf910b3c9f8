"""What every test shares."""

from hypothesis import settings

pytest_plugins = ["tests.databases"]

# How long an example takes says how busy the machine is, not whether the law holds.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
