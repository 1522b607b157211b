using System.Text;

namespace KernelSim.LabScripts;

/// <summary>A field that an op takes.</summary>
/// <param name="Name">Name of the field in the line.</param>
/// <param name="Kind">Type of the value.</param>
/// <param name="Optional">Whether it may be omitted.</param>
internal sealed record ScriptField(string Name, ScriptFieldKind Kind, bool Optional = false)
{
    private readonly byte[] _utf8Name = Encoding.UTF8.GetBytes(Name);

    /// <summary>The name as a line has it.</summary>
    public ReadOnlySpan<byte> Utf8Name => _utf8Name;

    /// <summary>The allowed values of a field of <see cref="ScriptFieldKind.Word"/>.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
