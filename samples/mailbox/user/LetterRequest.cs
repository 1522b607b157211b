using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Samples.Mailbox.User;

/// <summary>
/// A request for a letter, like an OVERLAPPED: an event, a status block and a reply buffer, which belong to the kernel until the
/// event is set.
/// </summary>
public sealed class LetterRequest : IDisposable
{
    internal const uint StatusBlockBytes = 16;

    private const string Site = "mailbox client";

    private readonly ISystemGate _gate;
    private readonly NtHandle _done;
    private readonly ulong _statusBlock;
    private readonly UserRange _room;
    private bool _isOver;

    internal LetterRequest(ISystemGate gate, NtHandle done)
    {
        _gate = gate;
        _done = done;
        _statusBlock = gate.Memory.Allocate(StatusBlockBytes);
        _room = new UserRange(gate.Memory.Allocate(MailboxDevice.MaxLetterBytes), MailboxDevice.MaxLetterBytes);
    }

    /// <summary>Waits until the request has finished: <c>GetOverlappedResult</c>.</summary>
    /// <param name="timeout">Longest time to wait, in host time; negative waits forever, zero polls.</param>
    /// <param name="letter">The letter on success.</param>
    /// <returns>
    /// The final status; <see cref="NtStatus.Timeout"/> if it has not finished; <see cref="NtStatus.ProcessIsTerminating"/> if the process has ended.
    /// </returns>
    public NtStatus Wait(TimeSpan timeout, out byte[] letter)
    {
        letter = [];
        NtStatus status = _gate.NtWaitForSingleObject(0, _done, timeout);
        if (status != NtStatus.Success)
        {
            return status;
        }

        _isOver = true;
        IoStatusBlock block = MemoryMarshal.Read<IoStatusBlock>(Read(_statusBlock, StatusBlockBytes));
        status = new NtStatus(block.Status);
        if (status.IsSuccess)
        {
            letter = Read(_room.Address, (uint)block.Information).ToArray();
        }

        return status;
    }

    /// <summary>Frees event and memory.</summary>
    /// <remarks>
    /// While the request is pending they belong to the kernel, and are left until the process ends: cancel it and <see cref="Wait"/> first.
    /// </remarks>
    public void Dispose()
    {
        if (_isOver && !_gate.HasExited)
        {
            _gate.Memory.Free(_room.Address);
            _gate.Memory.Free(_statusBlock);
            _gate.NtClose(0, _done);
            _isOver = false;
        }
    }

    internal NtStatus Send(NtHandle device, uint milliseconds)
    {
        UserRange request = MailboxClient.Copy(_gate, MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in milliseconds)));
        NtStatus status = _gate.NtDeviceIoControlFile(0, device, _done, _statusBlock, MailboxDevice.Receive, request, _room);
        if (!_gate.HasExited)
        {
            // METHOD_BUFFERED: the request has been copied. Only the reply and the status block are written later.
            _gate.Memory.Free(request.Address);
        }

        // Refused at once: nothing will be written, and the event will not be set.
        _isOver = status.IsError;
        return status;
    }

    private ReadOnlySpan<byte> Read(ulong address, uint length) => _gate.Memory.Access(address, length, MemoryAccess.Read, Site);
}
