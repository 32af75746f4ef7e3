"""A street for tests: ten homes, half of them at the end of a second cable."""

import json


def grid_file(folder, rated_a=100.0, name="grid.json", r_ohm_per_km=0.2):
    """``rated_a`` is of the first cable, behind which all ten hang; 100 A is 69 kW."""
    made = {
        "feeding_points": [{"node": "MV", "voltage_pu": 1.02}],
        "transformers": [{"name": "kiosk", "from": "MV", "to": "rail", "rated_kva": 630, "high_kv": 10, "low_kv": 0.4,
                          "short_circuit_percent": 4, "copper_kw": 4.6}],
        "cables": [
            {"name": "even side", "from": "rail", "to": "bend", "length_m": 120, "r_ohm_per_km": r_ohm_per_km, "x_ohm_per_km": 0.08, "rated_a": rated_a},
            {"name": "behind the bend", "from": "bend", "to": "quay", "length_m": 120, "r_ohm_per_km": 0.2, "x_ohm_per_km": 0.08, "rated_a": 270},
        ],
        "connections": [{"name": f"no-{i}", "node": "bend" if i < 5 else "quay"} for i in range(10)],
    }  # fmt: skip
    (folder / name).write_text(json.dumps(made), "utf-8")
    return folder / name
