using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using KernelSim.Bytecode;
using KernelSim.EbpfCore.Extensions;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Programs;

/// <summary>Instructions that an engine has loaded.</summary>
/// <param name="image">The instructions, as the engine got them.</param>
/// <param name="engine">The engine.</param>
/// <param name="program">The engine's program.</param>
/// <param name="host">What the instructions see of the driver.</param>
internal sealed unsafe class BytecodeCode(BytecodeImage image, IBytecodeEngine engine, IBytecodeProgram program, BytecodeProgramHost host)
    : ProgramCode
{
    /// <summary>Jumps backwards that a run may make: a fraction of a second. A program at DISPATCH_LEVEL must not run for longer.</summary>
    private const ulong LoopBudget = 1UL << 26;

    /// <inheritdoc/>
    public override BytecodeImage? Image => image;

    /// <inheritdoc/>
    public override uint Run(in HelperCall call)
    {
        // The call is on the stack of this thread, below every helper that will ask for it. So is the run, for as long as it goes on.
        BytecodeRun run = new(host, Unsafe.AsPointer(in call), (ulong)call.Context, r2: 0) { Budget = LoopBudget };
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong RunTraced(ref BytecodeRun run, in HelperCall call)
    {
        InstructionTracer tracer = new(call.Program!, host.Listing, call.Thread);
        run.Observer = tracer;
        ulong result = program.Run(ref run);
        tracer.Finish(engine.Name, result, hasFaulted: run.Fault is not null);
        return result;
    }
}
