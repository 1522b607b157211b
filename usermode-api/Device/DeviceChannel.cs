using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using KernelSim.Protocol;
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
internal sealed class DeviceChannel(ISystemGate gate)
{
    private const string RequestSite = "library:request";
    private const string ReplySite = "library:reply";
    private const string StatusSite = "library:io_status";

    private NtHandle _device = NtHandle.Invalid;
    private UserRange _status;
    private UserRange _request;
    private UserRange _reply;
    private int _requestLength;

    /// <summary>The status of the last message.</summary>
    public NtStatus LastStatus { get; private set; }

    /// <summary>What <c>GetLastError</c> returned after it.</summary>
    public Win32Error LastError { get; private set; }

    /// <summary>Whether there is a handle of the device.</summary>
    public bool IsOpen => _device != NtHandle.Invalid;

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

    /// <summary>Sends the request and waits for the reply: <c>invoke_ioctl</c>. Opens the device if it is not open yet.</summary>
    /// <param name="requestId">Request id of the API call.</param>
    /// <param name="replyLength">Room for the reply; 0 when the operation has none.</param>
    /// <returns>
    /// The result that the status decodes to. <see cref="EbpfResult.AccessDenied"/> with <see cref="IsOpen"/> false: the device could not
    /// be opened.
    /// </returns>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public EbpfResult Send(ulong requestId, int replyLength)
    {
        ReplyLength = 0;
        if (!IsOpen && !Open(requestId))
        {
            LastError = Win32Error.AccessDenied;
            return ResultConversions.ToEbpfResult(LastError);
        }

        EnsureBlock(ref _reply, Math.Max(replyLength, EbpfDevice.MaxMessageBytes));
        EnsureBlock(ref _status, Unsafe.SizeOf<IoStatusBlock>());
        LastStatus = gate.NtDeviceIoControlFile(
            requestId,
            _device,
            NtHandle.Invalid,
            _status.Address,
            EbpfDevice.ControlCode,
            new UserRange(_request.Address, (uint)_requestLength),
            replyLength == 0 ? UserRange.Null : new UserRange(_reply.Address, (uint)replyLength));
        ThrowIfEnded(LastStatus);
        LastError = ResultConversions.ToDeviceIoControlError(LastStatus);
        if (LastError == Win32Error.Success)
        {
            Span<byte> block = gate.Memory.Access(_status.Address, _status.Length, MemoryAccess.Read, StatusSite);
            ReplyLength = (int)Math.Min(MemoryMarshal.Read<IoStatusBlock>(block).Information, (ulong)replyLength);
        }

        return ResultConversions.ToEbpfResult(LastError);
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
        if (IsOpen)
        {
            gate.NtClose(requestId, _device);
            _device = NtHandle.Invalid;
        }

        FreeBlock(ref _request);
        FreeBlock(ref _reply);
        FreeBlock(ref _status);
    }

    /// <summary>Opens the device, whose name is in the process's memory for the duration of the call.</summary>
    private bool Open(ulong requestId)
    {
        int bytes = Encoding.Unicode.GetByteCount(EbpfDevice.Win32Name);
        ulong name = gate.Memory.Allocate((uint)bytes);
        Encoding.Unicode.GetBytes(
            EbpfDevice.Win32Name, gate.Memory.Access(name, (uint)bytes, MemoryAccess.Write, "library:device_name"));
        LastStatus = gate.NtCreateFile(requestId, new UserRange(name, (uint)bytes), CreateFileOptions.SynchronousIo, out NtHandle device);
        ThrowIfEnded(LastStatus);
        gate.Memory.Free(name);
        _device = LastStatus.IsSuccess ? device : NtHandle.Invalid;
        return LastStatus.IsSuccess;
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
    private void ThrowIfEnded(NtStatus status)
    {
        if (status == NtStatus.ProcessIsTerminating || gate.HasExited)
        {
            throw new ProcessExitedException(gate.ProcessId, violation: null);
        }
    }
}
