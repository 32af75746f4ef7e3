"""The benchmark home planned by other open planners, each in an environment of its own that is thrown away after."""
