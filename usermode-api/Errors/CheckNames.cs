using KernelSim.Protocol.Checks;

namespace KernelSim.UserMode;

/// <summary>Finds the check that a program names, so that a misspelt name is an error and not an answer.</summary>
internal static class CheckNames
{
    /// <summary>The row with an id or a code.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Check Find(string check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return CheckTable.Find(check)
            ?? throw new ArgumentException(
                $"'{check}' given, expected the id of a check, such as map.create.max_entries, or its code.", nameof(check));
    }
}
