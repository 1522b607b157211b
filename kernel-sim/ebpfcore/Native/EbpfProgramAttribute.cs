namespace KernelSim.EbpfCore.Native;

/// <summary>
/// Makes a program of a module of a method: <c>SEC("…")</c>. The method is static, takes an <see cref="Programs.EbpfProgramContext"/> and
/// returns the program's result, a <see langword="uint"/>.
/// </summary>
/// <param name="section">
/// The section, such as <c>xdp/drop</c>: its prefix says the program's type and where it is to be attached, see
/// <see cref="Protocol.AttachTypeTable.FindBySection"/>.
/// </param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EbpfProgramAttribute(string section) : Attribute
{
    /// <summary>The section.</summary>
    public string Section { get; } = section;

    /// <summary>The program's name, at most 63 bytes; null for the method's.</summary>
    public string? Name { get; init; }

    /// <summary>The GUID of the program's type, for types that no section names; null for the section's.</summary>
    public string? ProgramType { get; init; }

    /// <summary>The GUID of the attach type that it expects, likewise.</summary>
    public string? AttachType { get; init; }

    /// <summary>
    /// Helpers that it calls by their numbers. Those that it calls by their names are found in its code; loading fails when the program's
    /// type has not all of them.
    /// </summary>
    public uint[] Helpers { get; init; } = [];
}
