namespace KernelSim.Tool.Script;

/// <summary>A field that an op takes.</summary>
/// <param name="Name">Name of the field in the line.</param>
/// <param name="Kind">Type of the value.</param>
/// <param name="Optional">Whether it may be omitted.</param>
internal sealed record ScriptField(string Name, ScriptFieldKind Kind, bool Optional = false)
{
    /// <summary>The allowed values of a field of <see cref="ScriptFieldKind.Word"/>.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
