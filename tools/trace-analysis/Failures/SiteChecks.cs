using KernelSim.Protocol.Checks;

namespace KernelSim.TraceAnalysis.Failures;

/// <summary>The check that would have compared a buffer with what the library touches at a site: <c>api.update.value_size</c> for a value.</summary>
internal static class SiteChecks
{
    private const string LibrarySite = "library:";

    // Sites whose call the ids of checks abbreviate.
    private static readonly (string Call, string Area)[] s_areas =
    [
        ("update_elem", "update"),
        ("lookup_elem", "lookup"),
        ("delete_elem", "delete"),
        ("get_next_key", "next_key"),
        ("ring_write", "ring"),
        ("prog_test_run", "test_run"),
        ("program_attach", "attach"),
    ];

    /// <summary>The check of a site; null for one that has none, such as the kernel's.</summary>
    public static EbpfCheck? Find(string site)
    {
        if (!site.StartsWith(LibrarySite, StringComparison.Ordinal) || site[LibrarySite.Length..].Split('.') is not [var call, var what])
        {
            return null;
        }

        string area = Array.Find(s_areas, a => a.Call == call).Area ?? call;
        return CheckTable.Find($"api.{area}.{what}_size");
    }
}
