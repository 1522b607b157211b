using System.Runtime.CompilerServices;
using KernelSim.Bytecode;
using KernelSim.EbpfCore.Extensions;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Programs;

/// <summary>Instructions that an engine has loaded.</summary>
/// <param name="image">The instructions, as the engine got them.</param>
/// <param name="program">The engine's program.</param>
/// <param name="host">What the instructions see of the driver.</param>
internal sealed unsafe class BytecodeCode(BytecodeImage image, IBytecodeProgram program, BytecodeProgramHost host) : ProgramCode
{
    /// <inheritdoc/>
    public override BytecodeImage? Image => image;

    /// <inheritdoc/>
    public override uint Run(in HelperCall call)
    {
        // The call is on the stack of this thread, below every helper that will ask for it.
        BytecodeRun run = new(host, Unsafe.AsPointer(in call), (ulong)call.Context, r2: 0);
        ContextDescriptor context = host.ContextOf(call);
        host.OpenData(ref run, call, context);
        OpenContext(ref run, call.Context, context);
        ulong result = program.Run(ref run);
        if (run.Fault is { } fault)
        {
            host.Stop(call, fault);
        }

        return (uint)result;
    }

    /// <summary>A program may write to its context, but not to the pointers in it, which helpers and extensions follow.</summary>
    private static void OpenContext(ref BytecodeRun run, byte* context, in ContextDescriptor descriptor)
    {
        if (context == null || descriptor.Size <= 0)
        {
            return;
        }

        int first = PointersEnd(descriptor);
        if (first > 0)
        {
            run.AddRegion(context, (nuint)descriptor.Size, MemoryRegionKind.Context, writable: false);
        }

        if (first < descriptor.Size)
        {
            run.AddRegion(context + first, (nuint)(descriptor.Size - first), MemoryRegionKind.Context, writable: true);
        }
    }

    /// <summary>The first byte after all pointers.</summary>
    private static int PointersEnd(in ContextDescriptor descriptor)
    {
        int last = Math.Max(descriptor.Data, Math.Max(descriptor.End, descriptor.Meta));
        return last < 0 ? 0 : Math.Min(descriptor.Size, last + sizeof(ulong));
    }
}
