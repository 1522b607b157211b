using System.Diagnostics.Tracing;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary><c>_ebpf_core_tail_call</c>: records which program runs once this one has returned.</summary>
internal static class TailCallHelper
{
    /// <summary><c>bpf_tail_call</c>.</summary>
    public static ulong TailCall(in HelperCall call, ulong context, ulong programs, ulong index, ulong r4, ulong r5) =>
        (ulong)(long)Request(call, call.Map(programs), (uint)index);

    /// <summary>
    /// 0; -EBPF_INVALID_ARGUMENT for an empty slot, an invalid index, or a map that is not a program array; -EBPF_NO_MORE_TAIL_CALLS from
    /// the last program that may run. The calling program continues in any case, and should return.
    /// </summary>
    public static int Request(in HelperCall call, EbpfMap? map, uint index)
    {
        var next = (EbpfProgram?)map?.ProgramAt(call.Thread, index);
        EbpfResult result = EbpfResult.InvalidArgument;
        if (next is not null)
        {
            result = EbpfResult.NoMoreTailCalls;
            if (call.Execution.TailCallCount < EbpfProgram.MaxTailCalls)
            {
                call.Execution.NextProgram = next;
                result = EbpfResult.Success;
            }
        }

        if (KernelEventSource.Log.IsEnabled(EventLevel.Verbose, KernelEventSource.Keywords.Program))
        {
            InstructionPlace place = call.Place;
            KernelEventSource.Log.TailCall(
                call.Thread.RequestId, call.Thread.ProcessorNumber, call.Program?.Id ?? 0, map?.Id ?? 0, index, next?.Id ?? 0,
                ResultConversions.NameOf(result), place.Instruction, place.Line);
        }

        return -(int)result;
    }
}
