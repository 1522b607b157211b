using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Testing;

/// <summary>A device that a process of the test has open, overlapped. Closing it is the test's business: an open handle is a leak.</summary>
public sealed class TestDevice : IDisposable
{
    internal const string Site = "test";

    private TestDevice(ISystemGate gate, NtHandle handle)
    {
        Gate = gate;
        Handle = handle;
    }

    /// <summary>The gate of the process that has it open.</summary>
    public ISystemGate Gate { get; }

    /// <summary>Its handle in that process.</summary>
    public NtHandle Handle { get; }

    /// <summary>Opens a device.</summary>
    /// <param name="gate">The gate of the process that opens it.</param>
    /// <param name="name">Its name for programs, such as <c>\\.\Echo</c>.</param>
    /// <param name="device">The device on success; otherwise null.</param>
    /// <returns>The status of the request to open it.</returns>
    public static NtStatus Open(ISystemGate gate, string name, out TestDevice? device)
    {
        ArgumentNullException.ThrowIfNull(gate);
        ArgumentNullException.ThrowIfNull(name);
        UserRange text = Allocate(gate, Encoding.Unicode.GetBytes(name));
        NtStatus status = gate.NtCreateFile(0, text, CreateFileOptions.None, out NtHandle handle);
        Free(gate, text);
        device = status.IsSuccess ? new TestDevice(gate, handle) : null;
        return status;
    }

    /// <summary>Sends a control request and waits until it is complete.</summary>
    /// <param name="code">The control code, as the driver declares it.</param>
    /// <param name="request">The bytes of the request.</param>
    /// <param name="replyBytes">Room for the reply, in bytes.</param>
    /// <exception cref="TimeoutException">It has not ended within 30 seconds of the host's time.</exception>
    public DeviceReply Send(IoControlCode code, ReadOnlySpan<byte> request = default, int replyBytes = 0)
    {
        using TestRequest sent = Begin(code, request, replyBytes);
        return sent.Wait();
    }

    /// <summary>Sends a control request and does not wait: it may be pending.</summary>
    /// <param name="code">The control code, as the driver declares it.</param>
    /// <param name="request">The bytes of the request.</param>
    /// <param name="replyBytes">Room for the reply, in bytes.</param>
    public TestRequest Begin(IoControlCode code, ReadOnlySpan<byte> request = default, int replyBytes = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(replyBytes);
        return new TestRequest(this, code, request, replyBytes);
    }

    /// <summary>Cancels the requests that its process has sent through it and that have not ended.</summary>
    public void Cancel() => Gate.NtCancelIoFile(0, Handle);

    /// <summary>Closes the handle.</summary>
    public void Dispose() => Gate.NtClose(0, Handle);

    /// <summary>A block of the process's memory with these bytes; null for none.</summary>
    internal static UserRange Allocate(ISystemGate gate, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return UserRange.Null;
        }

        UserRange range = new(gate.Memory.Allocate((uint)bytes.Length), (uint)bytes.Length);
        bytes.CopyTo(gate.Memory.Access(range.Address, range.Length, MemoryAccess.Write, Site));
        return range;
    }

    internal static void Free(ISystemGate gate, UserRange range)
    {
        if (!gate.HasExited)
        {
            gate.Memory.Free(range.Address);
        }
    }
}
