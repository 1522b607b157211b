using System.Runtime.InteropServices;
using KernelSim.Bytecode;
using KernelSim.EbpfCore.Programs;

namespace KernelSim.Tool.Bpftool.Kernel;

/// <summary>A program's instructions, which come from the machine's owner: eBPF for Windows has no request for them.</summary>
internal sealed class ProgramListing
{
    private readonly Dictionary<int, string> _helpers = [];

    /// <summary>Reads them.</summary>
    /// <param name="program">The program, which the caller holds.</param>
    /// <param name="symbols">The machine's symbols.</param>
    public ProgramListing(EbpfProgram program, ProgramSymbols symbols)
    {
        Code = program.CopyInstructions();
        ProgramSource source = symbols.SourceOf(program.FileName, program.SectionName, program.Name);

        // Another program of the same names may have been loaded since.
        Source = source.Lines.Count == 0 || source.Lines.Count == Code.Length ? source : ProgramSource.None;
        foreach (BpfInstruction call in Code.Where(i => i.IsHelperCall))
        {
            if (program.NameOfHelper((uint)call.Immediate) is { } name)
            {
                _helpers[call.Immediate] = name;
            }
        }
    }

    /// <summary>The slots, with maps by their ids; none of a native program.</summary>
    public BpfInstruction[] Code { get; }

    /// <summary>What is known of their source.</summary>
    public ProgramSource Source { get; }

    /// <summary>The slots' bytes.</summary>
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(Code.AsSpan());

    /// <summary>Name of a helper that the program calls; null if it is not known.</summary>
    public string? Helper(int id) => _helpers.GetValueOrDefault(id);

    /// <summary>The function that starts at a slot; null if it is not known.</summary>
    public ProgramFunction? FunctionAt(int slot) => Source.Functions.FirstOrDefault(f => f.FirstInstruction == slot);

    /// <summary>The source line that starts at a slot; null where the line before it goes on.</summary>
    public ProgramSourceLine? LineAt(int slot) =>
        slot < Source.Lines.Count && (slot == 0 || !ReferenceEquals(Source.Lines[slot], Source.Lines[slot - 1])) ? Source.Lines[slot] : null;
}
