namespace KernelSim.Debugger.Output;

/// <summary>A column of a command's table, or a member of its answer.</summary>
/// <param name="Name">Its name in JSON, which stays; the heading is the same with spaces.</param>
/// <param name="Kind">What its values are.</param>
internal sealed record Column(string Name, ColumnKind Kind)
{
    /// <summary>What stands above it as text.</summary>
    public string Heading => Name.Replace('_', ' ');
}
