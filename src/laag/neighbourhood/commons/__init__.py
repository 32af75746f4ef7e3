"""The data commons: questions that may be asked of homes together, and what each home's data may give away of it in a year."""
