"""What a home and its neighbourhood say to each other over HTTP: the words, their signatures, and the call."""
