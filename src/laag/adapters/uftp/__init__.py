"""The grid operator's messages: USEF's flex trading protocol (UFTP 3.1, Shapeshifter), as an aggregator and as a grid operator."""
