using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using KernelSim.Bytecode;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Programs;

/// <summary>Instructions that an engine has loaded.</summary>
/// <param name="image">The instructions, as the engine got them.</param>
/// <param name="engine">The engine's name.</param>
/// <param name="program">The engine's program.</param>
/// <param name="host">What the instructions see of the driver.</param>
/// <param name="globals">The maps' values whose addresses are in the instructions.</param>
internal sealed unsafe class BytecodeCode(
    BytecodeImage image, string engine, IBytecodeProgram program, BytecodeProgramHost host, MapValueAddress[] globals) : ProgramCode
{
    /// <summary>Jumps backwards that a run may make: a fraction of a second. A program at DISPATCH_LEVEL must not run for longer.</summary>
    private const ulong LoopBudget = 1UL << 26;

    /// <inheritdoc/>
    public override BytecodeImage? Image => image;

    /// <inheritdoc/>
    public override BpfInstruction[] CopyInstructions(IReadOnlyList<EbpfMap> maps)
    {
        BpfInstruction[] copy = [.. image.Instructions];
        for (int i = 0; i < copy.Length; i += copy[i].IsWide ? 2 : 1)
        {
            if (copy[i].IsWide && maps.FirstOrDefault(m => m.Pointer.Value == copy[i].WideConstant(copy[i + 1])) is { } map)
            {
                Name(copy, i, BpfInstruction.MapSource, map.Id, 0);
            }
        }

        foreach (MapValueAddress global in globals)
        {
            Name(copy, global.Instruction, BpfInstruction.MapValueSource, global.MapId, global.Offset);
        }

        return copy;
    }

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override uint Run(in HelperCall call)
    {
        // The call is on the stack of this thread, below every helper that will ask for it. So is the run, for as long as it goes on.
        BytecodeRun run = new(host, Unsafe.AsPointer(in call), (ulong)call.Context, r2: 0);
        run.Budget = LoopBudget;
        host.Begin(ref run, call);
        call.Execution.Run = Unsafe.AsPointer(ref run);
        ulong result = KernelEventSource.Log.IsEnabled(EventLevel.Verbose, KernelEventSource.Keywords.Instruction)
            ? RunTraced(ref run, call)
            : program.Run(ref run);
        call.Execution.Run = null;
        if (run.Fault is { } fault)
        {
            host.Stop(call, fault);
        }

        return (uint)result;
    }

    private static void Name(BpfInstruction[] code, int at, int source, uint map, uint offset)
    {
        code[at] = new BpfInstruction(code[at].Opcode, code[at].Destination, source, 0, (int)map);
        code[at + 1] = code[at + 1] with { Immediate = (int)offset };
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong RunTraced(ref BytecodeRun run, in HelperCall call)
    {
        InstructionTracer tracer = new(call.Program!, host.Words, call.Thread);
        run.Observer = tracer;
        ulong result = program.Run(ref run);
        tracer.Finish(ref run, engine, result);
        return result;
    }
}

/// <summary>An <c>lddw</c> of the address of a map's value.</summary>
/// <param name="Instruction">Its first slot.</param>
/// <param name="MapId">The map's id.</param>
/// <param name="Offset">Where in the value it points, in bytes.</param>
internal readonly record struct MapValueAddress(int Instruction, uint MapId, uint Offset);
