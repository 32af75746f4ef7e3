"""Order books as JSON, in euros per MWh: what `laag market clear` reads and writes."""
