using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace SampleNamespace;

/// <summary>A program's side of the device. It has a process's gate only: system calls, and memory that it reaches by address.</summary>
public sealed class TotalClient : IDisposable
{
    private readonly ISystemGate _gate;
    private readonly NtHandle _device;

    private TotalClient(ISystemGate gate, NtHandle device)
    {
        _gate = gate;
        _device = device;
    }

    /// <summary>Opens the device, overlapped: a request may return pending.</summary>
    public static NtStatus Open(ISystemGate gate, out TotalClient? client)
    {
        byte[] name = Encoding.Unicode.GetBytes(TotalDevice.Win32Name);
        UserRange range = new(gate.Memory.Allocate((uint)name.Length), (uint)name.Length);
        name.CopyTo(gate.Memory.Access(range.Address, range.Length, MemoryAccess.Write, nameof(TotalClient)));
        NtStatus status = gate.NtCreateFile(0, range, CreateFileOptions.None, out NtHandle device);
        gate.Memory.Free(range.Address);
        client = status.IsSuccess ? new TotalClient(gate, device) : null;
        return status;
    }

    /// <summary>Adds a number to the total.</summary>
    public NtStatus Add(ulong number, out ulong total)
    {
        using TotalRequest request = new(_gate);
        NtStatus status = request.Send(_device, TotalDevice.Add, number);
        total = 0;
        return status.IsSuccess ? request.Wait(out total) : status;
    }

    /// <summary>Asks for the next change of the total: <see cref="NtStatus.Pending"/>, and the request to wait for.</summary>
    public NtStatus WaitForChange(out TotalRequest request)
    {
        request = new TotalRequest(_gate);
        return request.Send(_device, TotalDevice.WaitForChange, number: null);
    }

    /// <summary>Cancels the requests that are pending on this handle.</summary>
    public NtStatus Cancel() => _gate.NtCancelIoFile(0, _device);

    /// <summary>Closes the handle. The driver cancels what is still pending on it.</summary>
    public void Dispose() => _gate.NtClose(0, _device);
}
