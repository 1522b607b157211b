using KernelSim.EbpfCore;
using KernelSim.LabScripts.Output;
using KernelSim.UserMode;

namespace KernelSim.LabScripts.Machines;

/// <summary>
/// The mistakes that a machine can be given: one row for each flag of <see cref="LibraryDefects"/> and <see cref="EbpfCoreDefects"/>.
/// </summary>
internal static class DefectTable
{
    /// <summary>Those of the library, then those of the driver.</summary>
    public static IReadOnlyList<Defect> All { get; } =
    [
        new("unscaled-values", "The library asks for one CPU's value of a per-CPU map.") { Library = LibraryDefects.UnscaledValues },
        new("reads-reply-of-failure", "The library reads the reply of a request that failed: the end of a map is EINVAL.")
        {
            Library = LibraryDefects.ReadsReplyOfFailure,
        },
        new("deletes-before-first", "Batch lookup-and-delete deletes the element before the first.") { Driver = EbpfCoreDefects.DeletesBeforeFirst },
        new("ends-walk-at-missing-key", "After a key that is not in the map a walk ends.") { Driver = EbpfCoreDefects.EndsWalkAtMissingKey },
        new("keeps-link-on-failure", "A detach that fails keeps a reference to a link.") { Driver = EbpfCoreDefects.KeepsLinkOnFailure },
        new("divides-by-key-size", "Batch delete divides by the size of a key, which may be 0.") { Driver = EbpfCoreDefects.DividesByKeySize },
    ];

    /// <summary>The ids of all.</summary>
    public static IEnumerable<string> Ids => All.Select(d => d.Id);

    /// <summary>Reads a list of ids with commas between them.</summary>
    /// <param name="text">The list.</param>
    /// <param name="defects">The mistakes, in the order of the list.</param>
    /// <param name="problem">What was given, before what was expected.</param>
    public static bool TryParse(string text, out IReadOnlyList<Defect> defects, out string problem)
    {
        List<Defect> found = [];
        defects = found;
        problem = "";
        foreach (string id in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (All.FirstOrDefault(d => d.Id == id) is not { } defect)
            {
                string hint = NearestWords.Hint(id, Ids);
                problem = $"'{id}' given, expected {(hint.Length > 0 ? "the id of a defect" + hint : string.Join(", ", Ids))}";
                return false;
            }

            found.Add(defect);
        }

        return true;
    }
}
