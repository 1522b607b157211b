using System.Collections.Immutable;
using KernelSim.Bytecode;
using KernelSim.ObjectFiles.Elf;

namespace KernelSim.ObjectFiles.Programs;

/// <summary>A section of code: its instructions, what relocates them, and the functions in it.</summary>
/// <param name="section">The section.</param>
/// <param name="instructions">Its instructions as they are in the file.</param>
/// <param name="relocations">What changes them, by the instruction's index.</param>
internal sealed class CodeSection(
    ElfSection section, ImmutableArray<BpfInstruction> instructions, IReadOnlyDictionary<int, ElfRelocation> relocations)
{
    private readonly Dictionary<int, int> _functionAt = [];

    public ElfSection Section => section;

    public ImmutableArray<BpfInstruction> Instructions => instructions;

    public IReadOnlyDictionary<int, ElfRelocation> Relocations => relocations;

    /// <summary>Adds a function. Of several that start at one place, which are names of the same code, the first counts.</summary>
    public void Add(ObjectFunction function) => _functionAt.TryAdd(function.FirstInstruction, function.Index);

    /// <summary>The function that starts at an instruction; null for none.</summary>
    public int? FunctionAt(long instruction) =>
        instruction is >= 0 and <= int.MaxValue && _functionAt.TryGetValue((int)instruction, out int function) ? function : null;

    /// <summary>Where in the file an instruction is.</summary>
    public long OffsetOf(int instruction) => section.Bytes.Offset + ((long)instruction * BpfInstruction.Size);
}
