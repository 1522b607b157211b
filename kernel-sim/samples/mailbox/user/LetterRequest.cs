using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Samples.Mailbox.User;

/// <summary>
/// A request for a letter, as OVERLAPPED keeps one: an event, a status block and room for the reply, which are the kernel's until the
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

    /// <summary>Waits until it is over: <c>GetOverlappedResult</c>.</summary>
    /// <param name="timeout">How long, in host time; negative waits forever, zero only looks.</param>
    /// <param name="letter">The letter on success.</param>
    /// <returns>
    /// How it ended; <see cref="NtStatus.Timeout"/>: it has not; <see cref="NtStatus.ProcessIsTerminating"/>: nobody is left to tell.
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

    /// <summary>Gives event and memory back.</summary>
    /// <remarks>
    /// While the request is pending they are the kernel's, and are left to the end of the process: cancel it and <see cref="Wait"/> first.
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
            // METHOD_BUFFERED: the request has been copied. What is written later is the reply and the status block.
            _gate.Memory.Free(request.Address);
        }

        // Refused at once: nothing will be written, and no event set.
        _isOver = status.IsError;
        return status;
    }

    private ReadOnlySpan<byte> Read(ulong address, uint length) => _gate.Memory.Access(address, length, MemoryAccess.Read, Site);
}
