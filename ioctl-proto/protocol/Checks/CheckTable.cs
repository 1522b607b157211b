using System.Collections.Frozen;
using System.Reflection;

namespace KernelSim.Protocol.Checks;

/// <summary>
/// Every check of the library, the I/O manager, the driver and the map store: one row each. Every refusal names one of these.
/// </summary>
/// <remarks>
/// One file for each group of related numbers, so that adding a check touches the rows of its own area only. Numbers and ids, once published,
/// keep their meaning.
/// </remarks>
public static partial class CheckTable
{
    /// <summary>All rows, by number.</summary>
    public static IReadOnlyList<EbpfCheck> All => Index.Rows;

    /// <summary>The row with a number, a code (<c>KS1003</c>) or an id; null if there is none.</summary>
    public static EbpfCheck? Find(string idOrCode) => Index.ById.GetValueOrDefault(idOrCode)
        ?? Index.Rows.FirstOrDefault(c => string.Equals(c.Code, idOrCode, StringComparison.OrdinalIgnoreCase));

    /// <summary>The row with a number; null if there is none.</summary>
    public static EbpfCheck? Find(int number) => Index.ByNumber.GetValueOrDefault(number);

    /// <summary>Built on first use, when every row's field has been set, whatever the order of the files.</summary>
    private static class Index
    {
        internal static readonly EbpfCheck[] Rows =
        [
            .. typeof(CheckTable).GetFields(BindingFlags.Public | BindingFlags.Static)
                .Where(f => f.FieldType == typeof(EbpfCheck))
                .Select(f => (EbpfCheck)f.GetValue(null)!)
                .OrderBy(c => c.Number),
        ];

        internal static readonly FrozenDictionary<int, EbpfCheck> ByNumber = Rows.ToFrozenDictionary(c => c.Number);

        internal static readonly FrozenDictionary<string, EbpfCheck> ById = Rows.ToFrozenDictionary(c => c.Id);
    }
}
