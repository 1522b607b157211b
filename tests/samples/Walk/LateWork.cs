using KernelSim.Nt.Ex;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.Samples.Tests.Walk;

/// <summary>The mistake of waiting in a DPC, mended.</summary>
internal static class LateWork
{
    public static NtStatus CompletesFromAWorkItem(KeThread current, DeviceObject device, Irp irp)
    {
        irp.MarkPending();
        KEvent letterWritten = new(current.Machine, manualReset: true);
        ExWorkItem reader = new(current.Machine, there =>
        {
            letterWritten.Wait(there, Timeout.InfiniteTimeSpan); // at PASSIVE_LEVEL, where waiting is allowed
            there.Machine.Io.CompleteRequest(there, irp, NtStatus.Success, 0);
        });
        new KDpc(current.Machine, there =>
        {
            letterWritten.Set();
            reader.Queue(there);
        }).Insert(current, 0);
        return NtStatus.Pending;
    }
}
