using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Testing;

/// <summary>
/// A request to a device that may still be pending: an event, a status block and room for the reply, as in an OVERLAPPED. While it is pending
/// these belong to the kernel, and disposing leaves them: a request that has not ended when its test ends is a leak.
/// </summary>
public sealed class TestRequest : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly ISystemGate _gate;
    private readonly IoControlCode _code;
    private readonly NtHandle _done;
    private readonly UserRange _statusBlock;
    private readonly UserRange _room;
    private readonly NtStatus _sent;
    private DeviceReply? _reply;
    private bool _disposed;

    internal TestRequest(TestDevice device, IoControlCode code, ReadOnlySpan<byte> request, int replyBytes)
    {
        _gate = device.Gate;
        _code = code;
        NtStatus created = _gate.NtCreateEvent(0, manualReset: true, initialState: false, out _done);
        if (!created.IsSuccess)
        {
            throw new InvalidOperationException($"NtCreateEvent returned {created}, expected STATUS_SUCCESS.");
        }

        _statusBlock = TestDevice.Allocate(_gate, new byte[Unsafe.SizeOf<IoStatusBlock>()]);
        _room = TestDevice.Allocate(_gate, new byte[replyBytes]);
        UserRange input = TestDevice.Allocate(_gate, request);
        _sent = _gate.NtDeviceIoControlFile(0, device.Handle, _done, _statusBlock.Address, code, input, _room);
        TestDevice.Free(_gate, input);
    }

    /// <summary>Whether it has not ended.</summary>
    public bool IsPending => !TryEnd(TimeSpan.Zero);

    /// <summary>Waits for its end.</summary>
    /// <param name="limit">The longest time to wait, of the host; 30 seconds if null.</param>
    /// <returns>The final status and the reply.</returns>
    /// <exception cref="TimeoutException">It has not ended by then.</exception>
    public DeviceReply Wait(TimeSpan? limit = null)
    {
        TimeSpan longest = limit ?? s_limit;
        return TryEnd(longest)
            ? _reply!
            : throw new TimeoutException(
                $"Control code {_code} has not ended within {longest.TotalSeconds:0.###} s: its driver still holds the request.");
    }

    /// <summary>Frees event and memory if it has ended.</summary>
    public void Dispose()
    {
        if (!_disposed && TryEnd(TimeSpan.Zero))
        {
            _disposed = true;
            _gate.NtClose(0, _done);
            TestDevice.Free(_gate, _room);
            TestDevice.Free(_gate, _statusBlock);
        }
    }

    private bool TryEnd(TimeSpan longest)
    {
        if (_reply is not null)
        {
            return true;
        }

        if (_sent.IsError)
        {
            // Refused at once: neither event nor status block is written.
            _reply = new DeviceReply(_sent, []);
            return true;
        }

        NtStatus waited = _gate.NtWaitForSingleObject(0, _done, longest);
        if (waited == NtStatus.Timeout)
        {
            return false;
        }

        if (waited != NtStatus.Success)
        {
            _reply = new DeviceReply(waited, []);
            return true;
        }

        IoStatusBlock block = MemoryMarshal.Read<IoStatusBlock>(Read(_statusBlock));
        NtStatus status = new(block.Status);
        _reply = new DeviceReply(status, status.IsError ? [] : Read(_room)[..(int)Math.Min(block.Information, _room.Length)].ToArray());
        return true;
    }

    private ReadOnlySpan<byte> Read(UserRange range) =>
        range.IsNull ? default : _gate.Memory.Access(range.Address, range.Length, MemoryAccess.Read, TestDevice.Site);
}
