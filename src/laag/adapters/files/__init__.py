"""Files of time series: from text or Parquet to one number per quarter-hour, with a list of what was wrong.

Each step names what it finds and how it mends it: ``table`` (rows and columns), ``stamps`` (instants), ``samples``
(one value per interval), ``quarters`` (onto the grid), ``mend`` (what is missing), ``days`` (other days read as these).
"""
