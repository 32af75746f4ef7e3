"""`laag verify`: whether a bill is the one that was committed, checked at home, without a network and without trusting anybody."""
