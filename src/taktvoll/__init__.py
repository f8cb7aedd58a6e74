"""taktvoll: answer a job interview invitation tactfully, in time, and so that they know."""

__version__ = "0.1.0"
