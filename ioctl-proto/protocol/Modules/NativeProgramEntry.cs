namespace KernelSim.Protocol.Modules;

/// <summary>A program in a native module: <c>program_entry_t</c>.</summary>
/// <param name="Name">Its name; null makes the module invalid.</param>
/// <param name="Section">Name of its section, which gives program type and attach type.</param>
/// <param name="ProgramType">GUID of the program type, from <see cref="ProgramTypeTable"/> or of an extension.</param>
/// <param name="AttachType">GUID of the attach type that the program expects.</param>
/// <param name="Maps">Indexes of the maps that it uses, in the order in which its code numbers them.</param>
/// <param name="Helpers">Ids of the helper functions that it calls.</param>
/// <param name="InstructionCount">Size of the code: bytes of IL, which stand for instructions.</param>
/// <param name="Code">The code as IL in base 64. It is used only for the file's hash.</param>
/// <param name="ProgramInfoHash">Hash of the program type's information at compile time, in hex; null if not recorded.</param>
public sealed record NativeProgramEntry(
    string? Name,
    string Section,
    Guid ProgramType,
    Guid AttachType,
    IReadOnlyList<ushort> Maps,
    IReadOnlyList<uint> Helpers,
    ulong InstructionCount,
    string Code,
    string? ProgramInfoHash = null);
