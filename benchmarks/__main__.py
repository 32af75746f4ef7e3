"""All benchmarks, one after the other: `python -m benchmarks`."""

from benchmarks import clearing, ledger, nested_layers, planning, powerflow, street_year

print("Clearing one book, beside a plain numpy sort and cumulative sum")
clearing.main()
print("\nPlanning one home, beside the same program in SciPy")
planning.main()
print("\nA street's year, and where its time goes")
street_year.main()
print("\nA grid's year of power flow, beside pandapower on a week of it")
powerflow.main()
print("\nNested layers against the full power flow")
nested_layers.main()
print("\nThe ledger's core, beside its signatures alone")
ledger.main()
