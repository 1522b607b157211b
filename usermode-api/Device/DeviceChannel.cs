using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode.Device;

/// <summary>
/// A channel to the driver: a handle of its device, and the heap blocks of the process for requests, replies and the I/O
/// status. One call at a time owns a channel; its blocks are reused, so messages allocate nothing.
/// </summary>
/// <remarks>
/// A message is built with <c>Begin</c>, sent with <see cref="Send"/>, and read with <c>Reply</c>. Everything here is in
/// simulated memory: in a packed heap, a program that overruns its own blocks can overwrite the library's, as in reality.
/// </remarks>
internal sealed class DeviceChannel(ISystemGate gate, CallChecks checks)
{
    private const string RequestSite = "library:request";
    private const string ReplySite = "library:reply";
    private const string StatusSite = "library:io_status";

    private NtHandle _device = NtHandle.Invalid;
    private UserRange _status;
    private UserRange _request;
    private UserRange _reply;
    private int _requestLength;

    /// <summary>The process's gate to its machine.</summary>
    public ISystemGate Gate => gate;

    /// <summary>The request id of the call that owns the channel.</summary>
    public ulong RequestId => checks.RequestId;

    /// <summary>
    /// The status of the call's last failed message, and the error that <c>GetLastError</c> returned after it; null if none failed. Cleared
    /// when a call takes the channel over.
    /// </summary>
    public (NtStatus Status, Win32Error Error)? Failure { get; set; }

    /// <summary>Length of the last reply in bytes; 0 if the message failed.</summary>
    public int ReplyLength { get; private set; }

    /// <summary>Address of the last reply.</summary>
    public ulong ReplyAddress => _reply.Address;

    /// <summary>Address of the request being built.</summary>
    public ulong RequestAddress => _request.Address;

    /// <summary>Starts a request: writes its header and zeros the rest of its fixed part.</summary>
    /// <typeparam name="TRequest">The request's fixed part.</typeparam>
    /// <param name="operation">The requested operation.</param>
    /// <param name="tailLength">Length of the tail in bytes. The whole must not exceed <see cref="EbpfDevice.MaxMessageBytes"/>.</param>
    /// <param name="tail">The tail, for the caller to fill; it contains stale data of an earlier request.</param>
    public ref TRequest Begin<TRequest>(EbpfOperationId operation, int tailLength, out Span<byte> tail)
        where TRequest : unmanaged
    {
        _requestLength = Unsafe.SizeOf<TRequest>() + tailLength;
        EnsureBlock(ref _request, EbpfDevice.MaxMessageBytes);
        Span<byte> message = gate.Memory.Access(_request.Address, (uint)_requestLength, MemoryAccess.Write, RequestSite);
        tail = message[Unsafe.SizeOf<TRequest>()..];
        ref TRequest request = ref MemoryMarshal.AsRef<TRequest>(message);
        request = default;

        // Every request starts with a header; its two bytes of padding are zero here, as in upstream's new vector.
        MemoryMarshal.AsRef<OperationHeader>(message) = new OperationHeader { Length = (ushort)_requestLength, Id = operation };
        return ref request;
    }

    /// <summary>Whether the length of a request fits its header: <c>ebpf_safe_size_t_to_uint16</c>. Checked before the request is begun.</summary>
    public bool RequireMessageLength(int fixedPart, ulong tail) =>
        checks.Require(
            tail <= (ulong)(EbpfDevice.MaxMessageBytes - fixedPart),
            CheckTable.ApiMessageLength,
            "length of the request",
            (long)Math.Min((ulong)fixedPart + tail, long.MaxValue),
            EbpfDevice.MaxMessageBytes);

    /// <summary>Sends the request and waits for the reply: <c>invoke_ioctl</c>. Opens the device if it is not open yet.</summary>
    /// <param name="replyLength">Room for the reply in bytes; 0 if the operation has none.</param>
    /// <param name="isFixed">True if the reply must have exactly that length.</param>
    /// <returns>The result that the status decodes to, or that of a check that refused.</returns>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public EbpfResult Send(int replyLength = 0, bool isFixed = true)
    {
        ReplyLength = 0;
        if (_device == NtHandle.Invalid)
        {
            NtStatus opened = Open();
            if (!opened.IsSuccess)
            {
                return checks.Refuse(CheckTable.ApiDevice, $"{opened} from NtCreateFile");
            }
        }

        EnsureBlock(ref _reply, Math.Max(replyLength, EbpfDevice.MaxMessageBytes));
        EnsureBlock(ref _status, Unsafe.SizeOf<IoStatusBlock>());
        NtStatus status = gate.NtDeviceIoControlFile(
            RequestId,
            _device,
            NtHandle.Invalid,
            _status.Address,
            EbpfDevice.ControlCode,
            new UserRange(_request.Address, (uint)_requestLength),
            replyLength == 0 ? UserRange.Null : new UserRange(_reply.Address, (uint)replyLength));
        ThrowIfEnded(status);
        Win32Error error = ResultConversions.ToDeviceIoControlError(status);
        if (error != Win32Error.Success)
        {
            // Requests that clean up come after the one that failed.
            Failure = (status, error);
            return ResultConversions.ToEbpfResult(error);
        }

        Span<byte> block = gate.Memory.Access(_status.Address, _status.Length, MemoryAccess.Read, StatusSite);
        ReplyLength = (int)Math.Min(MemoryMarshal.Read<IoStatusBlock>(block).Information, (ulong)replyLength);
        return !isFixed || checks.Require(ReplyLength == replyLength, CheckTable.ApiReplyLength, "bytes in the reply", ReplyLength, replyLength)
            ? EbpfResult.Success
            : checks.Refused;
    }

    /// <summary>Reads the reply to the last request.</summary>
    /// <typeparam name="TReply">The reply's fixed part.</typeparam>
    /// <param name="tail">The bytes after the fixed part.</param>
    public ref readonly TReply Reply<TReply>(out ReadOnlySpan<byte> tail)
        where TReply : unmanaged
    {
        ReadOnlySpan<byte> message = gate.Memory.Access(
            _reply.Address, (uint)Math.Max(ReplyLength, Unsafe.SizeOf<TReply>()), MemoryAccess.Read, ReplySite);
        tail = message[Unsafe.SizeOf<TReply>()..];
        return ref MemoryMarshal.AsRef<TReply>(message);
    }

    /// <summary>Closes the handle and frees the blocks. Only within a call, and only while no other call owns the channel.</summary>
    public void Close(ulong requestId)
    {
        if (_device != NtHandle.Invalid)
        {
            gate.NtClose(requestId, _device);
            _device = NtHandle.Invalid;
        }

        FreeBlock(ref _request);
        FreeBlock(ref _reply);
        FreeBlock(ref _status);
    }

    /// <summary>Opens the device, whose name is in the process's memory for the duration of the call.</summary>
    private NtStatus Open()
    {
        UserRange name = UnicodeText.Allocate(gate.Memory, EbpfDevice.Win32Name, "library:device_name");
        NtStatus status = gate.NtCreateFile(RequestId, name, CreateFileOptions.SynchronousIo, out NtHandle device);
        ThrowIfEnded(status);
        gate.Memory.Free(name.Address);
        _device = status.IsSuccess ? device : NtHandle.Invalid;
        return status;
    }

    private void EnsureBlock(ref UserRange block, int length)
    {
        if (block.Length < length)
        {
            FreeBlock(ref block);
            block = new UserRange(gate.Memory.Allocate((uint)length), (uint)length);
        }
    }

    private void FreeBlock(ref UserRange block)
    {
        gate.Memory.Free(block.Address);
        block = UserRange.Null;
    }

    /// <summary>Throws if the process ended during the system call, to unwind its code to the edge of the library.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ThrowIfEnded(NtStatus status)
    {
        if (status == NtStatus.ProcessIsTerminating || gate.HasExited)
        {
            ThrowEnded();
        }
    }

    [DoesNotReturn]
    private void ThrowEnded() => throw new ProcessExitedException(gate.ProcessId, violation: null);
}
