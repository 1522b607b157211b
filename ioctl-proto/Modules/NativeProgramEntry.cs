namespace KernelSim.Protocol.Modules;

/// <summary>A program in a native module: <c>program_entry_t</c>.</summary>
/// <param name="Name">Its name; null makes the module invalid.</param>
/// <param name="Section">The section that it was in, which says what it is for.</param>
/// <param name="ProgramType">Its type: a GUID of <see cref="ProgramTypeTable"/>, or of somebody's own extension.</param>
/// <param name="AttachType">Where it expects to be attached.</param>
/// <param name="Maps">Indexes of the maps that it uses, in the order in which its code numbers them.</param>
/// <param name="Helpers">Ids of the helper functions that it calls.</param>
/// <param name="InstructionCount">Its size, in what stands for instructions: bytes of IL.</param>
/// <param name="Code">Its code: IL, in base 64. Nobody reads it but for its hash.</param>
/// <param name="ProgramInfoHash">The hash of its type's information when it was compiled, in hex; null when it does not say.</param>
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
