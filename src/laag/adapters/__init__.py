"""The narrow doors to files, stores and protocols."""
