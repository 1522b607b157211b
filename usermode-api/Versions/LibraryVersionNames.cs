namespace KernelSim.UserMode;

/// <summary>The names of library versions, as in option <c>--library</c> and event <c>LibraryOpen</c>.</summary>
public static class LibraryVersionNames
{
    /// <summary>The name: <c>checked</c>, <c>upstream</c> or <c>before-3564</c>.</summary>
    public static string NameOf(LibraryVersion version) => version switch
    {
        LibraryVersion.Checked => "checked",
        LibraryVersion.Upstream => "upstream",
        LibraryVersion.Before3564 => "before-3564",
        _ => throw new ArgumentOutOfRangeException(nameof(version)),
    };

    /// <summary>Finds a version by its name.</summary>
    public static bool TryParse(string name, out LibraryVersion version)
    {
        foreach (LibraryVersion candidate in Enum.GetValues<LibraryVersion>())
        {
            if (NameOf(candidate) == name)
            {
                version = candidate;
                return true;
            }
        }

        version = default;
        return false;
    }
}
