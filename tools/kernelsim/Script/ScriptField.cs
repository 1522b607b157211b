namespace KernelSim.Tool.Script;

/// <summary>A field that an op takes.</summary>
/// <param name="Name">Its name in the line.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Optional">True when it may be left out.</param>
internal sealed record ScriptField(string Name, ScriptFieldKind Kind, bool Optional = false)
{
    /// <summary>What a field of <see cref="ScriptFieldKind.Word"/> may say.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
