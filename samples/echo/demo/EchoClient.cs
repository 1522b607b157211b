using System.Runtime.InteropServices;
using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Samples.Echo.Demo;

/// <summary>A program's side of the echo device: system calls, and memory that both sides reach by address.</summary>
internal sealed class EchoClient(ISystemGate gate)
{
    private const uint StatusBlockBytes = 16;

    private NtHandle _device;

    /// <summary>Opens the device, overlapped: a request may return pending.</summary>
    public NtStatus Open() => gate.NtCreateFile(0, Copy(Encoding.Unicode.GetBytes(EchoDevice.Win32Name)), CreateFileOptions.None, out _device);

    /// <summary>Sends a text and waits for it.</summary>
    public NtStatus Echo(string text, out string reply)
    {
        NtStatus status = Send(EchoDevice.Echo, text, out EchoRequest request);
        reply = status.IsSuccess ? ReplyOf(request) : string.Empty;
        return status;
    }

    /// <summary>Sends a text that comes back after <see cref="Release"/>.</summary>
    public NtStatus EchoLater(string text, out EchoRequest request) => Send(EchoDevice.EchoLater, text, out request);

    /// <summary>Completes all pending requests.</summary>
    public NtStatus Release() => Send(EchoDevice.Release, string.Empty, out _);

    /// <summary>Cancels the requests that are pending on the handle.</summary>
    public NtStatus Cancel() => gate.NtCancelIoFile(0, _device);

    /// <summary>Waits for a pending request: its final status, and the reply on success.</summary>
    public NtStatus Result(EchoRequest request, out string reply)
    {
        gate.NtWaitForSingleObject(0, request.Done, Timeout.InfiniteTimeSpan);
        NtStatus status = new(StatusBlockOf(request).Status);
        reply = status.IsSuccess ? ReplyOf(request) : string.Empty;
        return status;
    }

    /// <summary>Closes the handle.</summary>
    public NtStatus Close() => gate.NtClose(0, _device);

    private NtStatus Send(IoControlCode code, string text, out EchoRequest request)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        UserRange reply = new(gate.Memory.Allocate((uint)bytes.Length), (uint)bytes.Length);
        gate.NtCreateEvent(0, manualReset: true, initialState: false, out NtHandle done);
        request = new EchoRequest(done, gate.Memory.Allocate(StatusBlockBytes), reply);
        return gate.NtDeviceIoControlFile(0, _device, done, request.StatusBlock, code, Copy(bytes), reply);
    }

    private string ReplyOf(EchoRequest request) => Encoding.UTF8.GetString(
        gate.Memory.Access(request.Reply.Address, (uint)StatusBlockOf(request).Information, MemoryAccess.Read, nameof(EchoClient)));

    private IoStatusBlock StatusBlockOf(EchoRequest request) =>
        MemoryMarshal.Read<IoStatusBlock>(gate.Memory.Access(request.StatusBlock, StatusBlockBytes, MemoryAccess.Read, nameof(EchoClient)));

    private UserRange Copy(ReadOnlySpan<byte> bytes)
    {
        UserRange range = new(gate.Memory.Allocate((uint)bytes.Length), (uint)bytes.Length);
        bytes.CopyTo(gate.Memory.Access(range.Address, range.Length, MemoryAccess.Write, nameof(EchoClient)));
        return range;
    }
}

/// <summary>A request that was sent: the event that is set at its end, its status block, and the room for its reply.</summary>
internal readonly record struct EchoRequest(NtHandle Done, ulong StatusBlock, UserRange Reply);
