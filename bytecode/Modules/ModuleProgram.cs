using System.Collections.Immutable;
using KernelSim.Bytecode.Compiler;
using KernelSim.Bytecode.Modules;

namespace KernelSim.Bytecode;

/// <summary>
/// What a module keeps of a program beside its code: the instructions, which faults name, what its references stand for, and its source lines. A
/// module has the bytes of it as data.
/// </summary>
public sealed record ModuleProgram : IProgramSymbols
{
    /// <summary>The program's name.</summary>
    public required string Name { get; init; }

    /// <summary>The slots, with 0 where a reference is.</summary>
    public required ImmutableArray<BpfInstruction> Instructions { get; init; }

    /// <summary>The frames of the stack that it uses, 1 to 8.</summary>
    public required int Frames { get; init; }

    /// <summary>The helper that ends the whole program with 0 when it returns 0; null for none.</summary>
    public uint? UnwindHelper { get; init; }

    /// <summary>Its references, in the order in which its code numbers them.</summary>
    public ImmutableArray<ModuleReference> References { get; init; } = [];

    /// <summary>Its source lines, in the order of their instructions.</summary>
    public ImmutableArray<ModuleLine> Lines { get; init; } = [];

    /// <summary>Reads what <see cref="ToBytes"/> has written.</summary>
    /// <param name="bytes">The data of a module.</param>
    /// <exception cref="InvalidDataException">Another version of KernelSim has written it.</exception>
    public static ModuleProgram Read(ReadOnlySpan<byte> bytes) => ModuleFormat.Read(bytes);

    /// <summary>The program as data: the same program always gives the same bytes.</summary>
    public byte[] ToBytes() => ModuleFormat.Write(this);

    /// <summary>Makes a program of code that was compiled ahead of time.</summary>
    /// <param name="code">The method that the program begins with.</param>
    /// <param name="values">What the references stand for, in their order.</param>
    /// <param name="image">The program for faults.</param>
    public IBytecodeProgram Load(CompiledFunction code, ReadOnlySpan<ulong> values, out BytecodeImage image)
    {
        ArgumentNullException.ThrowIfNull(code);
        image = ToImage() with { References = values.ToArray() };
        return new CompiledProgram(image, Frames, code);
    }

    /// <inheritdoc/>
    /// <remarks>The names are not looked at: these are the lines of one program.</remarks>
    public ProgramSourceLine? Find(string file, string section, string program, int instruction)
    {
        int low = 0;
        for (int high = Lines.Length; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = Lines[middle].Instruction <= instruction ? (middle + 1, high) : (low, middle);
        }

        return low > 0 ? Lines[low - 1].Source : null;
    }

    internal BytecodeImage ToImage() => new(Instructions, Name) { UnwindHelper = UnwindHelper };
}
