"""Find, judge and track personal data on published pages of Chinese public bodies."""

__version__ = "0.1.0"
