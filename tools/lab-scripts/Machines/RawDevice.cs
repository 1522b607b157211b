using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.LabScripts.Machines;

/// <summary>
/// The eBPF device as used without the library: a handle, and messages byte for byte. The handle is overlapped, so a
/// request may stay pending; it is then cancelled, because nothing else would complete it here.
/// </summary>
/// <param name="gate">The gate of the program's process.</param>
internal sealed class RawDevice(ISystemGate gate)
{
    private NtHandle _handle = NtHandle.Invalid;

    /// <summary>Opens the handle for messages, on first use.</summary>
    /// <param name="handle">The open handle.</param>
    public NtStatus Open(out NtHandle handle)
    {
        NtStatus status = NtStatus.Success;
        if (_handle == NtHandle.Invalid)
        {
            status = OpenAnother(out _handle);
        }

        handle = _handle;
        return status;
    }

    /// <summary>Opens a second handle of the device.</summary>
    public NtStatus OpenAnother(out NtHandle handle)
    {
        using UserBlocks blocks = new(gate);
        byte[] name = Encoding.Unicode.GetBytes(EbpfDevice.Win32Name);
        return gate.NtCreateFile(0, new UserRange(blocks.Copy(name), (uint)name.Length), CreateFileOptions.None, out handle);
    }

    /// <summary>Uses another handle of the device from now on.</summary>
    public void Use(NtHandle handle) => _handle = handle;

    /// <summary>Discards the handle: the program has closed it in a message of its own.</summary>
    public void Forget() => _handle = NtHandle.Invalid;

    /// <summary>Sends one message.</summary>
    /// <param name="requestId">Request id of the API call; 0 for none.</param>
    /// <param name="request">The request; null for none.</param>
    /// <param name="replyLength">Size of the reply buffer in bytes; 0 for none.</param>
    public RawReply Send(ulong requestId, byte[]? request, uint replyLength)
    {
        NtStatus status = Open(out NtHandle device);
        if (!status.IsSuccess)
        {
            return new RawReply(status, 0, []);
        }

        using UserBlocks blocks = new(gate);
        ulong statusBlock = blocks.AllocateZeroed((uint)Unsafe.SizeOf<IoStatusBlock>());
        ulong reply = replyLength == 0 ? 0 : blocks.AllocateZeroed(replyLength);
        UserRange input = request is null ? UserRange.Null : new UserRange(blocks.Copy(request), (uint)request.Length);
        UserRange output = replyLength == 0 ? UserRange.Null : new UserRange(reply, replyLength);
        NtHandle completion = NtHandle.Invalid;
        if (MayPend(request))
        {
            status = gate.NtCreateEvent(requestId, manualReset: true, initialState: false, out completion);
            if (!status.IsSuccess)
            {
                return new RawReply(status, 0, []);
            }
        }

        status = gate.NtDeviceIoControlFile(requestId, device, completion, statusBlock, EbpfDevice.ControlCode, input, output);
        if (status == NtStatus.Pending)
        {
            gate.NtCancelIoFile(requestId, device);
            gate.NtWaitForSingleObject(requestId, completion, Timeout.InfiniteTimeSpan);
            status = new NtStatus(Block(blocks, statusBlock).Status);
        }

        if (completion != NtHandle.Invalid)
        {
            gate.NtClose(requestId, completion);
        }

        ulong information = Block(blocks, statusBlock).Information;
        byte[] bytes = status.IsError ? [] : blocks.Read(reply, (uint)Math.Min(information, replyLength));
        return new RawReply(status, information, bytes);
    }

    private static IoStatusBlock Block(UserBlocks blocks, ulong address) =>
        MemoryMarshal.Read<IoStatusBlock>(blocks.Read(address, (uint)Unsafe.SizeOf<IoStatusBlock>()));

    private static bool MayPend(byte[]? request) =>
        request?.Length >= OperationHeader.ByteCount
        && OperationTable.Find(MemoryMarshal.Read<OperationHeader>(request).Id) is { IsAsync: true };
}
