using System.Globalization;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles;

/// <summary>Why an object file is refused.</summary>
/// <param name="Check">The check that refused.</param>
/// <param name="File">The name that the file was given.</param>
/// <param name="Offset">Where in the file the field is, in bytes.</param>
/// <param name="Field">The field, by its name in the ELF or BTF specification, or the map and its attribute.</param>
/// <param name="Given">The number in the file.</param>
/// <param name="Expected">What it was compared with; 0 where the check says it in words.</param>
public sealed record ObjectProblem(EbpfCheck Check, string File, long Offset, string Field, long Given, long Expected)
{
    /// <summary>All of it in one line.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"{File}: {Field} at offset 0x{Offset:x}: {Check.NameOf(Given)} given, expected {Expectation} [{Check.Id}]");

    private string Expectation => Check.Expectation(Given, Expected) is { } number ? $"{number} ({Check.Formula})" : Check.Formula;

    /// <inheritdoc/>
    public override string ToString() => Text;
}
