"""All benchmarks, one after the other: `python -m benchmarks`."""

from benchmarks import clearing, planning, street_year

print("Clearing one book, beside a plain numpy sort and cumulative sum")
clearing.main()
print("\nPlanning one home, beside the same program in SciPy")
planning.main()
print("\nA street's year, and where its time goes")
street_year.main()
