"""The public register of algorithms, in words."""

from __future__ import annotations

from laag.foundation.words import Said

TITLE = Said("Wat hier beslist", "What decides here")
LEAD = Said(
    "Een programma beslist mee over je stroom en je geld. Hier staat elk van die regels: wat die beslist, waarmee, wanneer, en wie dat goedvond.",
    "A program takes part in decisions on your power and your money. Here is each of those rules: what it decides, from what, when, and who approved.",
)
DECIDES = Said("Beslist", "Decides")
INPUTS = Said("Waarmee, van buiten het huis", "From what, of outside the home")
WHEN = Said("Wanneer, en wie het laatste woord heeft", "When, and who has the last word")
APPROVED = Said("Goedgekeurd door", "Approved by")
VERSION = Said("Welke versie hier draait", "Which version runs here")
READ = Said("Waar de regel staat", "Where the rule can be read")
MORE = Said("Hetzelfde voor programma’s", "The same for programs")
