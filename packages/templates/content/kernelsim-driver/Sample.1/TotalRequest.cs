using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace SampleNamespace;

/// <summary>A request and what the kernel writes at its end, like an OVERLAPPED: an event, a status block and room for the reply.</summary>
public sealed class TotalRequest : IDisposable
{
    private const uint StatusBlockBytes = 16;

    private readonly ISystemGate _gate;
    private readonly NtHandle _done;
    private readonly ulong _statusBlock;
    private readonly UserRange _number;

    internal TotalRequest(ISystemGate gate)
    {
        _gate = gate;
        gate.NtCreateEvent(0, manualReset: true, initialState: false, out _done);
        _statusBlock = gate.Memory.Allocate(StatusBlockBytes);
        _number = new UserRange(gate.Memory.Allocate(TotalDevice.NumberBytes), TotalDevice.NumberBytes);
    }

    /// <summary>Waits until the request has ended: its final status, and the total on success.</summary>
    public NtStatus Wait(out ulong total)
    {
        total = 0;
        NtStatus status = _gate.NtWaitForSingleObject(0, _done, TimeSpan.FromSeconds(10));
        if (status != NtStatus.Success)
        {
            return status;
        }

        IoStatusBlock block = MemoryMarshal.Read<IoStatusBlock>(Access(_statusBlock, StatusBlockBytes, MemoryAccess.Read));
        status = new NtStatus(block.Status);
        if (status.IsSuccess)
        {
            total = MemoryMarshal.Read<ulong>(Access(_number.Address, TotalDevice.NumberBytes, MemoryAccess.Read));
        }

        return status;
    }

    /// <summary>Frees event and memory. While the request is pending they belong to the kernel: cancel and wait first.</summary>
    public void Dispose()
    {
        _gate.NtClose(0, _done);
        _gate.Memory.Free(_statusBlock);
        _gate.Memory.Free(_number.Address);
    }

    internal NtStatus Send(NtHandle device, IoControlCode code, ulong? number)
    {
        UserRange input = UserRange.Null;
        if (number is ulong value)
        {
            MemoryMarshal.Write(Access(_number.Address, TotalDevice.NumberBytes, MemoryAccess.Write), value);
            input = _number;
        }

        // METHOD_BUFFERED copies the input before the reply is written: one range serves both.
        return _gate.NtDeviceIoControlFile(0, device, _done, _statusBlock, code, input, _number);
    }

    private Span<byte> Access(ulong address, uint length, MemoryAccess access) =>
        _gate.Memory.Access(address, length, access, nameof(TotalRequest));
}
