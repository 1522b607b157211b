using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Protocol;

namespace KernelSim.Samples.Tests.Walk;

/// <summary>
/// Dispatch routines that break a rule, one each. The page on writing a driver shows each with the record that the machine leaves.
/// </summary>
internal static unsafe class Mistakes
{
    private static readonly PoolTag s_tag = new("Mail");

    public static NtStatus CompletesNothing(KeThread current, DeviceObject device, Irp irp)
    {
        return NtStatus.Success;
    }

    public static NtStatus CompletesTwice(KeThread current, DeviceObject device, Irp irp)
    {
        current.Machine.Io.CompleteRequest(current, irp, NtStatus.Success, 0);
        current.Machine.Io.CompleteRequest(current, irp, NtStatus.Success, 0);
        return NtStatus.Success;
    }

    public static NtStatus RepliesMoreThanThereIsRoomFor(KeThread current, DeviceObject device, Irp irp)
    {
        current.Machine.Io.CompleteRequest(current, irp, NtStatus.Success, irp.OutputLength + 1);
        return NtStatus.Success;
    }

    public static NtStatus DoesNotMarkPending(KeThread current, DeviceObject device, Irp irp)
    {
        device.Extension = irp; // for whoever completes it later
        return NtStatus.Pending;
    }

    public static NtStatus MarksPendingAndReturnsSuccess(KeThread current, DeviceObject device, Irp irp)
    {
        irp.MarkPending();
        current.Machine.Io.CompleteRequest(current, irp, NtStatus.Success, 0);
        return NtStatus.Success;
    }

    public static NtStatus LeavesItsCancelRoutineSet(KeThread current, DeviceObject device, Irp irp)
    {
        irp.MarkPending();
        irp.SetCancelRoutine((_, cancelled) => current.Machine.Io.CompleteRequest(current, cancelled, NtStatus.Cancelled, 0));
        current.Machine.Io.CompleteRequest(current, irp, NtStatus.Success, 0); // a letter came
        return NtStatus.Pending;
    }

    public static NtStatus CannotBeCancelled(KeThread current, DeviceObject device, Irp irp)
    {
        irp.MarkPending();
        device.Extension = irp;
        return NtStatus.Pending;
    }

    public static NtStatus TakesItsLockTwice(KeThread current, DeviceObject device, Irp irp)
    {
        KSpinLock queue = default;
        using (queue.Acquire(current))
        {
            using (queue.Acquire(current)) // a helper that locks for itself, called under the lock
            {
                return NtStatus.Success;
            }
        }
    }

    public static NtStatus WaitsInADpc(KeThread current, DeviceObject device, Irp irp)
    {
        KEvent letterWritten = new(current.Machine, manualReset: true);
        new KDpc(current.Machine, there => letterWritten.Wait(there, Timeout.InfiniteTimeSpan)).Insert(current, 0);
        return NtStatus.Success;
    }

    public static NtStatus KeepsALetter(KeThread current, DeviceObject device, Irp irp)
    {
        device.Extension = new Block(current.Machine.Pool.Allocate(irp.InputLength, s_tag));
        current.Machine.Io.CompleteRequest(current, irp, NtStatus.Success, 0);
        return NtStatus.Success;
    }

    private sealed record Block(nuint Address)
    {
        public Block(byte* address)
            : this((nuint)address)
        {
        }
    }
}
