"""What the small connections of the Netherlands carry."""

CONNECTIONS = {
    f"{phases}x{ampere}A": phases * 230 * ampere / 1000
    for phases, ampere in ((1, 25), (1, 35), (3, 25), (3, 35), (3, 50), (3, 63), (3, 80))
}
"""kW by name: phases x 230 V x amperes."""
