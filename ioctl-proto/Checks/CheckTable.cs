namespace KernelSim.Protocol.Checks;

/// <summary>
/// Every check of the library, the I/O manager, the driver and the map store: one row each. A refusal anywhere names one of these.
/// </summary>
public static class CheckTable
{
    // 1xxx: the user library.

    // 2xxx: the I/O manager and the driver's dispatch routine.

    // 3xxx: the protocol's dispatch and its validator.

    // 4xxx: protocol handlers and the map store.

    /// <summary>All rows, by number.</summary>
    public static IReadOnlyList<Check> All { get; } =
        [.. typeof(CheckTable).GetFields().Where(f => f.FieldType == typeof(Check)).Select(f => (Check)f.GetValue(null)!).OrderBy(c => c.Number)];

    /// <summary>The row with a number, a code (<c>KS1003</c>) or an id; null when there is none.</summary>
    public static Check? Find(string idOrCode) =>
        All.FirstOrDefault(c => c.Id == idOrCode || string.Equals(c.Code, idOrCode, StringComparison.OrdinalIgnoreCase));

    /// <summary>The row with a number; null when there is none.</summary>
    public static Check? Find(int number) => All.FirstOrDefault(c => c.Number == number);
}
