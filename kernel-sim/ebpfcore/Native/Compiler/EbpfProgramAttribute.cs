namespace KernelSim.EbpfCore.Native;

/// <summary>
/// Makes a method a program of its module: <c>SEC("…")</c>. The method is static, takes an <see cref="Programs.EbpfProgramContext"/> and
/// returns the program's result, a <see langword="uint"/>.
/// </summary>
/// <param name="section">
/// The section, such as <c>xdp/drop</c>: its prefix gives the program's type and its attach type, see
/// <see cref="Protocol.AttachTypeTable.FindBySection"/>.
/// </param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EbpfProgramAttribute(string section) : Attribute
{
    /// <summary>The section name.</summary>
    public string Section { get; } = section;

    /// <summary>Name of the program, at most 63 bytes; null for the method's name.</summary>
    public string? Name { get; init; }

    /// <summary>GUID of the program type, for types that no section implies; null for the section's.</summary>
    public string? ProgramType { get; init; }

    /// <summary>GUID of the expected attach type; null for the section's.</summary>
    public string? AttachType { get; init; }

    /// <summary>
    /// Helpers that it calls by their ids. Those that it calls by name are found in its code; loading fails if the program's
    /// type does not have all of them.
    /// </summary>
    public uint[] Helpers { get; init; } = [];

    /// <summary>
    /// Numbers of maps that it uses without a call of <see cref="Programs.EbpfProgramContext.Map(int)"/>, which the compiler finds by itself.
    /// </summary>
    public int[] Maps { get; init; } = [];
}
