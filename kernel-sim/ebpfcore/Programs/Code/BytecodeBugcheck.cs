using System.Diagnostics.CodeAnalysis;
using KernelSim.Bytecode;
using KernelSim.EbpfCore.Extensions;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Programs;

/// <summary>The bugcheck that a fault of a program's instructions is in a real kernel.</summary>
internal static class BytecodeBugcheck
{
    /// <summary>Stops the machine.</summary>
    /// <param name="call">The program's invocation.</param>
    /// <param name="fault">What its instructions did.</param>
    /// <param name="line">The source line of the instruction; empty if it is not known.</param>
    [DoesNotReturn]
    public static void Stop(in HelperCall call, BytecodeFault fault, string line)
    {
        EbpfProgram program = call.Program!;
        ulong address = MachineAddress.Of(call.Thread.Machine, fault);
        string text = fault.Text.Replace($"(0x{fault.Address:x})", $"(0x{address:x})", StringComparison.Ordinal);
        KernelEventSource.Log.ProgramFault(
            call.Thread.RequestId, call.Thread.ProcessorNumber, program.Id, program.Name, fault.Kind.ToString(), fault.Instruction, text, line);
        string detail = $"program {program.Id} '{program.Name}'{(line.Length == 0 ? "" : $", {line}")}: {text}";
        ulong writes = fault.Kind == BytecodeFaultKind.InvalidWrite ? 1u : 0;
        ulong level = (ulong)call.Thread.Irql;
        ulong at = (ulong)fault.Instruction;
        (BugcheckCode code, ulong[] parameters) = fault.Kind switch
        {
            BytecodeFaultKind.InvalidRead or BytecodeFaultKind.InvalidWrite when call.Thread.Irql >= Irql.Dispatch =>
                (BugcheckCode.DriverIrqlNotLessOrEqual, (ulong[])[address, level, writes, at]),
            BytecodeFaultKind.InvalidRead or BytecodeFaultKind.InvalidWrite =>
                (BugcheckCode.PageFaultInNonpagedArea, [address, writes, at, program.Id]),
            BytecodeFaultKind.Budget => (BugcheckCode.DpcWatchdogViolation, [0, program.Id, at, level]),
            _ => (BugcheckCode.KernelSecurityCheckFailure, [program.Id, (ulong)fault.Kind, at, level]),
        };
        call.Thread.Machine.BugCheck(code, parameters, detail);
    }
}
