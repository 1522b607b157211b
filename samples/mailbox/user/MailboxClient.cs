using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Samples.Mailbox.User;

/// <summary>
/// A program's side of the mailbox. It has only its process's gate: system calls, and memory that it accesses by address.
/// </summary>
/// <remarks>
/// After the process has ended the system calls return <see cref="NtStatus.ProcessIsTerminating"/>, and accessing memory throws
/// <see cref="ProcessExitedException"/>.
/// </remarks>
public sealed class MailboxClient : IDisposable
{
    private const string Site = "mailbox client";

    private readonly ISystemGate _gate;
    private readonly NtHandle _device;

    private MailboxClient(ISystemGate gate, NtHandle device)
    {
        _gate = gate;
        _device = device;
    }

    /// <summary>Opens the device, overlapped: a request may return pending.</summary>
    public static NtStatus Open(ISystemGate gate, out MailboxClient? client)
    {
        ArgumentNullException.ThrowIfNull(gate);
        byte[] name = Encoding.Unicode.GetBytes(MailboxDevice.Win32Name);
        UserRange range = Copy(gate, name);
        NtStatus status = gate.NtCreateFile(0, range, CreateFileOptions.None, out NtHandle device);
        if (!gate.HasExited)
        {
            gate.Memory.Free(range.Address);
        }

        client = status.IsSuccess ? new MailboxClient(gate, device) : null;
        return status;
    }

    /// <summary>Posts a letter. It never waits, so the status is the final one.</summary>
    public NtStatus Post(ReadOnlySpan<byte> letter)
    {
        UserRange request = Copy(_gate, letter);
        ulong statusBlock = _gate.Memory.Allocate(LetterRequest.StatusBlockBytes);
        NtStatus status = _gate.NtDeviceIoControlFile(
            0, _device, NtHandle.Invalid, statusBlock, MailboxDevice.Post, request, UserRange.Null);
        if (!_gate.HasExited)
        {
            _gate.Memory.Free(statusBlock);
            _gate.Memory.Free(request.Address);
        }

        return status;
    }

    /// <summary>Asks for a letter.</summary>
    /// <param name="timeout">When to give up, in the machine's time and whole milliseconds; zero for never.</param>
    /// <param name="request">The request, finished or not; null if the driver refused it.</param>
    /// <returns><see cref="NtStatus.Success"/>: the letter is there; <see cref="NtStatus.Pending"/>: it will arrive; otherwise the error.</returns>
    public NtStatus Receive(TimeSpan timeout, out LetterRequest? request)
    {
        request = null;
        NtStatus status = _gate.NtCreateEvent(0, manualReset: true, initialState: false, out NtHandle done);
        if (!status.IsSuccess)
        {
            return status;
        }

        LetterRequest sent = new(_gate, done);
        status = sent.Send(_device, (uint)timeout.TotalMilliseconds);
        if (status.IsError)
        {
            sent.Dispose();
        }
        else
        {
            request = sent;
        }

        return status;
    }

    /// <summary>Cancels every request of this process on this handle. Each ends soon, cancelled or with its ordinary result.</summary>
    public NtStatus Cancel() => _gate.NtCancelIoFile(0, _device);

    /// <summary>Closes the handle. The driver ends the requests that still wait.</summary>
    public void Dispose() => _gate.NtClose(0, _device);

    internal static UserRange Copy(ISystemGate gate, ReadOnlySpan<byte> bytes)
    {
        UserRange range = new(gate.Memory.Allocate((uint)bytes.Length), (uint)bytes.Length);
        bytes.CopyTo(gate.Memory.Access(range.Address, range.Length, MemoryAccess.Write, Site));
        return range;
    }
}
