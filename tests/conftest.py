import os

from hypothesis import settings

settings.register_profile("isogen", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("isogen")
