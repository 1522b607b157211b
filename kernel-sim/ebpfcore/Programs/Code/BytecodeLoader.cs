using System.Collections.Immutable;
using System.Runtime.InteropServices;
using KernelSim.Bytecode;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// Turns the instructions of operation 4 into code: <c>_ebpf_program_load_byte_code</c>. In them a helper is the position of its id among the
/// resolved ones, as the service numbers them for ubpf, and a map the number that operation 1 gave for it.
/// </summary>
/// <remarks>
/// Not in upstream: an <c>lddw</c> of the address of a map's value, source 2. It names the map by its position among the program's maps, and the
/// place in the value of its first element; an offset of 1 marks a map that the program may only read.
/// </remarks>
internal static class BytecodeLoader
{
    private const short ReadOnly = 1;

    /// <summary>Loads instructions into an engine; null if it does not accept them.</summary>
    public static ProgramCode? Load(CoreContext core, KeThread current, EbpfProgram program, IBytecodeEngine engine, ReadOnlySpan<byte> bytes)
    {
        BpfInstruction[] instructions = ImmutableCollectionsMarshal.AsArray(BpfInstruction.Read(bytes))!;
        uint[] helpers = program.Providers.HelperIds;
        GlobalRegions globals = new();
        List<MapValueAddress> addresses = [];
        for (int i = 0; i < instructions.Length; i++)
        {
            ref BpfInstruction instruction = ref instructions[i];
            if (instruction.IsHelperCall)
            {
                uint place = (uint)instruction.Immediate;
                instruction = instruction with { Immediate = place < helpers.Length ? (int)helpers[place] : -1 };
            }
            else if (instruction.IsWide)
            {
                if (instruction.Source == BpfInstruction.MapValueSource && !TryPlace(current, program, instructions, i, globals, addresses))
                {
                    return null;
                }

                i++;
            }
        }

        BytecodeImage image = new(ImmutableCollectionsMarshal.AsImmutableArray(instructions), program.Name)
        {
            UnwindHelper = TailCallAmong(helpers, program),
            Structure = new StructuralOptions { HasHelper = id => helpers.Contains(id) },
        };
        InstructionWords words = new(image, program, core.Options.Symbols);
        return engine.Load(image, out _) is { } loaded
            ? new BytecodeCode(
                image, engine.Name, loaded, new BytecodeProgramHost(core, [.. program.Maps], program.TypeData, globals.All, words), [.. addresses])
            : null;
    }

    /// <summary>The helper that does not return to the program when it succeeds.</summary>
    private static uint? TailCallAmong(uint[] helpers, EbpfProgram program)
    {
        int place = Array.FindIndex(
            helpers, id => program.Bindings.Find(id)?.Prototype.ReturnType == HelperReturnType.IntegerOrNoReturnIfSucceed);
        return place < 0 ? null : helpers[place];
    }

    /// <summary>Replaces the place of a map's value by its address.</summary>
    private static bool TryPlace(
        KeThread current, EbpfProgram program, BpfInstruction[] instructions, int at, GlobalRegions globals, List<MapValueAddress> addresses)
    {
        BpfInstruction first = instructions[at];
        if (at + 1 >= instructions.Length || (uint)first.Immediate >= (uint)program.Maps.Count)
        {
            return false;
        }

        EbpfMap map = program.Maps[first.Immediate];
        uint offset = (uint)instructions[at + 1].Immediate;
        if (!globals.TryAdd(current, map, offset, first.Offset != ReadOnly, out ulong address))
        {
            return false;
        }

        addresses.Add(new MapValueAddress(at, map.Id, offset));
        instructions[at] = new BpfInstruction(first.Opcode, first.Destination, 0, 0, (int)address);
        instructions[at + 1] = instructions[at + 1] with { Immediate = (int)(address >> 32) };
        return true;
    }
}
