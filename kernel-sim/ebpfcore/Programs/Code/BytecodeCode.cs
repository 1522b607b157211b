using System.Runtime.CompilerServices;
using KernelSim.Bytecode;
using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore.Programs;

/// <summary>Instructions that an engine has loaded.</summary>
/// <param name="image">The instructions, as the engine got them.</param>
/// <param name="program">The engine's program.</param>
/// <param name="host">What the instructions see of the driver.</param>
internal sealed unsafe class BytecodeCode(BytecodeImage image, IBytecodeProgram program, BytecodeProgramHost host) : ProgramCode
{
    /// <summary>Jumps backwards that a run may make: a fraction of a second. A program at DISPATCH_LEVEL must not run for longer.</summary>
    private const ulong LoopBudget = 1UL << 26;

    /// <inheritdoc/>
    public override BytecodeImage? Image => image;

    /// <inheritdoc/>
    [SkipLocalsInit]
    public override uint Run(in HelperCall call)
    {
        // The call is on the stack of this thread, below every helper that will ask for it.
        BytecodeRun run = new(host, Unsafe.AsPointer(in call), (ulong)call.Context, r2: 0);
        run.Budget = LoopBudget;
        host.Begin(ref run, call);
        ulong result = program.Run(ref run);
        if (run.Fault is { } fault)
        {
            host.Stop(call, fault);
        }

        return (uint)result;
    }
}
