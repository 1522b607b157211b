using System.Collections.Immutable;
using KernelSim.Bytecode;

namespace KernelSim.ObjectFiles;

/// <summary>
/// A program, linked: its instructions with those of every function that it calls behind them, as libbpf links it. Calls between them have their
/// distances. What refers to maps and externs has their index in the file as its immediate, and is listed: whoever loads the program puts
/// descriptors or addresses there.
/// </summary>
public sealed record ObjectProgram
{
    /// <summary>Its index in <see cref="BpfObjectFile.Programs"/>.</summary>
    public required int Index { get; init; }

    /// <summary>The function that it starts with.</summary>
    public required ObjectFunction Function { get; init; }

    /// <summary>Its name: the function's.</summary>
    public string Name => Function.Name;

    /// <summary>Its section's name, which program types are told from.</summary>
    public string Section => Function.Section;

    /// <summary>All instructions; an <c>lddw</c> takes two.</summary>
    public required ImmutableArray<BpfInstruction> Instructions { get; init; }

    /// <summary>The functions in them, in their order, the program's own first.</summary>
    public required ImmutableArray<LinkedFunction> Functions { get; init; }

    /// <summary>The instructions that refer to maps.</summary>
    public required ImmutableArray<MapReference> MapReferences { get; init; }

    /// <summary>The instructions that refer to externs.</summary>
    public required ImmutableArray<ExternReference> ExternReferences { get; init; }

    /// <summary>The calls of helpers by number.</summary>
    public required ImmutableArray<HelperCall> HelperCalls { get; init; }

    /// <summary>Where source lines start; none if the file was compiled without <c>-g</c>.</summary>
    public required ImmutableArray<SourceLine> Lines { get; init; }

    /// <summary>The source line of an instruction; null for one that is of none.</summary>
    public SourceLine? LineOf(int instruction)
    {
        LinkedFunction? function = FunctionOf(instruction);
        int low = 0;
        for (int high = Lines.Length; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = Lines[middle].Instruction <= instruction ? (middle + 1, high) : (low, middle);
        }

        return function is { } f && low > 0 && Lines[low - 1].Instruction >= f.FirstInstruction ? Lines[low - 1] : null;
    }

    /// <summary>The function that an instruction is in; null for an instruction that the program does not have.</summary>
    public LinkedFunction? FunctionOf(int instruction)
    {
        int low = 0;
        for (int high = Functions.Length; low < high;)
        {
            int middle = (low + high) / 2;
            (low, high) = Functions[middle].FirstInstruction <= instruction ? (middle + 1, high) : (low, middle);
        }

        return low > 0 && instruction < Instructions.Length ? Functions[low - 1] : null;
    }
}

/// <summary>A function in a linked program.</summary>
/// <param name="Function">The function.</param>
/// <param name="FirstInstruction">Where in the program it starts.</param>
public readonly record struct LinkedFunction(ObjectFunction Function, int FirstInstruction);

/// <summary>An <c>lddw</c> that refers to a map.</summary>
/// <param name="Instruction">The instruction.</param>
/// <param name="Map">The index of the map in <see cref="BpfObjectFile.Maps"/>.</param>
/// <param name="IsValue">Whether it takes the address of the map's value (source 2), not of the map (source 1).</param>
/// <param name="Offset">Of a value: where in it, in bytes.</param>
public readonly record struct MapReference(int Instruction, int Map, bool IsValue, uint Offset);

/// <summary>An instruction that refers to an extern.</summary>
/// <param name="Instruction">The instruction.</param>
/// <param name="Extern">The index of the extern in <see cref="BpfObjectFile.Externs"/>.</param>
/// <param name="IsCall">Whether it is a call (source 2), or an <c>lddw</c> of an address (source 3).</param>
public readonly record struct ExternReference(int Instruction, int Extern, bool IsCall);

/// <summary>A call of a helper.</summary>
/// <param name="Instruction">The instruction.</param>
/// <param name="Helper">The helper's number.</param>
public readonly record struct HelperCall(int Instruction, int Helper);
