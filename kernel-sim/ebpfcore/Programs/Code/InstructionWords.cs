using KernelSim.Bytecode;
using KernelSim.EbpfCore.Maps;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// A program's instructions in words, for traces: their text with the names of helpers and maps, and their source lines. Each is made when it is
/// first asked for and kept, so that a program traced for long allocates no more. Any thread may ask: the same words are made twice at worst.
/// </summary>
/// <param name="image">The instructions, as the engine got them.</param>
/// <param name="program">The program that they are the code of.</param>
/// <param name="symbols">Where source lines come from; null for nowhere.</param>
internal sealed class InstructionWords(BytecodeImage image, EbpfProgram program, IProgramSymbols? symbols)
{
    private string?[]? _texts;
    private string?[]? _lines;

    /// <summary>The instruction in a slot, as <c>bpf disassemble</c> prints it.</summary>
    public string TextOf(int slot) => Keep(ref _texts, slot) ??= Describe(slot);

    /// <summary>The source line of a slot: file, number and text; empty if it is not known.</summary>
    public string LineOf(int slot) =>
        (uint)slot < (uint)image.Instructions.Length ? Keep(ref _lines, slot) ??= FindLine(slot) : string.Empty;

    /// <summary>The register that a slot's instruction has written by the time the next one begins; -1 for none.</summary>
    public int RegisterWrittenBy(int slot)
    {
        BpfInstruction instruction = image.Instructions[slot];
        // A function's result comes later, with its exit.
        return instruction.IsLocalCall ? -1 : instruction.IsExit ? 0 : instruction.WrittenRegister;
    }

    private ref string? Keep(ref string?[]? words, int slot)
    {
        words ??= new string?[image.Instructions.Length];
        return ref words[slot];
    }

    private string FindLine(int slot) =>
        symbols?.Find(program.FileName, program.SectionName, program.Name, slot)?.ToString() ?? string.Empty;

    private string Describe(int slot)
    {
        BpfInstruction instruction = image.Instructions[slot];
        if (instruction.IsHelperCall && program.Bindings.Find((uint)instruction.Immediate) is { } helper)
        {
            return $"call {helper.Prototype.Name}#{instruction.Immediate}";
        }

        return instruction.IsWide && MapIn(slot) is { } map
            ? $"r{instruction.Destination} = map[{map.Name}] ll"
            : Disassembly.TextOf(image.Instructions.AsSpan(), slot);
    }

    private EbpfMap? MapIn(int slot)
    {
        ulong number = image.Instructions[slot].WideConstant(image.Instructions[slot + 1]);
        return program.Maps.FirstOrDefault(m => m.Pointer.Value == number);
    }
}
